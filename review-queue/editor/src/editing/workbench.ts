// The tools in a reader's hand: what pressing, dragging and letting go means, for each of them.

import type { Axis, Triple } from "../core/grid.ts";
import { type ImageVolume, type ValueRange, sentRange } from "../core/image.ts";
import { BACKGROUND, type Edit, type PaintRules } from "../core/labels.ts";
import { lengthBetween } from "../core/measure.ts";
import type { Place, Plane } from "../core/plane.ts";
import type { Delta } from "../core/runs.ts";
import type { EditSession } from "../core/session.ts";
import type { ToolName } from "../core/tool.ts";
import { sweep } from "../core/tools/brush.ts";
import { grow, levelTrace } from "../core/tools/grow.ts";
import { cut, fillPolygon } from "../core/tools/polygon.ts";
import { type Extent, combine, copySlice, fillHoles, interpolate, keepLargest, margin, removePart, removeSmallParts, smooth } from "../core/tools/region.ts";

/** Tools that follow the pointer; the others do their work at once. */
export type Pen = "brush" | "eraser" | "threshold-brush" | "lasso" | "scissors" | "grow" | "level-trace" | "remove-part";

/** What the pens are set to; lengths in mm, values as they are shown. */
export interface Settings {
  readonly radius: number;
  readonly ball: boolean;
  readonly range: { readonly least: number; readonly largest: number };
  readonly tolerance: number;
  readonly rules: PaintRules;
  /** Whether tools for a whole segment work on the slice that is seen only. */
  readonly onSlice: boolean;
}

/** Where the pointer is: on which slice of which plane. */
export interface Pointer {
  readonly plane: Plane;
  readonly slice: number;
  readonly place: Place;
}

/** So far from its seed a region grows, in mm. */
const GROWTH_REACH = 60;

/** The journal gives the edits of a stroke the time from the press to the release, up to this. */
const LONGEST_STROKE = 60_000;

export class Workbench {
  readonly session: EditSession;
  private readonly image: ImageVolume;
  private readonly now: () => number;
  private readonly changed: (delta: Delta) => void;
  private stroke: Stroke | null = null;

  /** @param changed is told of each change of the labels, also of the ones that are only seen so far */
  constructor(session: EditSession, image: ImageVolume, now: () => number, changed: (delta: Delta) => void) {
    this.session = session;
    this.image = image;
    this.now = now;
    this.changed = changed;
  }

  /** The border that is being drawn, for the eye. */
  get border(): readonly Place[] {
    return this.stroke?.border ?? [];
  }

  get busy(): boolean {
    return this.stroke !== null;
  }

  press(pen: Pen, segment: number, settings: Settings, at: Pointer): void {
    if (this.stroke || segment === BACKGROUND) return;
    this.stroke = new Stroke(pen, segment, settings, at, this.session.edit(settings.rules), this.now());
    if (paints(pen)) this.paint(at);
  }

  drag(at: Pointer): void {
    const { stroke } = this;
    if (!stroke || at.plane !== stroke.plane) return;
    if (paints(stroke.pen)) this.paint(at);
    stroke.goTo(at);
  }

  /** Ends the stroke; says what changed, or null if nothing did. */
  lift(): Delta | null {
    const { stroke } = this;
    if (!stroke) return null;
    this.stroke = null;
    this.finish(stroke);
    return this.commit(stroke.edit, { tool: stroke.pen, segment: stroke.segment, since: stroke.begun, pathMm: stroke.pathMm });
  }

  /** Gives up the stroke that is being made. */
  drop(): void {
    this.stroke?.edit.cancel();
    this.stroke = null;
  }

  undo(): boolean {
    this.drop();
    return this.tell(this.session.undo());
  }

  redo(): boolean {
    this.drop();
    return this.tell(this.session.redo());
  }

  /** What works on the segment at once. */
  keepLargest = (segment: number, extent: Extent, rules: PaintRules) => this.atOnce("keep-largest", segment, rules, (edit) => keepLargest(edit, segment, extent));
  fillHoles = (segment: number, extent: Extent, rules: PaintRules) => this.atOnce("fill-holes", segment, rules, (edit) => fillHoles(edit, segment, extent));
  removeSmall = (segment: number, mm3: number, extent: Extent, rules: PaintRules) =>
    this.atOnce("remove-part", segment, rules, (edit) => removeSmallParts(edit, segment, mm3, extent));
  smooth = (segment: number, mm: number, extent: Extent, rules: PaintRules) => this.atOnce("smooth", segment, rules, (edit) => smooth(edit, segment, mm, extent));
  margin = (segment: number, mm: number, extent: Extent, rules: PaintRules) => this.atOnce("margin", segment, rules, (edit) => margin(edit, segment, mm, extent));
  combine = (segment: number, other: number, how: "add" | "subtract" | "intersect", rules: PaintRules) =>
    this.atOnce("combine", segment, rules, (edit) => combine(edit, segment, other, how));
  copySlice = (segment: number, fixed: Axis, from: number, to: number, rules: PaintRules) =>
    this.atOnce("copy-slice", segment, rules, (edit) => copySlice(edit, segment, fixed, from, to));
  interpolate = (segment: number, fixed: Axis, keys: readonly number[], rules: PaintRules) =>
    this.atOnce("interpolate", segment, rules, (edit) => interpolate(edit, segment, fixed, keys));

