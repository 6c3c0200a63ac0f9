// The tools for correcting, with their keys, and how the journal goes.

import { h, replace } from "./dom.ts";

export const PENS = [
  { pen: "brush", key: "b", label: "Brush" },
  { pen: "eraser", key: "e", label: "Eraser" },
  { pen: "threshold-brush", key: "t", label: "Threshold brush" },
  { pen: "lasso", key: "l", label: "Lasso" },
  { pen: "scissors", key: "s", label: "Scissors" },
  { pen: "grow", key: "g", label: "Grow" },
  { pen: "level-trace", key: "j", label: "Level trace" },
  { pen: "remove-part", key: "d", label: "Remove island" },
];

export const ACTIONS = [
  { action: "keepLargest", key: "k", label: "Keep largest", act: (editing) => editing.atOnce("keepLargest") },
  { action: "fillHoles", key: "f", label: "Fill holes", act: (editing) => editing.atOnce("fillHoles") },
  { action: "smooth", key: "q", label: "Smooth", act: (editing) => editing.atOnce("smooth", 2) },
  { action: "grow", key: ">", label: "Grow 1 mm", act: (editing) => editing.atOnce("margin", 1) },
  { action: "shrink", key: "<", label: "Shrink 1 mm", act: (editing) => editing.atOnce("margin", -1) },
  { action: "interpolate", key: "i", label: "Interpolate", act: (editing) => editing.interpolate() },
];

export class ToolPanel {
  constructor(editing, { onuse }) {
    this.editing = editing;
    this.onuse = onuse;
    this.undo = h("button", { type: "button", id: "undo", title: "Undo (Z)", onclick: () => (editing.undo(), this.used()) }, "Undo", h("kbd", {}, "Z"));
    this.redo = h("button", { type: "button", id: "redo", title: "Redo (Y)", onclick: () => (editing.redo(), this.used()) }, "Redo", h("kbd", {}, "Y"));
    this.pens = PENS.map(({ pen, key, label }) => this.button("pen", pen, key, label, () => editing.choose(pen)));
    this.actions = ACTIONS.map(({ action, key, label, act }) => this.button("action", action, key, label, () => act(editing)));
    this.set = h("div", { class: "pen-settings" });
    this.situation = h("p", { class: "journal", id: "journal", role: "status" }, "Every step is kept on the server");
    this.element = h(
      "div",
      { class: "tool-panel", role: "toolbar", "aria-label": "Correct the selected segment" },
      h("div", { class: "tool-row" }, this.pens),
      h("div", { class: "tool-row" }, this.actions, this.undo, this.redo),
      this.set,
      this.situation,
    );
    editing.settings.onchange = () => this.show();
    this.buildSettings();
    this.show();
  }

  button(kind, name, key, label, act) {
    return h("button", { type: "button", class: "tool", ["data-" + kind]: name, title: label + " (" + key.toUpperCase() + ")", onclick: () => (act(), this.used()) }, label, h("kbd", {}, key.toUpperCase()));
  }

  used() {
    this.show();
    this.onuse();
  }

  buildSettings() {
    const { settings } = this.editing;
    const number = (name, text, unit, step) =>
      h("label", {}, text, h("input", { type: "number", id: "pen-" + name, step, value: settings[name], onchange: (event) => event.target.value !== "" && settings.set({ [name]: Number(event.target.value) }) }), unit);
    const check = (name, text) => h("label", {}, h("input", { type: "checkbox", id: "pen-" + name, checked: settings[name], onchange: (event) => settings.set({ [name]: event.target.checked }) }), text);
    this.radius = number("radius", "Radius", "mm", 0.5);
    this.range = h("span", { class: "pen-range" }, number("least", "from", "", 1), number("largest", "to", "", 1));
    this.tolerance = number("tolerance", "Tolerance", "", 1);
    this.ball = check("ball", "Ball");
    this.overwrite = h(
      "label",
      {},
      "Paint over",
      h(
        "select",
        { id: "pen-overwrite", onchange: (event) => settings.set({ overwrite: event.target.value }) },
        h("option", { value: "all", selected: settings.overwrite === "all" }, "everything"),
        h("option", { value: "empty", selected: settings.overwrite === "empty" }, "what is empty"),
      ),
    );
    replace(this.set, this.radius, this.ball, this.range, this.tolerance, check("onSlice", "This slice only"), this.overwrite);
  }

  show() {
    const { editing } = this;
    for (const button of this.pens) button.setAttribute("aria-pressed", String(button.dataset.pen === editing.pen));
    for (const button of this.actions) button.disabled = editing.segment === 0;
    this.undo.disabled = !editing.session.canUndo;
    this.redo.disabled = !editing.session.canRedo;
    const round = editing.settings.isRound(editing.pen);
    this.radius.hidden = !round;
    this.ball.hidden = !round;
    this.range.hidden = editing.pen !== "threshold-brush";
    this.tolerance.hidden = editing.pen !== "grow";
    const radius = this.radius.querySelector("input");
    if (document.activeElement !== radius) radius.value = editing.settings.radius.toFixed(1);
  }

  /** @param {any} situation */
  showSituation({ kind, last, waiting, message }) {
    const steps = (number) => number + (number === 1 ? " step" : " steps");
    const text = {
      kept: () => "All " + steps(last) + " kept on the server",
      sending: () => "Keeping " + steps(waiting) + "…",
      away: () => "The server does not answer; " + steps(waiting) + " kept in this browser, sent as soon as it does",
      refused: () => "Not kept: " + message,
    }[kind]();
    this.situation.textContent = text;
    this.situation.dataset.kind = kind;
  }
}
