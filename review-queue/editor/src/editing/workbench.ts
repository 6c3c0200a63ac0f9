// The tools in a reader's hand: what pressing, dragging and letting go means, for each of them, and jobs on a whole segment.

import { type Box, voxelsIn } from "../core/box.ts";
import { LabelCounts } from "../core/counts.ts";
import { Difference } from "../core/difference.ts";
import type { Axis, Triple } from "../core/grid.ts";
import type { ImageVolume } from "../core/image.ts";
import { BACKGROUND, type Edit, type PaintRules } from "../core/labels.ts";
import type { Place } from "../core/plane.ts";
import { ProposedLabels } from "../core/proposal.ts";
import type { Delta } from "../core/runs.ts";
import type { EditSession } from "../core/session.ts";
import type { ToolName } from "../core/tool.ts";
import { type Brush, sweep } from "../core/tools/brush.ts";
import type { Grown } from "../core/tools/grow.ts";
import type { CroppedChange, CroppedJob, SegmentJob } from "../core/tools/job.ts";
import { cut, fillPolygon, revertInside } from "../core/tools/polygon.ts";
import type { Extent } from "../core/tools/region.ts";
import type { Growing } from "./growing.ts";
import { type Pen, type Pointer, type Settings, Stroke, paints, rangeOf } from "./pen.ts";
import { Polygon } from "./polygon-border.ts";
import { Trial } from "./trial.ts";

export type { Pen, Pointer, Settings } from "./pen.ts";

/** The journal gives the edits of a stroke the time from the press to the release, up to this. */
const LONGEST_STROKE = 60_000;

/** Jobs on no more voxels than this are done at once; larger ones would be felt. */
const AT_ONCE = 400_000;

/** Jobs on more voxels than this are not begun: they would need more memory than a page has. */
const MOST_VOXELS = 64_000_000;

export type Kit = typeof import("./kit.ts");

/** Does a job where the page does not wait for it. */
export type Elsewhere = (job: CroppedJob) => Promise<CroppedChange>;

/** What became of a job: its change (null if it changed nothing), or why it was not done. */
export type JobEnd = { readonly kind: "done"; readonly delta: Delta | null } | { readonly kind: "too-large" } | { readonly kind: "busy" } | { readonly kind: "moved-on" };

export interface WorkbenchConfig {
  readonly now: () => number;
  /** Is told of each change of the labels that is done with. */
  readonly changed: (delta: Delta) => void;
  readonly elsewhere?: Elsewhere;
  /** Something is to be seen that is no change yet, or what is computed elsewhere has ended. */
  readonly seen?: () => void;
  /** The labels as they were proposed, if steps were made already. */
  readonly proposed?: ProposedLabels;
  /** Of the labels as they are, if somebody has counted them. */
  readonly counts?: LabelCounts;
}

export class Workbench {
  readonly session: EditSession;
  readonly counts: LabelCounts;
  readonly difference: Difference;
  /** Until it is there, tools that work on more than what is drawn do nothing. */
  kit: Kit | null = null;
  private readonly image: ImageVolume;
  private readonly config: WorkbenchConfig;
  private stroke: Stroke | null = null;
  private polygon: Polygon | null = null;
  private growing: Growing | null = null;
  private trial: Trial | null = null;
  private job = false;

  constructor(session: EditSession, image: ImageVolume, config: WorkbenchConfig) {
    this.session = session;
    this.image = image;
    this.config = config;
    const { labels } = session;
    this.counts = config.counts ?? LabelCounts.of(labels.grid, labels.values);
    this.difference = new Difference(labels, config.proposed ?? ProposedLabels.of(labels.values, labels.grid.sizes[0]), session.changes);
    session.watch((delta) => {
      this.counts.apply(delta);
      this.difference.apply(delta);
    });
  }

  /** The border that is being drawn, for the eye. */
  get border(): readonly Place[] {
    return this.polygon?.corners ?? (this.stroke && !paints(this.stroke.pen) ? this.stroke.border : []);
  }

  /** A box around what the stroke has painted so far, or null where nothing is painted. */
  get painted(): Box | null {
    return this.stroke && paints(this.stroke.pen) ? this.stroke.edit.touched() : null;
  }

  get busy(): boolean {
    return this.stroke !== null;
  }

  /** Whether a job is done elsewhere; until then nothing else is begun. */
  get working(): boolean {
    return this.job || this.growing?.working === true;
  }

  /** Whether a change is shown that is not made yet. */
  get trying(): boolean {
    return this.trial?.open === true;
  }

  /** How the region grew that was seeded last, as long as nothing else was done. */
  get grown(): Grown | null {
    return this.growing?.grown ?? null;
  }

