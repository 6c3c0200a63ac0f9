// The page: who is there, and which view is shown.

import { api, onLoginNeeded } from "./api.ts";
import { CaseView } from "./case-view.js";
import { byId, h, notice, replace } from "./dom.ts";
import { login } from "./login-view.js";
import { WorklistView } from "./worklist-view.js";

let user = null;
let view = null;
let asking = null;

onLoginNeeded(() => {
  asking ??= login(byId("overlay"), { again: true })
    .then((who) => {
      const other = user && who.user !== user.user;
      user = who;
      showUser();
      if (other) leaveCase();
    })
    .finally(() => (asking = null));
  return asking;
});

async function start() {
  try {
    user = await api.whoIsThere();
  } catch {
    user = await login(byId("view"));
  }
  showUser();
  await route();
}

function showUser() {
  replace(
    byId("bar-user"),
    h("span", {}, user.displayName ?? user.user),
    h("button", { type: "button", class: "quiet", id: "logout", onclick: logout }, "Log out"),
  );
}

async function logout() {
  view?.dispose?.();
  view = null;
  try {
    await api.logout();
  } finally {
    sessionStorage.clear();
    location.hash = "";
    location.reload();
  }
}

function show(next) {
  view?.dispose?.();
  view = next;
  replace(byId("view"), next.element);
}

function showWorklist() {
  replace(byId("bar-context"));
  document.title = "Worklist · Firstpass";
  show(new WorklistView(user, { open: openCase }));
  byId("view").focus({ preventScroll: true });
}

function leaveCase() {
  if (location.hash === "" || location.hash === "#/") showWorklist();
  else location.hash = "#/";
}

async function openCase(claim) {
  // The task of a claim may be the short form of the list.
  if (!claim.task.schema) claim.task = await api.task(claim.task.id);
  const next = new CaseView(claim, { leave: leaveCase, open: openCase, reader: user.user });
  show(next);
  document.title = "Reading · Firstpass";
  const hash = "#/task/" + claim.task.id;
  if (location.hash !== hash) history.pushState(null, "", hash);
  next.load().catch((failure) => {
    if (failure.name === "AbortError") return;
    notice(failure.message, { error: true, title: "The case cannot be shown", seconds: 0 });
  });
}

async function route() {
  const task = /^#\/task\/([0-9a-fA-F-]+)$/.exec(location.hash)?.[1];
  if (!task) {
    showWorklist();
    return;
  }
  if (view instanceof CaseView && view.task.id === task) return;
  try {
    await openCase(await api.claim(task));
  } catch (failure) {
    notice(failure.message, { error: true, title: "Not opened" });
    leaveCase();
  }
}

addEventListener("hashchange", () => user && route());
addEventListener("popstate", () => user && route());
start();
