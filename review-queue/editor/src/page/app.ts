// The page: who is there, and which view is shown.

import { language, loadTexts, text } from "../texts/texts.ts";
import { Ahead } from "./ahead.ts";
import { api, isAbort, onLoginNeeded } from "./api.ts";
import type { CaseView } from "./case-view.ts";
import { CaseTabs } from "./case-tabs.ts";
import { byId, messageOf, notice, replace } from "./dom.ts";
import { draftKey } from "./draft.ts";
import type { Receipts, Recorded } from "./receipts.tsx";
import type { Claim, User } from "./server.ts";
import { dress } from "./theme.ts";
import { showUserBar } from "./user-bar.tsx";
import { historyHash } from "../worklist/entry.ts";

interface View {
  readonly element: HTMLElement;
  dispose(): void;
}

const QUALITY = "#/quality";
/** A case that is looked at, and the revision of it. */
const HISTORY = /^#\/case\/([0-9a-fA-F-]+)(?:\/([\w-]+))?$/;

let user: User | null = null;
let view: View | null = null;
let asking: Promise<void> | null = null;
/** Where a case that is looked at was asked for. */
let cameFrom = "#/";
const ahead = new Ahead();
const tabs = new CaseTabs();

onLoginNeeded(() => {
  asking ??= loginView()
    .then(({ login }) => login(byId("overlay"), { again: true }))
    .then((who) => {
      const other = user !== null && who.user !== user.user;
      user = who;
      showUser();
      if (other) leaveCase();
    })
    .finally(() => (asking = null));
  return asking;
});

async function start(): Promise<void> {
  document.documentElement.lang = language();
  dress();
  user = await api.whoIsThere().catch(async () => (await loginView()).login(byId("view")));
  showUser();
  await route();
}

function showUser(): void {
  showUserBar(byId("bar-user"), user!, { logout: () => void logout(), spoken: () => location.reload() });
}

async function logout(): Promise<void> {
  view?.dispose();
  view = null;
  ahead.drop();
  try {
    await api.logout();
  } finally {
    sessionStorage.clear();
    location.hash = "";
    location.reload();
  }
}

function show(next: View): void {
  view?.dispose();
  view = next;
  replace(byId("view"), next.element);
}

// Each view is loaded when it is first asked for: nobody waits for what is not shown.
const loginView = () => import("./login-view.tsx");
const caseView = () => import("./case-view.ts");

let receipts: Promise<Receipts> | null = null;

function receiptsView(): Promise<Receipts> {
  receipts ??= import("./at-hand.ts").then(({ Receipts }) => new Receipts(goOn));
  return receipts;
}

async function showWorklist(): Promise<void> {
  const [module] = await Promise.all([import("./worklist-view.tsx"), loadTexts("worklist", "history", "reasons")]).catch(() => [null]);
  if (!module) notice(text("api.no-answer"), { error: true });
  if (!module || !atWorklist()) return;
  replace(byId("bar-context"));
  document.title = text("title.worklist");
  // Nobody is reading now, so nobody's images stay in memory.
  ahead.drop();
  show(new module.WorklistView(user!, { open: openCase }));
  byId("view").focus({ preventScroll: true });
  // What is opened next; where it does not come now, it is asked for again then.
  caseView().catch(() => null);
}

async function showQuality(): Promise<void> {
  const [{ QualityView }] = await Promise.all([import("./quality/quality-view.tsx"), loadTexts("quality", "history", "aids")]);
  if (!location.hash.startsWith(QUALITY)) return;
  document.title = text("quality.page-title");
  if (!(view instanceof QualityView)) {
    replace(byId("bar-context"));
    show(new QualityView());
    byId("view").focus({ preventScroll: true });
  }
  await (view as InstanceType<typeof QualityView>).show(location.hash);
}

const atWorklist = (): boolean => location.hash === "" || location.hash === "#/";