  private atOnce(tool: ToolName, segment: number, rules: PaintRules, work: (edit: Edit) => void): Delta | null {
    this.drop();
    const since = this.now();
    const edit = this.session.edit(rules);
    work(edit);
    return this.commit(edit, { tool, segment, since, pathMm: 0 });
  }

  private commit(edit: Edit, { tool, segment, since, pathMm }: { tool: ToolName; segment: number; since: number; pathMm: number }): Delta | null {
    const activeMillis = Math.min(LONGEST_STROKE, Math.max(0, Math.round(this.now() - since)));
    const delta = this.session.commit(edit, { tool, segment, activeMillis, pathMm });
    if (delta) this.changed(delta);
    return delta;
  }

  private tell(delta: Delta | null): boolean {
    if (delta) this.changed(delta);
    return delta !== null;
  }

  private paint(to: Pointer): void {
    const { pen, plane, slice, settings, segment, edit, last } = this.stroke!;
    const erases = pen === "eraser";
    const brush = {
      radius: settings.radius,
      shape: settings.ball ? ("ball" as const) : plane.fixed,
      label: erases ? BACKGROUND : segment,
      ...(erases ? { only: segment } : {}),
      ...(pen === "threshold-brush" ? { within: { image: this.image, range: this.range(settings) } } : {}),
    };
    sweep(edit, brush, plane.betweenAt(last, slice), plane.betweenAt(to.place, slice));
  }

  private finish({ pen, plane, slice, settings, segment, edit, border, last }: Stroke): void {
    const seed = plane.indexAt(last, slice);
    const extent: Axis | "volume" = settings.onSlice ? plane.fixed : "volume";
    if (pen === "lasso") fillPolygon(edit, plane, slice, border, segment);
    else if (pen === "scissors") cut(edit, plane, this.cutSlices(plane, slice, settings), border, segment, "inside");
    else if (seed && pen === "grow") {
      const value = this.image.values[edit.labels.grid.offset(...seed)]! * this.image.slope + this.image.intercept;
      const range = sentRange(this.image, value - settings.tolerance, value + settings.tolerance);
      grow(edit, { image: this.image, range, label: segment, extent, reach: GROWTH_REACH, guarded: true }, seed);
    } else if (seed && pen === "level-trace") levelTrace(edit, this.image, seed, segment, plane.fixed);
    else if (seed && pen === "remove-part") this.removeAt(edit, segment, seed, settings.onSlice ? { fixed: plane.fixed, slice } : "volume");
  }

  private removeAt(edit: Edit, segment: number, seed: Triple, extent: Extent): void {
    if (edit.labels.values[edit.labels.grid.offset(...seed)] === segment) removePart(edit, seed, extent);
  }

  private cutSlices(plane: Plane, slice: number, settings: Settings): { first: number; last: number } {
    return settings.onSlice ? { first: slice, last: slice } : { first: 0, last: plane.count - 1 };
  }

  private range({ range }: Settings): ValueRange {
    return sentRange(this.image, range.least, range.largest);
  }
}

const paints = (pen: Pen): boolean => pen === "brush" || pen === "eraser" || pen === "threshold-brush";

/** From the press to the release. */
class Stroke {
  readonly pen: Pen;
  readonly segment: number;
  readonly settings: Settings;
  readonly plane: Plane;
  readonly slice: number;
  readonly edit: Edit;
  readonly begun: number;
  readonly border: Place[];
  last: Place;
  pathMm = 0;

  constructor(pen: Pen, segment: number, settings: Settings, at: Pointer, edit: Edit, begun: number) {
    this.pen = pen;
    this.segment = segment;
    this.settings = settings;
    this.plane = at.plane;
    this.slice = at.slice;
    this.edit = edit;
    this.begun = begun;
    this.border = [at.place];
    this.last = at.place;
  }

  goTo({ place }: Pointer): void {
    const { plane, slice } = this;
    this.pathMm += lengthBetween(plane.grid, plane.betweenAt(this.last, slice), plane.betweenAt(place, slice));
    this.border.push(place);
    this.last = place;
  }
}
