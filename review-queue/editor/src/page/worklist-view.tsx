// The worklist: what waits, in the order in which it is read, and why in that order; kept up to date as it changes.

import { render } from "preact";
import { text } from "../texts/texts.ts";
import { type Choices, type Entry, type Filters, NO_FILTERS, SECTIONS, type Section, filtersSet, historyHash, mayLook, openable, queryOf } from "../worklist/entry.ts";
import { Live } from "../worklist/live.ts";
import { Pages, visibleRows } from "../worklist/pages.ts";
import { api, isAbort } from "./api.ts";
import { Aside } from "./aside.ts";
import { Coming } from "./coming.tsx";
import { messageOf, notice } from "./dom.ts";
import { Foreign } from "./foreign.tsx";
import { Foresight } from "./foresight.ts";
import { sayNotOpened } from "./not-opened.ts";
import type { Claim, User } from "./server.ts";
import { worklistApi } from "./worklist-api.ts";
import { keysDialog, priorsDialog } from "./worklist-dialogs.tsx";
import { WorklistHead } from "./worklist-head.tsx";
import { type WorklistCommands, worklistKey } from "./worklist-keys.ts";
import { ROW_HEIGHT, WorklistTable } from "./worklist-table.tsx";

/** A change is rarely alone. */
const TOGETHER = 250;
/** How often it is asked for while it is not live. */
const POLL = 15_000;
/** Typing goes on within this. */
const TYPING = 120;

/** What a reader chose stays while other views are shown. What was searched for does not. */
const chosen: { section: Section; filters: Filters; filtering: boolean } = { section: "NEXT", filters: NO_FILTERS, filtering: false };

export class WorklistView implements WorklistCommands {
  readonly element: HTMLElement = document.createElement("section");
  private readonly user: User;
  private readonly mayRead: boolean;
  private readonly show: (claim: Claim) => Promise<void>;
  private readonly abort = new AbortController();
  private readonly aside: Aside;
  private readonly live: Live;
  private search = "";
  private pages!: Pages;
  private reading!: AbortController;
  private isReading = false;
  /** Whether a case is about to take the place of the list, which then need not be kept up to date. */
  private opening = false;
  private readonly foresight = new Foresight(this.abort.signal);
  private again = false;
  private choices: Choices = { modalities: [], packages: [], protocols: [], tags: [] };
  private selected: string | null = null;
  private at = 0;
  private isLive = false;
  private problem = "";
  private shown = { from: 0, to: 0 };
  private loaded = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private readonly poll = setInterval(() => this.isLive || this.changed(), POLL);

  constructor(user: User, { open }: { readonly open: (claim: Claim) => Promise<void> }) {
    this.user = user;
    this.show = open;
    this.mayRead = user.roles.includes("RADIOLOGIST");
    this.element.className = "list";
    this.aside = new Aside(this.abort.signal, () => this.render());
    this.live = new Live(
      {
        changed: () => this.changed(),
        reread: () => this.changed(),
        live: (on) => {
          this.isLive = on;
          this.render();
        },
      },
      {
        open: () => new EventSource("/api/events"),
        later: (what, millis) => {
          const timer = setTimeout(what, millis);
          return () => clearTimeout(timer);
        },
      },
    );
    this.listen();
    this.restart();
    if (chosen.filtering) void this.readChoices();
    void this.aside.read();
    if (!document.hidden) this.live.start();
  }

  private listen(): void {
    const { signal } = this.abort;
    addEventListener("keydown", (event) => worklistKey(event, this), { signal });
    addEventListener("resize", () => this.looked(), { signal });
    // A page that nobody sees follows nothing; once it is seen it is read anew.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.live.stop() : this.live.start()), { signal });
  }

  /** Something else is asked for: begins from the first row. */
  private restart(): void {
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    const query = queryOf(chosen.section, chosen.filters, this.search);
    this.pages = new Pages((after) => worklistApi.page(query, after, reading.signal));
    this.selected = null;
    this.at = 0;
    const box = this.box();
    if (box) box.scrollTop = 0;
    this.loaded = false;
    this.render();
    void this.refresh();
  }

