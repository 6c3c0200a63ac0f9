// What other viewers stored and somebody has to decide on: which segment is which, which one wins, what of the rest.

import { api } from "./api.ts";
import { age, count, h, notice, replace, shortUid } from "./dom.ts";

const QUESTIONS = {
  FP1060: "Nothing is proposed for its series yet.",
  FP1061: "Which segment is which?",
  FP1064: "Segments share voxels. Which one wins?",
  FP1065: "Is this the correction?",
  FP1066: "Its task is decided already.",
  FP1068: "Which proposal does it correct?",
};
/** Nothing that a reader says now helps these. */
const NO_ANSWER = new Set(["FP1060", "FP1066"]);

export class Foreign {
  constructor({ mayDecide, changed }) {
    this.mayDecide = mayDecide;
    this.changed = changed;
    this.schemas = new Map();
    this.shown = "";
    this.heading = h("h2", { id: "foreign-count", "aria-live": "polite" });
    this.list = h("ul", { class: "foreign-list" });
    this.element = h("section", { class: "coming foreign", id: "foreign", "aria-labelledby": "foreign-count", hidden: true }, this.heading, this.list);
  }

  /** Shows what is kept; what somebody is filling in stays as it is. */
  async show(all) {
    const now = JSON.stringify(all);
    if (now === this.shown) return;
    this.shown = now;
    this.element.hidden = all.length === 0;
    this.heading.textContent = "From other viewers: " + all.length;
    replace(this.list, await Promise.all(all.map((one) => this.item(one))));
  }

  async schema(task) {
    if (!this.schemas.has(task)) this.schemas.set(task, (await api.task(task)).schema);
    return this.schemas.get(task);
  }

  async item(one) {
    const task = one.task ?? (one.tasks.length === 1 ? one.tasks[0] : null);
    const schema = task ? await this.schema(task) : null;
    const said = { mapping: {}, winners: [], missing: {} };
    const asked = NO_ANSWER.has(one.question) ? [] : [...this.tasks(one, said), ...(schema ? questions(one, schema, said) : [])];
    const decidable = this.mayDecide && !NO_ANSWER.has(one.question);
    return h(
      "li",
      { "data-foreign": one.id },
      h("span", { class: "uid", title: one.series }, shortUid(one.series)),
      h("span", {}, one.sender ? "from " + one.sender : "imported"),
      h("span", { class: "dim", title: one.arrived }, age(one.arrived)),
      h("strong", {}, QUESTIONS[one.question] ?? one.question),
      schema && summary(one, schema),
      ...asked,
      decidable && h("button", { type: "button", class: "primary use", onclick: () => this.decide(one, said) }, "Use it"),
      this.mayDecide && h("button", { type: "button", class: "quiet discard", onclick: () => this.discard(one) }, "Discard"),
    );
  }

  /** One of several open proposals. */
  tasks(one, said) {
    if (one.question !== "FP1068") return [];
    const choices = one.tasks.map((task, at) => [task, "Proposal " + (at + 1)]);
    return [choice("Proposal", choices, (value) => (said.task = value))];
  }

  async decide(one, said) {
    try {
      const answer = await api.decideForeign(one.id, said);
      notice(answer.receipt ? "It is a correction now." : "It was decided already.", { title: "Stored from another viewer" });
    } catch (failure) {
      notice(failure.message, { error: true, title: "Not used yet" });
    }
    this.shown = "";
    this.changed();
  }

  async discard(one) {
    try {
      await api.decideForeign(one.id, { discard: true });
    } catch (failure) {
      notice(failure.message, { error: true, title: "Not discarded" });
    }
    this.shown = "";
    this.changed();
  }
}

function name(schema, number) {
  return schema.segments.find((segment) => segment.number === number)?.label ?? "segment " + number;
}

/** What is clear: "Segment 1 is Liver (restored by number)". */
function summary(one, schema) {
  const known = one.segments.filter((segment) => segment.target);
  const texts = known.map((segment) => segment.label + " is " + name(schema, segment.target) + (segment.restored ? ", restored by " + segment.by.toLowerCase() : ""));
  return texts.length ? h("span", { class: "dim" }, texts.join("; ")) : null;
}

function questions(one, schema, said) {
  const segments = schema.segments.map((segment) => [segment.number, segment.label]);
  return [
    ...one.segments
      .filter((segment) => segment.target === undefined || segment.target === null)
      .map((segment) => choice(segment.label + " (" + segment.number + ")", [...first(segments, segment.candidates), [0, "leave out"]], (value) => (said.mapping[segment.number] = Number(value)))),
    ...one.overlaps.map((pair) =>
      choice(
        count(pair.voxels) + " voxels are both",
        [
          [pair.first, name(schema, pair.first) + " wins"],
          [pair.second, name(schema, pair.second) + " wins"],
        ],
        (value) => (said.winners = [...new Set([...said.winners.filter((one) => one !== pair.first && one !== pair.second), Number(value)])]),
      ),
    ),
    ...one.missing.map((number) =>
      choice(
        name(schema, number) + " is not in it",
        [
          ["ACCEPT", "keep what was proposed"],
          ["REJECT", "remove it"],
          ["NOT_ASSESSABLE", "not assessable"],
        ],
        (value) => (said.missing[number] = value),
      ),
    ),
  ];
}

/** The likely ones before the others. */
function first(segments, candidates) {
  return [...segments].sort((a, b) => candidates.includes(b[0]) - candidates.includes(a[0]));
}

/** A choice that is nobody's until somebody makes it. */
function choice(label, options, chosen) {
  const select = h("select", { onchange: () => select.value !== "" && chosen(select.value) }, h("option", { value: "" }, "choose…"), options.map(([value, text]) => h("option", { value: String(value) }, text)));
  return h("label", { class: "foreign-choice" }, label + " ", select);
}
