// The segments of a case and what the reader says of each.

import { count, h, replace } from "./dom.ts";
import { h as view } from "preact";
import { QualityFacts, Warnings, placed } from "./tags.tsx";

export const VERDICTS = [
  { verdict: "ACCEPT", key: "a", label: "Accept", sign: "✓" },
  { verdict: "REJECT", key: "r", label: "Reject", sign: "✕" },
  { verdict: "NOT_ASSESSABLE", key: "n", label: "Not assessable", sign: "?" },
];

export class SegmentList {
  constructor(segments, scores, display, { onselect, onverdict, onvisibility, drafts }) {
    this.segments = segments;
    this.scores = new Map(scores.map((score) => [score.segmentNumber, score]));
    this.display = display;
    this.verdicts = new Map(drafts);
    this.painted = new Set();
    this.callbacks = { onselect, onverdict, onvisibility };
    this.element = h("ul", { class: "segments", "aria-label": "Segments" });
    this.rows = new Map();
    this.build();
  }

  build() {
    replace(this.element, this.segments.map((segment, at) => this.row(segment, at)));
    this.refresh();
  }

  row(segment, at) {
    const score = this.scores.get(segment.number);
    const found = (score?.voxels ?? 0) > 0;
    const swatch = h("span", { class: "swatch", "aria-hidden": "true" });
    const name = h(
      "button",
      { type: "button", class: "segment-name", title: "Select, and go to it", onclick: () => this.callbacks.onselect(segment.number) },
      at < 9 && h("kbd", {}, String(at + 1)),
      swatch,
      h("span", { class: "segment-label" }, segment.label),
    );
    const corrected = h("span", { class: "corrected", hidden: true }, "corrected");
    const eye = h("button", { type: "button", class: "eye", onclick: () => this.callbacks.onvisibility(segment.number) });
    const buttons = VERDICTS.map((one) =>
      h(
        "button",
        {
          type: "button",
          class: "verdict verdict-" + one.verdict.toLowerCase().replaceAll("_", "-"),
          "data-verdict": one.verdict,
          title: one.label + " (" + one.key.toUpperCase() + ")",
          "aria-label": one.label + " " + segment.label,
          onclick: (event) => this.callbacks.onverdict(segment.number, one.verdict, event.detail > 0),
        },
        h("span", { "aria-hidden": "true" }, one.sign),
        h("span", { class: "verdict-text" }, one.label),
      ),
    );
    const element = h(
      "li",
      { class: "segment", "data-segment": segment.number },
      name,
      eye,
      corrected,
      h("div", { class: "segment-facts" }, found ? facts(score) : h("span", { class: "absent" }, "not found; accept if it is absent"), found ? [] : placed(view(QualityFacts, { score, agreement: false })), placed(view(Warnings, { score }))),
      h("div", { class: "verdicts", role: "group", "aria-label": "Verdict on " + segment.label }, buttons),
    );
    this.rows.set(segment.number, { element, swatch, eye, buttons, name, segment, corrected });
    return element;
  }

  select(number) {
    this.display.selected = number;
    this.refresh();
    this.rows.get(number)?.element.scrollIntoView({ block: "nearest" });
  }

  setVerdict(number, verdict) {
    this.verdicts.set(number, verdict);
    this.refresh();
  }

  /** Segments that the reader has drawn on: they are corrected, unless the reader says that they are no good at all. */
  setPainted(numbers) {
    this.painted = numbers;
    for (const [number, verdict] of this.verdicts) if (numbers.has(number) && verdict === "ACCEPT") this.verdicts.delete(number);
    this.refresh();
  }

  /** The segment after this one that has no verdict yet, or undefined. */
  nextOpen(number) {
    const numbers = this.segments.map((segment) => segment.number);
    const from = numbers.indexOf(number) + 1;
    return [...numbers.slice(from), ...numbers.slice(0, from)].find((one) => !this.verdicts.has(one) && !this.painted.has(one));
  }

  get openCount() {
    return this.segments.filter(({ number }) => !this.verdicts.has(number) && !this.painted.has(number)).length;
  }

  /**
   * The decision: what was drawn on counts as painted, everything else that was not judged as accepted.
   *
   * @returns {{number: number, verdict: import("./server.ts").SaidVerdict | "AS_PAINTED"}[]}
   */
  decision() {
    return this.segments.map(({ number }) => ({ number, verdict: this.verdicts.get(number) ?? (this.painted.has(number) ? "AS_PAINTED" : "ACCEPT") }));
  }

  refresh() {
    for (const [number, row] of this.rows) {
      const style = this.display.styleOf(number);
      const verdict = this.verdicts.get(number);
      row.swatch.style.setProperty("background-color", style.colour);
      row.element.classList.toggle("selected", number === this.display.selected);
      row.element.classList.toggle("judged", verdict !== undefined);
      row.element.classList.toggle("painted", this.painted.has(number));
      row.corrected.hidden = !this.painted.has(number) || verdict !== undefined;
      row.name.setAttribute("aria-current", String(number === this.display.selected));
      row.eye.textContent = style.hidden ? "Show" : "Hide";
      row.eye.setAttribute("aria-label", (style.hidden ? "Show " : "Hide ") + row.segment.label);
      for (const button of row.buttons) button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict));
    }
  }
}

function facts(score) {
  const percent = Math.round(score.uncertainty * 100);
  return [
    // An image without a place in patient space has no volumes.
    score.volumeMl > 0 || score.voxels === 0 ? h("span", {}, score.volumeMl >= 10 ? count(score.volumeMl) + " ml" : score.volumeMl.toFixed(2) + " ml") : null,
    h("span", {}, count(score.voxels) + " voxels"),
    h(
      "span",
      { class: "uncertainty", title: "Mean normalised entropy of the model over this segment and its rim: 0 % is sure" },
      h("span", { class: "meter", "aria-hidden": "true", style: { "--part": percent + "%" } }),
      "unsure " + percent + " %",
    ),
    placed(view(QualityFacts, { score })),
  ];
}