  press(pen: Pen, segment: number, settings: Settings, at: Pointer): void {
    if (this.stroke || this.working || (segment === BACKGROUND && pen !== "revert")) return;
    this.endGrowing();
    this.trial?.drop();
    if (pen === "polygon") {
      this.corner(segment, settings, at);
      return;
    }
    // What was proposed comes back, whatever may be painted over.
    const rules = pen === "revert" ? { ...settings.rules, overwrite: "all" as const } : settings.rules;
    this.stroke = new Stroke(pen, segment, settings, at, this.session.edit(rules), this.config.now());
    if (paints(pen)) this.paint(at);
    else if (pen === "grow" && this.kit) this.growFrom(this.stroke, this.kit);
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
    if (stroke.pen === "grow") {
      this.growing?.grow({ tolerance: stroke.settings.tolerance, stays: true });
      return null;
    }
    this.finish(stroke);
    return this.commitStroke(stroke, stroke.edit);
  }

  /** Gives up what is being drawn; says whether anything was. */
  drop(): boolean {
    const drawn = this.stroke !== null || this.polygon !== null || this.trying;
    this.trial?.drop();
    if (this.stroke?.pen === "grow") this.abandonGrowing();
    this.stroke?.edit.cancel();
    this.stroke = null;
    this.polygon = null;
    this.endGrowing();
    return drawn;
  }

  /** Fills the polygon whose corners were set. */
  close(): Delta | null {
    const { polygon } = this;
    if (!polygon) return null;
    this.polygon = null;
    const edit = this.session.edit(polygon.settings.rules);
    fillPolygon(edit, polygon.plane, polygon.slice, polygon.corners, polygon.segment);
    return this.commit(edit, { tool: "polygon", segment: polygon.segment, since: polygon.begun, pathMm: polygon.lengthMm });
  }

  /** Takes the last corner back; says whether there was one. */
  dropCorner(): boolean {
    if (!this.polygon) return false;
    if (!this.polygon.drop()) this.polygon = null;
    return true;
  }

  undo(): boolean {
    if (this.working) return false;
    this.drop();
    return this.tell(this.session.undo());
  }

  redo(): boolean {
    if (this.working) return false;
    this.drop();
    return this.tell(this.session.redo());
  }

  /** What a brush would paint where the pointer is, without a change that stays. */
  preview(pen: Pen, segment: number, settings: Settings, at: Pointer): Delta | null {
    if (this.stroke || this.working || this.trying || segment === BACKGROUND || !paints(pen)) return null;
    const edit = this.session.edit(settings.rules);
    const index = at.plane.betweenAt(at.place, at.slice);
    sweep(edit, { ...this.brush(pen, segment, settings, at.plane.fixed), shape: at.plane.fixed }, index, index);
    const delta = edit.commit();
    delta.inverse().applyTo(this.session.labels.values);
    return delta;
  }

  /** Begins a change that is shown while it is being chosen; whatever else is begun gives it up. */
  try(tool: ToolName, segment: number, rules: PaintRules): Trial {
    this.drop();
    const since = this.config.now();
    return (this.trial = new Trial(this.session.edit(rules), (edit) => this.commit(edit, { tool, segment, since, pathMm: 0 })));
  }

  /** Lets the region that was seeded last grow anew with another tolerance; it stays once `done`. */
  regrow(tolerance: number, done: boolean): boolean {
    return !this.job && this.growing?.grow({ tolerance, stays: done }) === true;
  }

  /** Does what works on a segment at once: here if it is small, elsewhere if it would be felt. */
  async do(segment: number, job: SegmentJob, rules: PaintRules): Promise<JobEnd> {
    const { kit } = this;
    if (!kit || this.working || segment === BACKGROUND) return { kind: "busy" };
    this.drop();
    const since = this.config.now();
    const box = kit.boxOfJob(this.session.labels.grid, this.counts, segment, job);
    if (!box) return { kind: "done", delta: null };
    if (voxelsIn(box) > MOST_VOXELS) return { kind: "too-large" };
    const part = kit.cropped(this.session.labels, box, segment, job, rules);
    if (voxelsIn(box) <= AT_ONCE) return this.put(kit, kit.doCropped(part), box, segment, job, rules, since);
    this.job = true;
    try {
      return this.put(kit, await (this.config.elsewhere ?? kit.doCropped)(part), box, segment, job, rules, since);
    } finally {
      this.job = false;
    }
  }

