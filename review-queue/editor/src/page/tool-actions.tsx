// The tools for correcting, in groups as the panel shows them.

import type { Combination, SegmentJob } from "../core/tools/job.ts";
import type { Pen } from "../editing/pen.ts";
import { type TextKey, text } from "../texts/texts.ts";
import type { Action, ActionGroup } from "./action.ts";
import type { Editing } from "./editing.ts";
import { DrawSettings, SegmentSettings, SliceSettings, unitOf } from "./tool-settings.tsx";

/** What the tools work on: the editing of a case, its segments, and the segment that is combined with. */
export interface ToolContext {
  readonly editing: Editing;
  readonly segments: readonly { readonly number: number; readonly label: string }[];
  /** The segment that the selected one is combined with, or 0. */
  other: number;
  readonly show: () => void;
}

const RESIZE = 1.15;

export function toolGroups(context: ToolContext): ActionGroup[] {
  return [drawing(context), segments(context), slices(context), history(context)];
}

function drawing(context: ToolContext): ActionGroup {
  const { settings } = context.editing;
  return {
    id: "draw",
    title: "tools.draw",
    actions: [
      pen(context, "brush", "b"),
      pen(context, "eraser", "e"),
      pen(context, "threshold-brush", "t"),
      pen(context, "lasso", "l"),
      pen(context, "polygon", "Shift+l"),
      pen(context, "scissors", "s"),
      pen(context, "grow", "g"),
      pen(context, "level-trace", "j"),
      sized("smaller", "{", () => settings.resize(1 / RESIZE)),
      sized("larger", "}", () => settings.resize(RESIZE)),
    ],
    page: () => <DrawSettings context={context} />,
  };
}

function segments(context: ToolContext): ActionGroup {
  const { settings, planes } = context.editing;
  const mm = () => settings.now.margin;
  const amount = (value: () => number, unit: TextKey, sign = "") => ({ amount: () => sign + Math.round(10 * value()) / 10 + " " + text(unitOf(unit, planes.grid)) });
  return {
    id: "segment",
    title: "tools.segment",
    actions: [
      job(context, "keep-largest", "k", (extent) => ({ tool: "keep-largest", extent })),
      pen(context, "keep-part", "Shift+k"),
      pen(context, "remove-part", "d"),
      { ...job(context, "remove-small", "Shift+d", (extent) => ({ tool: "remove-small", extent, mm3: settings.now.smallPart })), ...amount(() => settings.now.smallPart, "tools.mm3", "< ") },
      job(context, "fill-holes", "f", (extent) => ({ tool: "fill-holes", extent })),
      { ...job(context, "smooth", "q", (extent) => ({ tool: "smooth", extent, mm: settings.now.smoothing })), ...amount(() => settings.now.smoothing, "tools.mm") },
      { ...job(context, "margin-grow", ">", (extent) => ({ tool: "margin", extent, mm: mm() })), ...amount(mm, "tools.mm") },
      { ...job(context, "margin-shrink", "<", (extent) => ({ tool: "margin", extent, mm: -mm() })), ...amount(mm, "tools.mm") },
      combination(context, "add", "Shift+u"),
      combination(context, "subtract", "Shift+s"),
      combination(context, "intersect", "Shift+i"),
      lock(context),
    ],
    page: () => <SegmentSettings context={context} />,
  };
}

function slices(context: ToolContext): ActionGroup {
  const { editing } = context;
  const copy = (id: "copy-up" | "copy-down", key: string, up: 1 | -1): Action => ({
    ...named(id, key),
    run: () => void editing.copySlice(up),
    repeats: true,
    hindrance: () => hindrance(context) ?? (editing.hasSlice(up) ? null : "tools.no-slice"),
  });
  return {
    id: "slices",
    title: "tools.slices",
    actions: [
      copy("copy-up", "p", 1),
      copy("copy-down", "Shift+p", -1),
      {
        ...named("interpolate", "i"),
        run: () => void editing.do({ tool: "interpolate", fixed: editing.plane.fixed, keys: editing.keySlices }),
        hindrance: () => hindrance(context) ?? (editing.keySlices.length < 2 ? "tools.two-keys" : null),
      },
    ],
    page: () => <SliceSettings context={context} />,
  };
}

function history({ editing }: ToolContext): ActionGroup {
  return {
    id: "history",
    title: "tools.history",
    actions: [
      { ...named("undo", "z", "Ctrl+z", "Backspace"), run: () => editing.undo(), repeats: true, hindrance: () => (editing.session.canUndo || editing.hasCorners ? working(editing) : "tools.nothing-to-undo") },
      { ...named("redo", "y", "Shift+z", "Ctrl+y", "Ctrl+Shift+z"), run: () => editing.redo(), repeats: true, hindrance: () => (editing.session.canRedo ? working(editing) : "tools.nothing-to-redo") },
    ],
  };
}

type ToolId =
  | Pen
  | "smaller"
  | "larger"
  | "keep-largest"
  | "remove-small"
  | "fill-holes"
  | "smooth"
  | "margin-grow"
  | "margin-shrink"
  | Combination
  | "lock"
  | "copy-up"
  | "copy-down"
  | "interpolate"
  | "undo"
  | "redo";

const named = (id: ToolId, ...keys: string[]) => ({ id, name: `tool.${id}`, hint: `tool.${id}.hint`, keys }) as const;

/** A tool for the pointer. */
export function pen({ editing }: Pick<ToolContext, "editing">, which: Pen, key: string): Action {
  return { ...named(which, key), tool: true, run: () => editing.choose(which), pressed: () => editing.pen === which, hindrance: () => working(editing) };
}

function job(context: ToolContext, id: ToolId, key: string, of: (extent: Editing["extent"]) => SegmentJob): Action {
  const { editing } = context;
  return { ...named(id, key), run: () => void editing.do(of(editing.extent)), hindrance: () => hindrance(context) };
}

function combination(context: ToolContext, how: Combination, key: string): Action {
  const { editing } = context;
  return {
    ...named(how, key),
    run: () => void editing.do({ tool: "combine", other: context.other, how }),
    hindrance: () => hindrance(context) ?? (context.other === 0 || context.other === editing.segment ? "tools.no-other" : null),
  };
}

function lock({ editing }: ToolContext): Action {
  return {
    ...named("lock", "Shift+v"),
    run: () => editing.settings.toggleLock(editing.segment),
    pressed: () => editing.settings.isLocked(editing.segment),
    hindrance: () => (editing.segment === 0 ? "tools.no-segment" : null),
  };
}

const sized = (id: "smaller" | "larger", key: string, run: () => void): Action => ({ ...named(id, key), run, repeats: true, keyOnly: true });

const working = (editing: Editing): TextKey | null => (editing.bench.working ? "tools.working" : null);

export function hindrance({ editing }: Pick<ToolContext, "editing">): TextKey | null {
  if (editing.segment === 0) return "tools.no-segment";
  return editing.settings.isLocked(editing.segment) ? "tools.locked" : working(editing);
}
