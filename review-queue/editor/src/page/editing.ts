// Correcting a case: the pen over the planes, the history, and the journal that brings each step to the server.

import type { LabelCounts } from "../core/counts.ts";
import type { Triple } from "../core/grid.ts";
import type { ImageVolume } from "../core/image.ts";
import { type LabelArray, LabelVolume, highestLabelOf } from "../core/labels.ts";
import type { Plane } from "../core/plane.ts";
import type { Delta } from "../core/runs.ts";
import { EditSession } from "../core/session.ts";
import type { SegmentJob } from "../core/tools/job.ts";
import type { Extent } from "../core/tools/region.ts";
import type { Placement } from "../core/view.ts";
import { type Elsewhere, type Pen, type Pointer, Workbench } from "../editing/workbench.ts";
import { Courier, type Situation } from "../journal/courier.ts";
import { openShelf, passingShelf } from "../journal/shelf.ts";
import { fromWire, toWire } from "../journal/wire.ts";
import type { TextKey } from "../texts/texts.ts";
import { ApiError, api } from "./api.ts";
import { messageOf } from "./dom.ts";
import { drawPen } from "./pen-drawing.ts";
import { PenSettings } from "./pen-settings.ts";
import type { Planes } from "./planes.ts";
import type { Hand, Layer, PlaneScreen, Stale } from "./scene.ts";
import type { Task } from "./server.ts";

export interface EditingSetup {
  readonly task: Task;
  readonly reader: string;
  readonly image: ImageVolume;
  /** As they were proposed; they are changed. */
  readonly labels: LabelArray;
  /** Of the labels as they were proposed; they follow the changes. */
  readonly counts: LabelCounts;
  readonly planes: Planes;
  readonly elsewhere: Elsewhere;
  /** The labels have changed, and where that is seen they are to be painted again. */
  readonly onchange: (delta: Delta) => void;
  /** Something else has: the tool, its settings, what is said of it. */
  readonly onstate: () => void;
  readonly onsituation: (situation: Situation) => void;
  /** The case went on elsewhere under the reader's name; nothing from here is taken any more. */
  readonly onmoved: () => void;
}

const RESIZE = 1.15;
/** While a stroke is made, in ms, the planes that are not drawn on are painted again no sooner than this. */
const OTHERS_AFTER = 150;

export class Editing implements Hand, Layer {
  readonly planes: Planes;
  readonly settings = new PenSettings();
  readonly session: EditSession;
  readonly bench: Workbench;
  readonly courier: Courier;
  pen: Pen | null = null;
  segment = 0;
  /** What there is to say of the last thing done. */
  said: TextKey | null = null;
  private readonly setup: EditingSetup;
  private othersDrawn = 0;
  private hovering: { readonly screen: PlaneScreen; readonly at: Pointer } | null = null;

  /** Takes up the case where its journal ends. */
  static async begin(setup: EditingSetup): Promise<Editing> {
    const shelf = await openShelf(setup.reader, setup.task.id).catch(() => passingShelf());
    const { entries } = await api.journal(setup.task.id);
    const left = (await shelf.all()).filter((entry) => entry.number > entries.length);
    const courier = new Courier(
      {
        shelf,
        send: async (parcel) => (await api.keepSteps(setup.task.id, parcel)).last,
        failure: (thrown) => {
          if (thrown instanceof ApiError && thrown.code === "JOURNAL_MOVED_ON") {
            // What was not taken must not be done again on top of what was done elsewhere.
            void shelf.drop(Number.MAX_SAFE_INTEGER).catch(() => {});
            setup.onmoved();
          }
          return { passing: !isRefusal(thrown), message: messageOf(thrown) };
        },
        wait: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
        changed: setup.onsituation,
      },
      entries.length,
    );
    const editing = new Editing(setup, courier, [...entries, ...left].map(fromWire));
    left.forEach((entry) => courier.take(entry));
    setup.planes.addHand(editing);
    setup.planes.addLayer(editing);
    return editing;
  }

