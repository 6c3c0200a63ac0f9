// The keys of a case: what each does.

import { keysDialog } from "./dialogs.js";
import { VERDICTS } from "./segment-list.js";
import { ACTIONS, PENS } from "./tool-panel.js";

export function key(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const target = event.target;
  const control = target.closest?.("input, select, button, a, textarea");
  if (target.matches?.('input[type="number"]')) return;
  if (control && (event.key === "Enter" || event.key === " " || (target.matches("input, select") && event.key.startsWith("Arrow")))) return;
  const act = actions(view)[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (act) {
    event.preventDefault();
    act(event);
  } else if (/^[1-9]$/.test(event.key)) {
    const segment = view.task.schema.segments[Number(event.key) - 1];
    if (segment) view.select(segment.number, true);
  }
}

export function unkey(view, event) {
  if (event.key.toLowerCase() === "h") view.hide(false);
  if (event.key.toLowerCase() === "u") view.heat(false);
}

function actions(view) {
  const { planes, display, editing } = view;
  const verdicts = Object.fromEntries(
    VERDICTS.map((one) => [one.key, (event) => !event.repeat && display.selected && view.judge(display.selected, one.verdict, false)]),
  );
  return {
    ...verdicts,
    Enter: (event) => !event.repeat && view.submit(),
    ArrowUp: () => planes?.step(1),
    ArrowDown: () => planes?.step(-1),
    ArrowLeft: () => view.neighbour(-1),
    ArrowRight: () => view.neighbour(1),
    PageUp: () => planes?.step(10),
    PageDown: () => planes?.step(-10),
    Home: () => planes?.end(true),
    End: () => planes?.end(false),
    "+": () => planes?.zoomBy(1.2),
    "-": () => planes?.zoomBy(1 / 1.2),
    0: () => planes?.fit(),
    h: () => view.hide(true),
    u: () => view.heat(true),
    ".": () => view.uncertainty.jump(1),
    ",": () => view.uncertainty.jump(-1),
    o: () => view.setDisplay({ filled: !display.filled }),
    c: () => view.setDisplay({ safe: !display.safe }),
    v: () => display.selected && view.toggleVisibility(display.selected),
    "[": () => view.setDisplay({ opacity: Math.max(0, display.opacity - 0.1) }),
    "]": () => view.setDisplay({ opacity: Math.min(1, display.opacity + 0.1) }),
    w: () => view.toolbar?.nextPreset(),
    x: () => planes?.nextMain(),
    "?": () => keysDialog(),
    ...(editing ? editingActions(view) : {}),
    Escape: () => (editing?.active ? (editing.choose(editing.pen), view.panel.show()) : view.back()),
  };
}

function editingActions({ editing, panel }) {
  const use = (act) => (event) => {
    act(editing, event);
    panel.show();
  };
  return {
    ...Object.fromEntries(PENS.map(({ pen, key: letter }) => [letter, use(() => editing.choose(pen))])),
    ...Object.fromEntries(ACTIONS.map(({ key: letter, act }) => [letter, use(act)])),
    z: use((_, event) => (event.shiftKey ? editing.redo() : editing.undo())),
    y: use(() => editing.redo()),
    "{": use(() => editing.settings.resize(1 / 1.15)),
    "}": use(() => editing.settings.resize(1.15)),
    p: use((_, event) => editing.copySlice(event.shiftKey ? -1 : 1)),
  };
}
