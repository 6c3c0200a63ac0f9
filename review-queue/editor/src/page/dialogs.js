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
