// The worklist: what waits, in the order in which it is read, and why in that order.

import { api } from "./api.ts";
import { Coming } from "./coming.js";
import { age, clock, h, notice, replace, shortUid } from "./dom.ts";
import { Foreign } from "./foreign.js";
import { h as view } from "preact";
import { TagLine, placed } from "./tags.tsx";

const STATES = [
  { state: "WAITING", label: "Waiting" },
  { state: "CLAIMED", label: "Being read" },
  { state: "ACCEPTED", label: "Accepted" },
  { state: "DISCONTINUED", label: "Discontinued" },
];
const POLL = 4_000;
const LIMIT = 100;

export class WorklistView {
  constructor(user, { open }) {
    this.user = user;
    this.open = open;
    this.mayRead = user.roles.includes("RADIOLOGIST");
    this.state = "WAITING";
    this.selected = 0;
    this.tasks = [];
    this.abort = new AbortController();
    this.build();
    this.keydown = (event) => this.key(event);
    addEventListener("keydown", this.keydown);
    this.refresh();
  }

  build() {
    this.tabs = h("div", { class: "tabs", role: "group", "aria-label": "State" });
    this.nextButton = h("button", { type: "button", class: "primary", id: "next", disabled: !this.mayRead, onclick: () => this.next() }, "Read the next case", h("kbd", {}, "N"));
    this.updated = h("p", { class: "updated" });
    this.body = h("tbody");
    this.empty = h("div", { class: "empty", hidden: true });
    const head = ["#", "Series", "Modality", "Proposal of", "Score", "State", "Age", "Reader"];
    this.table = h(
      "table",
      { class: "worklist", "aria-label": "Review tasks" },
      h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
      this.body,
    );
    this.coming = new Coming();
    this.foreign = new Foreign({ mayDecide: this.mayRead, changed: () => this.refresh() });
    this.element = h(
      "section",
      { class: "list" },
      h("header", { class: "list-head" }, h("h1", {}, "Worklist"), this.tabs, this.updated, this.nextButton),
      this.coming.element,
      this.foreign.element,
      h("div", { class: "table-box" }, this.table, this.empty),
    );
    this.showTabs();
  }

  async refresh() {
    clearTimeout(this.timer);
    try {
      const signal = this.abort.signal;
      const [tasks, coming, foreign] = await Promise.all([api.tasks(this.state, LIMIT, signal), api.coming(signal), api.foreign(signal)]);
      this.tasks = tasks;
      this.coming.show(coming);
      await this.foreign.show(foreign);
      this.showTabs();
      this.show();
      this.updated.textContent = "";
      this.updated.classList.remove("stale");
      this.element.dataset.loaded = "true";
    } catch (failure) {
      if (failure.name === "AbortError") return;
      this.updated.textContent = failure.message;
      this.updated.classList.add("stale");
    }
    // A page that nobody sees asks nothing.
    const wait = () => (document.hidden ? addEventListener("visibilitychange", () => this.refresh(), { once: true, signal: this.abort.signal }) : this.refresh());
    if (!this.abort.signal.aborted) this.timer = setTimeout(wait, POLL);
  }

  showTabs() {
    const focused = document.activeElement?.dataset?.state;
    replace(
      this.tabs,
      STATES.map(({ state, label }) =>
        h(
          "button",
          { type: "button", class: "tab", "data-state": state, "aria-pressed": String(state === this.state), onclick: () => this.choose(state) },
          label,
          state === this.state && h("span", { class: "tab-count" }, this.tasks.length < LIMIT ? this.tasks.length : LIMIT + "+"),
        ),
      ),
    );
    if (focused) this.tabs.querySelector('[data-state="' + focused + '"]')?.focus();
  }

  choose(state) {
    this.state = state;
    this.selected = 0;
    this.tasks = [];
    this.show();
    this.refresh();
  }

  show() {
    this.selected = Math.max(0, Math.min(this.selected, this.tasks.length - 1));
    const focused = document.activeElement?.closest?.("tr")?.dataset.task;
    const top = Math.max(1, ...this.tasks.map((task) => task.score?.total ?? 0));
    replace(this.body, this.tasks.map((task, at) => this.row(task, at, top)));
    if (focused) this.body.querySelector('[data-task="' + focused + '"] .open')?.focus();
    this.table.hidden = this.tasks.length === 0;
    this.empty.hidden = this.tasks.length > 0;
    this.empty.textContent =
      this.state === "WAITING" ? "Nothing is waiting. New proposals appear here by themselves." : "There is nothing in this state.";
  }

