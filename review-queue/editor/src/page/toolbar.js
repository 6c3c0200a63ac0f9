// Window presets and how the proposal is drawn.

import { h, replace } from "./dom.ts";

export function toolbar(planes, display, choices, { onwindow, ondisplay, onheat, onkeys }) {
  const presetBox = h("div", { class: "presets", role: "group", "aria-label": "Window" });
  const reading = h("output", { class: "window-reading", title: "Level and width; drag on the image to change" });
  let current = 0;
  const buttons = [];

  function showPresets() {
    buttons.length = 0;
    buttons.push(
      ...choices.map((choice, at) =>
        h("button", { type: "button", class: "preset", onclick: () => use(at) }, choice.name),
      ),
    );
    replace(presetBox, buttons);
  }

  function use(at) {
    current = at;
    onwindow(choices[at]);
    planes.viewer.focus({ preventScroll: true });
  }

  function showWindow(window) {
    reading.textContent = "L " + Math.round(window.level) + "  W " + Math.round(window.width);
    const at = choices.findIndex((one) => one.level === window.level && one.width === window.width);
    if (at >= 0) current = at;
    buttons.forEach((button, one) => button.setAttribute("aria-pressed", String(one === at)));
  }

  const opacity = h("input", {
    type: "range",
    id: "opacity",
    min: 0,
    max: 1,
    step: 0.05,
    "aria-label": "Overlay opacity",
    title: "Opacity  [ and ]",
    oninput: () => ondisplay({ opacity: Number(opacity.value) }),
  });
  const filled = toggle("Fill", "Fill or outline only (O)", () => ondisplay({ filled: !display.filled }));
  const safe = toggle("Safe colours", "Colours that colour-blind eyes can tell apart (C)", () => ondisplay({ safe: !display.safe }));
  const heat = toggle("Unsure", "Where the model is unsure (hold U)", () => onheat(!display.heat));
  const cross = toggle("Cross", "Cross lines", () => ondisplay({ cross: !display.cross }));

  function showDisplay() {
    opacity.value = display.opacity;
    filled.setAttribute("aria-pressed", String(display.filled));
    safe.setAttribute("aria-pressed", String(display.safe));
    heat.setAttribute("aria-pressed", String(display.heat));
    cross.setAttribute("aria-pressed", String(display.cross));
  }

  const element = h(
    "div",
    { class: "toolbar", role: "toolbar", "aria-label": "View" },
    presetBox,
    reading,
    h("div", { class: "overlay-tools" }, h("label", { class: "opacity" }, "Overlay", opacity), filled, safe, cross, display.hasHeat && heat),
    h("button", { type: "button", class: "quiet keys-button", "aria-label": "Keys", title: "Keys (?)", onclick: onkeys }, "?"),
  );
  showPresets();
  showDisplay();
  return { element, showWindow, showPresets, showDisplay, nextPreset: () => use((current + 1) % choices.length) };
}

function toggle(text, title, onclick) {
  return h("button", { type: "button", class: "toggle", title, onclick }, text);
}
