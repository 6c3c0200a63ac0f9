// The few questions that the page asks in a dialog.

import { h } from "./dom.ts";

/** Reasons of PS3.16 CID 9300 that a reader may have. */
const REASONS = [
  { code: "110531", meaning: "Insufficient quality" },
  { code: "110532", meaning: "Requires specialist expertise" },
  { code: "110523", meaning: "Object Set incomplete" },
  { code: "110522", meaning: "Object Types not supported" },
  { code: "110514", meaning: "Incorrect worklist entry selected" },
  { code: "110513", meaning: "Discontinued for unspecified reason" },
];

const KEYS = [
  ["1 … 9", "select a segment and go to it"],
  ["← →", "previous, next segment"],
  ["A  R  N", "accept, reject, not assessable"],
  ["Enter", "accept what is not judged, submit, next case"],
  ["↑ ↓", "next slice up, down; also the mouse wheel"],
  ["Page ↑ ↓", "ten slices"],
  ["Home  End", "uppermost, lowest slice"],
  ["Drag", "window: right is wider, down is higher"],
  ["Right drag", "move the image; Ctrl + wheel, + and − zoom, 0 fits"],
  ["Click", "put the cross there"],
  ["H (hold)", "without the proposal"],
  ["U (hold)", "where the model is unsure: the brighter, the less sure"],
  [",   .", "marked uncertain slice below, above; marks are beside the slider"],
  ["O   V", "fill or outline; show or hide the segment"],
  ["[  ]", "less, more opaque"],
  ["C", "colours for colour-blind eyes"],
  ["W   X", "next window; next plane large"],
  ["B  E  T", "brush, eraser, threshold brush; Shift + wheel or { } for their size"],
  ["L  S", "lasso fills, scissors cut, when let go"],
  ["G  J  D", "grow from a voxel, trace its grey level, remove the island that is clicked"],
  ["K  F  Q", "keep the largest part, fill holes, smooth"],
  ["<  >", "shrink, grow by 1 mm"],
  ["P   ⇧ P", "copy the segment to the slice above, below"],
  ["I", "interpolate between the slices that were drawn on"],
  ["Z   Y", "undo, redo, across all tools and after a reload"],
  ["Esc", "puts the tool down; without one, back to the worklist, the case is given back"],
];

export function discontinueDialog() {
  return new Promise((resolve) => {
    const options = REASONS.map((reason, at) =>
      h(
        "label",
        { class: "reason" },
        h("input", { type: "radio", name: "reason", value: reason.code, checked: at === 0, autofocus: at === 0 }),
        h("span", {}, reason.meaning),
        h("span", { class: "code" }, reason.code),
      ),
    );
    const form = h(
      "form",
      { method: "dialog" },
      h("h2", {}, "Why is this case discontinued?"),
      h("p", {}, "It leaves the worklist without a correction. Nothing is learned from it."),
      h("fieldset", {}, h("legend", { class: "hidden" }, "Reason"), options),
      h(
        "div",
        { class: "dialog-actions" },
        h("button", { type: "submit", class: "quiet", value: "" }, "Keep it"),
        h("button", { type: "submit", class: "primary danger", value: "yes", id: "discontinue-yes" }, "Discontinue"),
      ),
    );
    show(form, "Discontinue", (answer) => {
      const chosen = form.querySelector("input:checked").value;
      resolve(answer === "yes" ? REASONS.find((reason) => reason.code === chosen) : null);
    });
  });
}

export function keysDialog() {
  const rows = KEYS.map(([keys, what]) => h("tr", {}, h("th", { scope: "row" }, h("kbd", {}, keys)), h("td", {}, what)));
  const form = h(
    "form",
    { method: "dialog" },
    h("h2", {}, "Keys"),
    h("table", { class: "keys" }, h("tbody", {}, rows)),
    h("div", { class: "dialog-actions" }, h("button", { type: "submit", class: "primary", autofocus: true }, "Close")),
  );
  show(form, "Keys", () => {});
}

function show(form, label, closed) {
  const dialog = h("dialog", { "aria-label": label }, form);
  dialog.addEventListener("close", () => {
    dialog.remove();
    document.getElementById("viewer")?.focus();
    closed(dialog.returnValue);
  });
  document.body.append(dialog);
  dialog.showModal();
}