  row(task, at, top) {
    const openable = this.mayRead && (task.state === "WAITING" || task.state === "CLAIMED" || task.state === "RETURNED");
    const name = h("span", { class: "uid", title: task.series }, shortUid(task.series));
    return h(
      "tr",
      { "data-task": task.id, class: (at === this.selected ? "selected " : "") + (openable ? "openable" : ""), ondblclick: openable ? () => this.claim(task) : undefined, onclick: () => this.select(at) },
      h("td", { class: "position" }, String(at + 1)),
      h("td", {}, openable ? h("button", { type: "button", class: "open", "aria-label": "Read series " + shortUid(task.series), onclick: () => this.claim(task) }, name) : name),
      h("td", {}, task.modality ?? "–"),
      h("td", {}, task.package.name + " ", h("span", { class: "dim" }, task.package.version + " · " + task.schema.segments.length + " segments"), placed(view(TagLine, { task }))),
      h("td", { class: "score-cell" }, scoreOf(task.score, top)),
      h("td", {}, h("span", { class: "state state-" + task.state.toLowerCase() }, STATES.find((one) => one.state === task.state)?.label ?? task.state)),
      h("td", { title: task.arrived }, age(task.arrived)),
      h("td", {}, readerOf(task)),
    );
  }

  select(at) {
    this.selected = at;
    [...this.body.rows].forEach((row, one) => row.classList.toggle("selected", one === at));
    this.body.rows[at]?.scrollIntoView({ block: "nearest" });
  }

  async claim(task) {
    try {
      await this.open(await api.claim(task.id));
    } catch (failure) {
      notice(failure.code === "HELD" ? await this.heldBy(task) : failure.message, { error: true, title: "Not opened" });
      this.refresh();
    }
  }

  async heldBy(task) {
    const { lease } = await api.task(task.id);
    return (lease ? lease.holder + " reads this case until " + clock(lease.until) : "Somebody else reads this case") + ". Take another one, or wait.";
  }

  async next() {
    try {
      const claim = await api.next();
      if (claim) await this.open(claim);
      else notice("Nothing is waiting at the moment.", { title: "All read" });
    } catch (failure) {
      notice(failure.message, { error: true, title: "Not opened" });
    }
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], .login-box")) return;
    const onControl = event.target.closest?.("button, a, input, select");
    if (event.key === "ArrowDown" || event.key === "j") this.select(Math.min(this.selected + 1, this.tasks.length - 1));
    else if (event.key === "ArrowUp" || event.key === "k") this.select(Math.max(this.selected - 1, 0));
    else if (event.key === "n" && this.mayRead && !event.repeat) this.next();
    else if (event.key === "Enter" && !onControl && this.tasks[this.selected] && this.mayRead) this.claim(this.tasks[this.selected]);
    else return;
    event.preventDefault();
  }

  dispose() {
    this.abort.abort();
    clearTimeout(this.timer);
    removeEventListener("keydown", this.keydown);
  }
}

function readerOf(task) {
  if (task.lease) return task.lease.holder + " until " + clock(task.lease.until);
  if (task.ended) return task.ended.by + (task.ended.meaning ? ": " + task.ended.meaning : "");
  return "–";
}

/** The score as a bar of its parts, and on hover or focus each part in words. */
function scoreOf(score, top) {
  if (!score) return "–";
  const parts = score.parts.map((part) => ({ ...part, points: part.points ?? part.weight * part.value })).filter((part) => part.points > 0);
  const rows = score.parts.map((part) =>
    h("tr", {}, h("th", { scope: "row" }, part.name), h("td", { class: "points" }, (part.points ?? part.weight * part.value).toFixed(2)), h("td", {}, part.sentence)),
  );
  return h(
    "button",
    { type: "button", class: "score", "aria-label": "Score " + score.total.toFixed(2) + ": " + score.parts.map((part) => part.sentence).join(" ") },
    h("span", { class: "score-number" }, score.total.toFixed(2)),
    h(
      "span",
      { class: "score-bar", "aria-hidden": "true" },
      parts.map((part, at) => h("span", { class: "score-part score-part-" + (at % 6), style: { width: (100 * part.points) / top + "%" } })),
    ),
    h("span", { class: "score-card", "aria-hidden": "true" }, h("span", { class: "score-strategy" }, score.strategy), h("table", {}, h("tbody", {}, rows))),
  );
}