  private constructor(setup: EditingSetup, courier: Courier, entries: readonly ReturnType<typeof fromWire>[]) {
    const { task, image, labels, planes, counts } = setup;
    this.setup = setup;
    this.planes = planes;
    this.courier = courier;
    const highest = highestLabelOf(task.schema.segments);
    const volume = new LabelVolume(image.grid, labels, highest);
    this.session = new EditSession(volume, () => Date.now(), (entry) => courier.take(toWire(entry)));
    this.bench = new Workbench(this.session, image, {
      now: () => performance.now(),
      changed: (delta) => setup.onchange(delta),
      elsewhere: setup.elsewhere,
      seen: () => this.grew(),
      counts,
    });
    this.session.replay(entries);
    this.settings.setImage(image.grid.flat, planes.unit);
    this.settings.onchange = () => this.state();
  }

  /** Whether corners of a polygon are set. */
  get hasCorners(): boolean {
    return this.pen === "polygon" && this.bench.border.length > 0;
  }

  /** Nothing is changed any more: what is held is put down. */
  freeze(): void {
    this.cancel();
    this.choose(null);
    this.session.frozen = true;
  }

  get active(): boolean {
    return this.pen !== null;
  }

  /** Takes a pen up; the one that is held is put down by it, as by null. */
  choose(pen: Pen | null): void {
    this.bench.drop();
    this.pen = pen === this.pen ? null : pen;
    this.said = null;
    this.redraw({ labels: true });
    this.state();
  }

  /** Takes the last step back, or the last corner of a polygon that is being drawn. */
  undo(): void {
    if (this.takeBack(true)) return;
    this.said = this.bench.undo() ? "tools.undone" : null;
    this.state();
  }

  redo(): void {
    this.said = this.bench.redo() ? "tools.redone" : null;
    this.state();
  }

  /** Does what works on the segment that is selected. */
  async do(job: SegmentJob): Promise<void> {
    const doing = this.bench.do(this.segment, job, this.settings.rules);
    this.said = this.bench.working ? "tools.working" : null;
    this.state();
    const end = await doing.catch(() => ({ kind: "failed" }) as const);
    if (end.kind === "busy") return;
    this.said = end.kind === "done" ? (end.delta ? null : "tools.nothing-changed") : (`tools.${end.kind}` as const);
    this.state();
  }

  /** The whole segment, or the slice that is seen. */
  get extent(): Extent {
    return this.settings.now.onSlice ? { fixed: this.plane.fixed, slice: this.slice } : "volume";
  }

  async copySlice(up: 1 | -1): Promise<void> {
    const { plane, slice } = this;
    await this.do({ tool: "copy-slice", fixed: plane.fixed, from: slice, to: slice + up * plane.upStep });
    this.planes.step(up);
  }

  hasSlice(up: 1 | -1): boolean {
    const to = this.slice + up * this.plane.upStep;
    return to >= 0 && to < this.plane.count;
  }

  /** The slices of the large plane on which the segment was drawn by hand. */
  get keySlices(): number[] {
    return this.session.slicesDrawn(this.segment, this.plane.fixed);
  }

  /** Fills the polygon whose corners were set; says whether there was one. */
  closePolygon(): boolean {
    if (!this.hasCorners) return false;
    this.bench.close();
    this.redraw({ labels: true });
    this.state();
    return true;
  }

  /** Takes back what is being drawn: the last corner, or all of it; says whether anything was. */
  takeBack(corner: boolean): boolean {
    const taken = corner ? this.bench.dropCorner() : this.bench.drop();
    if (taken) {
      this.redraw({ labels: true });
      this.state();
    }
    return taken;
  }

  /** Another tolerance, also for the region that was seeded last. */
  setTolerance(tolerance: number, done: boolean): void {
    this.settings.set({ tolerance });
    if (this.bench.regrow(tolerance, done)) this.grew();
  }

  revertPlace(at: Triple): void {
    this.said = this.bench.revertPlace(at, this.settings.locked) ? "tools.reverted" : "tools.nothing-changed";
    this.state();
  }