  private put(kit: Kit, change: CroppedChange, box: Box, segment: number, job: SegmentJob, rules: PaintRules, since: number): JobEnd {
    const edit = this.session.edit({ ...rules, overwrite: "all" });
    if (!kit.place(edit, box, change)) {
      edit.cancel();
      return { kind: "moved-on" };
    }
    return { kind: "done", delta: this.commit(edit, { tool: kit.nameOf(job), segment, since, pathMm: 0 }) };
  }

  /** Gives a connected place back what was proposed for it. */
  revertPlace(at: Triple, locked: ReadonlySet<number>): Delta | null {
    this.drop();
    const since = this.config.now();
    const edit = this.session.edit({ locked, overwrite: "all" });
    this.difference.revertPlace(edit, at);
    return this.commit(edit, { tool: "revert", segment: BACKGROUND, since, pathMm: 0 });
  }

  private commitStroke(stroke: Stroke, edit: Edit, since = stroke.begun): Delta | null {
    return this.commit(edit, { tool: toolOf(stroke.pen), segment: stroke.segment, since, pathMm: stroke.pathMm });
  }

  private commit(edit: Edit, { tool, segment, since, pathMm }: { tool: ToolName; segment: number; since: number; pathMm: number }): Delta | null {
    const activeMillis = Math.min(LONGEST_STROKE, Math.max(0, Math.round(this.config.now() - since)));
    const delta = this.session.commit(edit, { tool, segment, activeMillis, pathMm });
    this.tell(delta);
    return delta;
  }

  private tell(delta: Delta | null): boolean {
    if (delta) this.config.changed(delta);
    return delta !== null;
  }

  private growFrom(stroke: Stroke, kit: Kit): void {
    const { session, image, config } = this;
    this.growing = new kit.Growing(
      {
        session,
        image,
        elsewhere: config.elsewhere ?? (async (job) => kit.doCropped(job)),
        atOnce: AT_ONCE,
        now: config.now,
        commit: (of, edit, since) => this.commitStroke(of, edit, since),
        undo: () => void this.tell(session.undo()),
        seen: () => config.seen?.(),
      },
      stroke,
    );
    this.growing.preview(stroke.settings.tolerance);
  }

  private abandonGrowing(): void {
    this.growing?.abandon();
    this.growing = null;
  }

  private endGrowing(): void {
    this.growing?.end();
    this.growing = null;
  }

  private corner(segment: number, settings: Settings, at: Pointer): void {
    if (!this.polygon?.isOn(at)) this.polygon = new Polygon(segment, settings, at, this.config.now());
    else if (this.polygon.closesAt(at.place)) this.close();
    else this.polygon.add(at.place);
  }

  private brush(pen: Pen, segment: number, settings: Settings, fixed: Axis): Brush {
    const erases = pen === "eraser";
    return {
      radius: settings.radius,
      shape: settings.ball ? "ball" : fixed,
      label: erases ? BACKGROUND : segment,
      ...(erases ? { only: segment } : {}),
      ...(pen === "threshold-brush" ? { within: { image: this.image, range: rangeOf(this.image, settings) } } : {}),
    };
  }

  private paint(to: Pointer): void {
    const { pen, plane, slice, settings, segment, edit, last } = this.stroke!;
    sweep(edit, this.brush(pen, segment, settings, plane.fixed), plane.betweenAt(last, slice), plane.betweenAt(to.place, slice));
  }

  private finish(stroke: Stroke): void {
    const { pen, plane, slice, settings, segment, edit, border, last } = stroke;
    const seed = plane.indexAt(last, slice);
    const slices = settings.onSlice ? { first: slice, last: slice } : { first: 0, last: plane.count - 1 };
    const extent: Extent = settings.onSlice ? { fixed: plane.fixed, slice } : "volume";
    if (pen === "lasso") fillPolygon(edit, plane, slice, border, segment);
    else if (pen === "scissors") cut(edit, plane, slices, border, segment, "inside");
    else if (pen === "revert" && !stroke.isClick) revertInside(plane, slices, border, (offset) => this.difference.revertVoxel(edit, offset));
    else if (seed && pen === "revert") this.difference.revertPlace(edit, seed);
    else if (seed && pen === "level-trace") this.kit?.levelTrace(edit, this.image, seed, segment, plane.fixed);
    else if (seed && (pen === "remove-part" || pen === "keep-part")) this.removeAt(edit, segment, seed, extent, pen === "keep-part" ? "others" : "this");
  }

  private removeAt(edit: Edit, segment: number, seed: Triple, extent: Extent, which: "this" | "others"): void {
    if (edit.labels.values[edit.labels.grid.offset(...seed)] === segment) this.kit?.removePart(edit, seed, extent, which);
  }
}

const toolOf = (pen: Pen): ToolName => (pen === "keep-part" ? "remove-part" : pen);