  /** Something changed on the server: what is in sight is read anew, and once for all that change together. */
  private changed(): void {
    if (document.hidden || this.opening || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.pages.markStale();
      void this.aside.read();
      void this.refresh();
    }, TOGETHER);
  }

  private async refresh(): Promise<void> {
    this.again = true;
    if (this.isReading) return;
    this.isReading = true;
    while (this.again && !this.abort.signal.aborted) {
      this.again = false;
      await this.readRows();
    }
    this.isReading = false;
  }

  private async readRows(): Promise<void> {
    const { pages } = this;
    const before = pages.rows;
    try {
      const { from, to } = this.inSight(Number.MAX_SAFE_INTEGER);
      await pages.show(from, to);
      if (pages !== this.pages || (this.loaded && pages.rows === before && this.problem === "")) return;
      this.problem = "";
      this.loaded = true;
      this.keepSelection();
    } catch (failure) {
      if (isAbort(failure) || pages !== this.pages) return;
      this.problem = messageOf(failure);
    }
    this.render();
    this.element.dataset["loaded"] = "true";
    if (this.mayRead) void this.foresight.of(pages.rows[0]?.id);
  }

  private async readChoices(): Promise<void> {
    try {
      this.choices = await worklistApi.choices(this.abort.signal);
      this.render();
    } catch (failure) {
      if (!isAbort(failure)) this.problem = messageOf(failure);
    }
  }

  /** The selected row may have moved or gone: then the one that took its place is selected. */
  private keepSelection(): void {
    const { rows } = this.pages;
    const found = rows.findIndex((row) => row.id === this.selected);
    this.at = found >= 0 ? found : Math.max(0, Math.min(this.at, rows.length - 1));
    this.selected = rows[this.at]?.id ?? null;
  }

  private box(): HTMLElement | null {
    return this.element.querySelector<HTMLElement>(".table-box");
  }

  private inSight(rows: number): { readonly from: number; readonly to: number } {
    const box = this.box();
    return visibleRows(box?.scrollTop ?? 0, box?.clientHeight || innerHeight, ROW_HEIGHT, rows);
  }

  /** Another part of the list is in sight. */
  private looked(): void {
    const { from, to } = this.inSight(this.pages.rows.length);
    if (from !== this.shown.from || to !== this.shown.to) this.render();
    void this.refresh();
  }

  private render(): void {
    const { rows } = this.pages;
    const focused = document.activeElement?.closest<HTMLElement>("tr[data-task]")?.dataset["task"];
    const { from, to } = this.inSight(rows.length);
    this.shown = { from, to };
    const count = this.pages.count ?? rows.length;
    render(
      <>
        <WorklistHead
          section={chosen.section}
          search={this.search}
          filters={chosen.filters}
          choices={this.choices}
          filtering={chosen.filtering}
          count={this.pages.count}
          live={this.isLive}
          mayRead={this.mayRead}
          problem={this.problem}
          today={this.aside.today}
          choose={(section) => this.choose(section)}
          seek={(search) => this.seek(search)}
          filter={(filters) => this.filter(filters)}
          openFilters={(open) => this.openFilters(open)}
          next={() => void this.next()}
          help={() => this.help()}
        />
        <div class="list-aside">
          <Coming all={this.aside.coming} />
          <Foreign
            all={this.aside.foreign}
            schemas={this.aside.schemas}
            mayDecide={this.mayRead}
            decide={(one, said) => void this.aside.decide(one, said).then(() => this.changed())}
            discard={(one) => void this.aside.discard(one).then(() => this.changed())}
          />
        </div>
        <div class="table-box" onScroll={() => this.looked()}>
          <WorklistTable
            rows={rows}
            from={from}
            to={to}
            count={count}
            selected={this.selected}
            reader={this.user.user}
            mayRead={this.mayRead}
            mayLook={mayLook(this.user.roles)}
            select={(id) => this.select(rows.findIndex((row) => row.id === id))}
            open={(entry) => void this.claim(entry)}
          />
          <p class="empty" hidden={!this.loaded || rows.length > 0}>
            {this.emptiness()}
          </p>
        </div>
      </>,
      this.element,
    );
    // A row that moved has lost the focus on its way.
    if (focused && document.activeElement === document.body) this.focusRow(focused);
  }

  private emptiness(): string {
    if (this.search.trim() || filtersSet(chosen.filters)) return text("worklist.empty-filtered");
    return text(chosen.section === "NEXT" ? "worklist.empty-next" : "worklist.empty");
  }

  private focusRow(id: string): void {
    const row = this.element.querySelector<HTMLElement>('tr[data-task="' + id + '"]');
    (row?.querySelector<HTMLElement>(".open") ?? row)?.focus({ preventScroll: true });
  }

  choose(section: Section): void {
    chosen.section = section;
    this.search = "";
    this.restart();
  }

  chooseSection(number: number): void {
    const section = SECTIONS[number];
    if (section) this.choose(section);
  }

  private seek(search: string): void {
    this.search = search;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.typing = undefined;
      this.restart();
    }, TYPING);
    this.render();
  }

  private filter(filters: Filters): void {
    chosen.filters = filters;
    this.restart();
  }

  private openFilters(open: boolean): void {
    chosen.filtering = open;
    this.render();
    if (open) void this.readChoices();
  }

  toSearch(): void {
    const input = this.element.querySelector<HTMLInputElement>("#worklist-search")!;
    input.focus();
    input.select();
  }

  leaveSearch(): void {
    if (this.search) {
      this.search = "";
      this.restart();
    }
    if (this.selected) this.focusRow(this.selected);
    else this.element.closest("main")?.focus({ preventScroll: true });
  }

  toFilters(): void {
    this.openFilters(!chosen.filtering);
    this.element.querySelector<HTMLElement>(chosen.filtering ? "#worklist-filters select" : "#worklist-filter")?.focus();
  }

  help(): void {
    keysDialog();
  }

  move(step: number, toRow: boolean): void {
    const { rows } = this.pages;
    if (rows.length === 0) return;
    this.select(Math.max(0, Math.min(this.at + step, rows.length - 1)));
    const box = this.box()!;
    const top = this.at * ROW_HEIGHT;
    const head = this.element.querySelector("thead")?.clientHeight ?? 0;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_HEIGHT + head > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW_HEIGHT + head - box.clientHeight;
    this.looked();
    if (toRow) this.focusRow(this.selected!);
  }

  page(): number {
    return Math.max(1, Math.floor((this.box()?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
  }

  private select(at: number): void {
    this.at = Math.max(0, at);
    this.selected = this.pages.rows[this.at]?.id ?? null;
    this.render();
  }

  openSelected(): void {
    // What is shown may still be what was typed before.
    const entry = this.typing === undefined && this.loaded ? this.pages.rows[this.at] : undefined;
    if (entry && this.mayRead && openable(entry, this.user.user)) void this.claim(entry);
    else if (entry) this.lookAt(entry);
  }

  look(): void {
    const entry = this.pages.rows[this.at];
    if (entry) this.lookAt(entry);
  }

  private lookAt(entry: Entry): void {
    if (mayLook(this.user.roles)) location.hash = historyHash(entry.id);
  }

  async priors(): Promise<void> {
    if (!this.selected) return;
    try {
      priorsDialog(await worklistApi.priors(this.selected));
    } catch (failure) {
      notice(messageOf(failure), { error: true, title: text("priors.title") });
    }
  }

  /** Shows what is claimed; the list is about to go and not kept up to date meanwhile. */
  private async openOne(claiming: () => Promise<Claim | null>, task: string | null): Promise<void> {
    this.opening = true;
    try {
      const claim = await claiming();
      if (claim) {
        await this.show(claim);
        return;
      }
      notice(text("worklist.nothing-waits"), { title: text("worklist.all-read") });
    } catch (failure) {
      await sayNotOpened(failure, task);
    } finally {
      this.opening = false;
    }
    this.changed();
  }

  private claim({ id }: Entry): Promise<void> {
    return this.openOne(() => api.claim(id), id);
  }

  async next(): Promise<void> {
    if (this.mayRead) await this.openOne(api.next, null);
  }

  dispose(): void {
    this.abort.abort();
    this.reading.abort();
    this.live.stop();
    clearTimeout(this.timer);
    clearTimeout(this.typing);
    clearInterval(this.poll);
    this.aside.stop();
    render(null, this.element);
  }
}