  get plane(): Plane {
    return this.planes.main;
  }

  get slice(): number {
    return this.planes.scene.index[this.plane.fixed];
  }

  private state(): void {
    this.setup.onstate();
  }

  private redraw(stale: Stale = {}): void {
    this.planes.redraw(stale);
  }

  /** A region has grown, or is about to. */
  private grew(): void {
    const { grown, working } = this.bench;
    this.said = working ? "tools.working" : grown === null ? null : grown.voxels === 0 ? "tools.grown-nothing" : (`tools.grown-${grown.ended}` as const);
    this.redraw({ labels: true });
    this.state();
  }

  press(screen: PlaneScreen, event: PointerEvent): boolean {
    if (this.pen === null) return false;
    this.said = null;
    if (this.segment === 0 && this.pen !== "revert") this.said = "tools.no-segment";
    else if (this.pen !== "revert" && this.settings.isLocked(this.segment)) this.said = "tools.locked";
    else this.bench.press(this.pen, this.segment, this.settings.forStroke(), at(screen, event));
    this.redraw({ labels: true, on: (plane) => plane === screen.plane });
    this.state();
    return true;
  }

  move(screen: PlaneScreen, event: PointerEvent): void {
    this.hovering = { screen, at: at(screen, event) };
    if (this.bench.busy) {
      const passed = event.getCoalescedEvents?.() ?? [];
      for (const one of passed.length ? passed : [event]) this.bench.drag(at(screen, one));
    }
    if (this.bench.busy) this.redrawStroke(screen.plane);
    else if (this.active) this.redraw({ on: (plane) => plane === screen.plane });
  }

  // The plane that is drawn on follows the hand; the others, whose voxels lie far apart in memory, follow now and then.
  private redrawStroke(plane: Plane): void {
    const now = performance.now();
    const all = now - this.othersDrawn > OTHERS_AFTER;
    if (all) this.othersDrawn = now;
    const { painted } = this.bench;
    this.redraw({ labels: true, ...(painted && { within: painted }), ...(!all && { on: (one: Plane) => one === plane }) });
  }

  lift(): void {
    if (!this.bench.busy) return;
    const grew = this.pen === "grow";
    const delta = this.bench.lift();
    if (grew) {
      this.grew();
      return;
    }
    if (this.pen === "revert") this.said = delta ? "tools.reverted" : "tools.nothing-changed";
    // What changed is painted again by whoever is told of it.
    this.redraw(delta ? {} : { labels: true });
    this.state();
  }

  cancel(): void {
    this.bench.drop();
    this.redraw({ labels: true });
  }

  leave(): void {
    this.hovering = null;
    if (this.active) this.redraw();
  }

  /** Shift and wheel: the size of the brush. */
  wheel(event: WheelEvent): boolean {
    if (!this.settings.isRound(this.pen)) return false;
    this.settings.resize(event.deltaY + event.deltaX < 0 ? RESIZE : 1 / RESIZE);
    this.redraw();
    return true;
  }

  draw(screen: PlaneScreen, context: CanvasRenderingContext2D, place: Placement): void {
    if (this.pen === null || this.hovering?.screen !== screen) return;
    const hover = { ...this.hovering.at, slice: screen.slice };
    const settings = this.settings.forStroke();
    drawPen(context, place, {
      plane: screen.plane,
      hover: hover.place,
      round: this.settings.isRound(this.pen) ? settings.radius : null,
      border: this.bench.border,
      open: this.pen === "polygon",
      preview: this.pen === "threshold-brush" ? this.bench.preview(this.pen, this.segment, settings, hover) : null,
    });
  }
}

const at = (screen: PlaneScreen, event: MouseEvent): Pointer => ({ plane: screen.plane, slice: screen.slice, place: screen.placeAt(event) });

const isRefusal = (thrown: unknown): boolean => thrown instanceof ApiError && thrown.status >= 400 && thrown.status < 500 && thrown.status !== 429;
