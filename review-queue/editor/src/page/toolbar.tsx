// Over the image: window, what else is shown, and how the segments are drawn.

import { render } from "preact";
import { type TextKey, text } from "../texts/texts.ts";
import { h } from "./dom.ts";
import type { OverlayStyle } from "./overlay-style.ts";
import type { Window } from "./window-level.ts";

/** What else is shown. */
export interface Shown {
  /** Null where it cannot be shown, as below. */
  readonly prior: boolean | null;
  readonly surface: boolean | null;
}

export interface ToolbarActions {
  readonly window: (window: Window) => void;
  readonly display: (changes: Partial<Pick<OverlayStyle, "opacity" | "filled" | "safe" | "cross">>) => void;
  readonly heat: (shown: boolean) => void;
  readonly fit: () => void;
  readonly layout: () => void;
  readonly prior: () => void;
  readonly surface: () => void;
  readonly keys: () => void;
  /** A click is over: the keyboard belongs to the image again. */
  readonly done: () => void;
}

interface State {
  readonly choices: readonly Window[];
  readonly window: Window;
  readonly display: OverlayStyle;
  readonly shown: Shown;
  readonly actions: ToolbarActions;
}

function Windows({ choices, window, actions }: State) {
  const at = choices.findIndex((one) => same(one, window));
  const chosen = (event: Event) => {
    const choice = choices[Number((event.currentTarget as HTMLSelectElement).value)];
    if (choice) actions.window(choice);
    actions.done();
  };
  return (
    <>
      <select class="presets" aria-label={text("window.name")} title={text("window.name") + " (W)"} value={String(at)} onChange={chosen}>
        {at < 0 && <option value="-1">{text("window.own")}</option>}
        {choices.map((choice, number) => (
          <option key={choice.name} value={String(number)}>
            {choice.name}
          </option>
        ))}
      </select>
      <output class="window-reading" title={text("window.drag")}>
        {text("window.reading", { level: short(window.level, window.width), width: short(window.width, window.width) })}
      </output>
    </>
  );
}

interface ToggleProps {
  readonly name: TextKey;
  readonly title: TextKey;
  readonly pressed?: boolean;
  readonly act: () => void;
}

function Toggle({ name, title, pressed, act }: ToggleProps) {
  return (
    <button type="button" class="toggle" title={text(title)} aria-pressed={pressed} onClick={act}>
      {text(name)}
    </button>
  );
}

function View({ display, shown, actions }: State) {
  const opaque = (event: Event) => actions.display({ opacity: Number((event.currentTarget as HTMLInputElement).value) });
  const then = (act: () => void) => () => {
    act();
    actions.done();
  };
  return (
    <>
      <Toggle name="view.fit" title="view.fit-title" act={then(actions.fit)} />
      <Toggle name="view.layout" title="view.layout-title" act={then(actions.layout)} />
      {shown.prior !== null && <Toggle name="view.prior" title="view.prior-title" pressed={shown.prior} act={then(actions.prior)} />}
      {shown.surface !== null && <Toggle name="view.surface" title="view.surface-title" pressed={shown.surface} act={then(actions.surface)} />}
      <span class="overlay-tools">
        <label class="opacity">
          {text("view.opacity")}
          <input type="range" id="opacity" min="0" max="1" step="0.05" title={text("view.opacity-title")} value={display.opacity} onInput={opaque} />
        </label>
        <Toggle name="view.fill" title="view.fill-title" pressed={display.filled} act={() => actions.display({ filled: !display.filled })} />
        <Toggle name="view.safe" title="view.safe-title" pressed={display.safe} act={() => actions.display({ safe: !display.safe })} />
        <Toggle name="view.cross" title="view.cross-title" pressed={display.cross} act={() => actions.display({ cross: !display.cross })} />
        {display.hasHeat && <Toggle name="view.unsure" title="view.unsure-title" pressed={display.heat} act={() => actions.heat(!display.heat)} />}
      </span>
    </>
  );
}

function Bar(state: State) {
  return (
    <>
      <Windows {...state} />
      <View {...state} />
      <button type="button" class="quiet keys-button" aria-label={text("view.keys")} title={text("view.keys-title")} onClick={state.actions.keys}>
        ?
      </button>
    </>
  );
}

/** Whole numbers, and more where they would say nothing. */
const short = (value: number, width: number): string => (width >= 20 ? String(Math.round(value)) : value.toFixed(1));

const same = (one: Window, other: Window): boolean => one.level === other.level && one.width === other.width;

export class Toolbar {
  readonly element = h("div", { class: "toolbar", role: "toolbar", "aria-label": text("view.name") });
  private state: State;
  private current = 0;

  constructor(state: State) {
    this.state = state;
    this.show();
  }

  show(changes: Partial<Pick<State, "choices" | "window" | "shown">> = {}): void {
    this.state = { ...this.state, ...changes };
    const at = this.state.choices.findIndex((one) => same(one, this.state.window));
    if (at >= 0) this.current = at;
    render(<Bar {...this.state} />, this.element);
  }

  nextPreset(): void {
    const { choices, actions } = this.state;
    const next = choices[(this.current + 1) % choices.length];
    if (next) actions.window(next);
  }
}