/** What became of a case; no lease is taken. */
async function showHistory(task: string, revision: string | null): Promise<void> {
  const [{ HistoryView }] = await Promise.all([import("./history/history-view.ts"), loadTexts("history", "quality", "aids")]);
  const asked = location.hash;
  const full = await api.task(task);
  if (location.hash !== asked) return;
  replace(byId("bar-context"));
  document.title = text("history.page-title");
  ahead.drop();
  const next = new HistoryView(full, {
    drafts: ["LEAD", "ADMINISTRATOR"].some((role) => user!.roles.includes(role)),
    leave: () => (location.hash = cameFrom),
    shown: (shown) => history.replaceState(null, "", historyHash(task, shown ?? "")),
  });
  show(next);
  await next.load(revision);
}

function leaveCase(): void {
  if (atWorklist()) void showWorklist();
  else location.hash = "#/";
}

async function openCase(claim: Claim, activeMillis = 0): Promise<void> {
  // The task of a claim may be the short form of the list.
  const full = claim.task.schema ? claim : { ...claim, task: await api.task(claim.task.id) };
  const reader = user!.user;
  const { CaseView } = await caseView();
  const recorded = (one: Recorded) => void receiptsView().then((view) => view.show(one));
  const next = new CaseView(full, { leave: leaveCase, open: openCase, reopen: takeOver, recorded, reader, activeMillis, ahead });
  show(next);
  document.title = text("title.reading");
  const hash = "#/task/" + claim.task.id;
  if (location.hash !== hash) history.pushState(null, "", hash);
  next.load().catch((failure: unknown) => {
    if (isAbort(failure)) return;
    notice(messageOf(failure), { error: true, title: text("case.cannot-be-shown"), seconds: 0 });
  });
  await holdHere(next);
}

const tabName = (task: string): string => user!.user + "/" + task;

/** One tab works on a case; where another one does, the reader says which. */
async function holdHere(next: CaseView): Promise<void> {
  const { id } = next.task;
  const elsewhere = await tabs.isElsewhere(tabName(id));
  if (view !== next) return;
  if (!elsewhere) {
    next.held = tabs.hold(tabName(id), () => next.give());
    return;
  }
  // Nothing is given back: the other tab works with it.
  next.showOnly(text("tabs.lead"));
  const { takeOverDialog } = await import("./at-hand.ts");
  if (await takeOverDialog()) await takeOver(id);
  else if (view === next) leaveCase();
}

/** Goes on here with a case that is or was open elsewhere. */
async function takeOver(task: string): Promise<void> {
  await tabs.take(tabName(task));
  try {
    await openCase(await api.claim(task));
  } catch (failure) {
    notice(messageOf(failure), { error: true, title: text("case.not-opened") });
    leaveCase();
  }
}

/** A submission was undone: the case as it was when it was submitted. */
function goOn({ task, verdicts, activeMillis }: Recorded, claim: Claim): void {
  sessionStorage.setItem(draftKey(task.id), JSON.stringify(verdicts));
  void openCase(claim, activeMillis);
}

async function route(): Promise<void> {
  const looked = HISTORY.exec(location.hash);
  if (looked) {
    await showHistory(looked[1]!, looked[2] ?? null).catch((failure: unknown) => {
      if (isAbort(failure)) return;
      notice(messageOf(failure), { error: true, title: text("case.cannot-be-shown") });
      leaveCase();
    });
    return;
  }
  cameFrom = location.hash.startsWith(QUALITY) ? location.hash : "#/";
  if (location.hash.startsWith(QUALITY)) {
    await showQuality();
    return;
  }
  const task = /^#\/task\/([0-9a-fA-F-]+)$/.exec(location.hash)?.[1];
  if (!task) {
    await showWorklist();
    return;
  }
  if (view && "lease" in view && (view as CaseView).task.id === task) return;
  try {
    await openCase(await api.claim(task));
  } catch (failure) {
    notice(messageOf(failure), { error: true, title: text("case.not-opened") });
    leaveCase();
  }
}

addEventListener("hashchange", () => user && void route());
void start();
