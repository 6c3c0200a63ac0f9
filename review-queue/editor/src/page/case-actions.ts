// What a reader can do in a case besides correcting: judge, look around, end it.

import type { Action, ActionGroup } from "./action.ts";
import type { OverlayStyle } from "./overlay-style.ts";
import type { Planes } from "./planes.ts";
import { VERDICT_KEYS } from "./segment-list.tsx";
import type { SaidVerdict, Task } from "./server.ts";
import { THEME_KEY, turnTheme } from "./theme.ts";

/** A case that is looked at. */
export interface LookCommands {
  readonly task: Task;
  readonly display: OverlayStyle;
  readonly planes: Planes | undefined;
  select(segment: number, go: boolean): void;
  neighbour(step: number): void;
  hide(hidden: boolean): void;
  heat(shown: boolean): void;
  setDisplay(changes: Parameters<OverlayStyle["set"]>[0]): void;
  toggleVisibility(segment: number): void;
  nextWindow(): void;
  /** Opens the list of all actions. */
  search(): void;
  /** Puts down what is held; with empty hands, leaves the case. */
  escape(): void;
}

/** The case, as its actions see it. */
export interface CaseCommands extends LookCommands {
  judge(segment: number, verdict: SaidVerdict, byPointer: boolean): void;
  submit(): unknown;
  discontinue(): unknown;
  handOver(): unknown;
  flag(): unknown;
  /** Says the one of these that can be said of the selected segment. */
  judgeSelected(...verdicts: SaidVerdict[]): void;
  /** Ends what is being drawn; with nothing drawn, submits. */
  enter(): void;
}

export function caseGroups(view: CaseCommands): ActionGroup[] {
  return [judging(view), ...looks(view)];
}

/** Of a case that is only looked at. */
export function viewingGroups(view: LookCommands): ActionGroup[] {
  return [{ id: "choose", title: "actions.choose", actions: [...choosing(view), leaving(view)] }, ...looks(view)];
}

const looks = (view: LookCommands): ActionGroup[] => [moving(view), looking(view), asking(view)];

type CaseAction =
  | "select"
  | "previous-segment"
  | "next-segment"
  | "accept"
  | "reject"
  | "not-assessable"
  | "minor"
  | "major"
  | "discontinue"
  | "hand-over"
  | "flag"
  | "submit"
  | "slice-up"
  | "slice-down"
  | "slices-up"
  | "slices-down"
  | "uppermost"
  | "lowest"
  | "zoom-in"
  | "zoom-out"
  | "fit"
  | "hide"
  | "unsure"
  | "fill"
  | "safe-colours"
  | "visibility"
  | "less-opaque"
  | "more-opaque"
  | "next-window"
  | "next-plane"
  | "search"
  | "theme"
  | "escape";

const named = (id: CaseAction, ...keys: string[]) => ({ id, name: `action.${id}`, hint: `action.${id}.hint`, keys, keyOnly: true }) as const;

function choosing(view: LookCommands): Action[] {
  const numbers = view.task.schema.segments.slice(0, 9);
  return [
    { ...named("select", ...numbers.map((_, at) => String(at + 1))), run: (event) => event && view.select(numbers[Number(event.key) - 1]!.number, true) },
    { ...named("previous-segment", "ArrowLeft"), run: () => view.neighbour(-1), repeats: true },
    { ...named("next-segment", "ArrowRight"), run: () => view.neighbour(1), repeats: true },
  ];
}

const leaving = (view: LookCommands): Action => ({ ...named("escape", "Escape"), run: () => view.escape() });

function judging(view: CaseCommands): ActionGroup {
  const verdict = (id: CaseAction, ...said: SaidVerdict[]): Action => ({ ...named(id, VERDICT_KEYS[said[0]!]), run: () => view.judgeSelected(...said) });
  return {
    id: "judge",
    title: "actions.judge",
    actions: [
      ...choosing(view),
      verdict("accept", "ACCEPT"),
      verdict("minor", "MINOR", "MISSING"),
      verdict("major", "MAJOR"),
      verdict("reject", "REJECT"),
      verdict("not-assessable", "NOT_ASSESSABLE"),
      { ...named("submit", "Enter"), run: () => view.enter() },
      leaving(view),
      { ...named("hand-over", "@"), run: () => view.handOver() },
      { ...named("flag", "!"), run: () => view.flag() },
      { ...named("discontinue", "Shift+Delete"), run: () => view.discontinue() },
    ],
  };
}

function moving(view: LookCommands): ActionGroup {
  const step = (id: CaseAction, key: string, slices: number): Action => ({ ...named(id, key), run: () => view.planes?.step(slices), repeats: true });
  return {
    id: "move",
    title: "actions.move",
    actions: [
      step("slice-up", "ArrowUp", 1),
      step("slice-down", "ArrowDown", -1),
      step("slices-up", "PageUp", 10),
      step("slices-down", "PageDown", -10),
      { ...named("uppermost", "Home"), run: () => view.planes?.end(true) },
      { ...named("lowest", "End"), run: () => view.planes?.end(false) },
      { ...named("zoom-in", "+"), run: () => view.planes?.zoomBy(1.2), repeats: true },
      { ...named("zoom-out", "-"), run: () => view.planes?.zoomBy(1 / 1.2), repeats: true },
      { ...named("fit", "0"), run: () => view.planes?.fit() },
      { ...named("next-plane", "x"), run: () => view.planes?.nextMain() },
      { ...named("next-window", "w"), run: () => view.nextWindow() },
    ],
  };
}

function looking(view: LookCommands): ActionGroup {
  const { display } = view;
  const opacity = (change: number) => () => view.setDisplay({ opacity: Math.min(1, Math.max(0, display.opacity + change)) });
  return {
    id: "look",
    title: "actions.look",
    actions: [
      { ...named("hide", "h"), run: () => view.hide(true), release: () => view.hide(false) },
      { ...named("unsure", "u"), run: () => view.heat(true), release: () => view.heat(false) },
      { ...named("fill", "o"), run: () => view.setDisplay({ filled: !display.filled }) },
      { ...named("visibility", "v"), run: () => display.selected && view.toggleVisibility(display.selected) },
      { ...named("safe-colours", "c"), run: () => view.setDisplay({ safe: !display.safe }) },
      { ...named("less-opaque", "["), run: opacity(-0.1), repeats: true },
      { ...named("more-opaque", "]"), run: opacity(0.1), repeats: true },
    ],
  };
}

function asking(view: LookCommands): ActionGroup {
  return { id: "ask", title: "actions.ask", actions: [{ ...named("search", "?", "/", "Ctrl+k"), run: () => view.search() }, { ...named("theme", THEME_KEY), run: turnTheme }] };
}
