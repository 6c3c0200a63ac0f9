// A region that grows from a seed: at once on a slice, elsewhere in space, and anew with another tolerance until something else is done.

import { voxelsIn } from "../core/box.ts";
import { type ImageVolume, sentRange } from "../core/image.ts";
import type { Edit } from "../core/labels.ts";
import type { Delta } from "../core/runs.ts";
import type { EditSession } from "../core/session.ts";
import type { Grown } from "../core/tools/grow.ts";
import { type CroppedChange, type CroppedJob, type GrowJob, boxOfGrowth, croppedGrowth, doCropped, place } from "../core/tools/job.ts";
import type { Stroke } from "./pen.ts";

/** So far from its seed a region grows, in mm. */
const GROWTH_REACH = 60;

export interface GrowingConfig {
  readonly session: EditSession;
  readonly image: ImageVolume;
  readonly elsewhere: (job: CroppedJob) => Promise<CroppedChange>;
  /** Up to so many voxels it is done at once. */
  readonly atOnce: number;
  readonly now: () => number;
  /** Makes what an edit changed a step; the hand has been at it since then. */
  readonly commit: (stroke: Stroke, edit: Edit, since: number) => Delta | null;
  readonly undo: () => void;
  /** Something is to be seen that was not before. */
  readonly seen: () => void;
}

/** What it is to become, and whether it stays so. */
interface Wish {
  readonly tolerance: number;
  readonly stays: boolean;
}

export class Growing {
  readonly stroke: Stroke;
  grown: Grown | null = null;
  private readonly config: GrowingConfig;
  private edit: Edit | null;
  /** The number of the step that it became, or 0. */
  private step = 0;
  private wish: Wish | null = null;
  private since: number;
  private running = false;
  private ended = false;

  constructor(config: GrowingConfig, stroke: Stroke) {
    this.config = config;
    this.stroke = stroke;
    this.edit = stroke.edit;
    this.since = stroke.begun;
  }

  /** Shows what it would become, if that can be done at once. */
  preview(tolerance: number): void {
    const job = this.jobOf(tolerance);
    if (job && this.isSmall(job)) this.grow({ tolerance, stays: false });
  }

  /** Whether it is computed elsewhere just now. */
  get working(): boolean {
    return this.running;
  }

  /** Grows anew; false if meanwhile something else was done, and it is none of its business any more. */
  grow(wish: Wish): boolean {
    if (this.ended || (this.edit === null && this.step !== 0 && this.step !== this.config.session.lastStep)) return false;
    this.wish = wish;
    if (this.running) return true;
    const job = this.jobOf(wish.tolerance);
    if (!job) return false;
    if (this.isSmall(job)) this.take(job, wish, doCropped(this.crop(job)));
    else void this.run();
    return true;
  }

  /** Makes it stay as it is; nothing more is to become of it. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.running) this.abandon();
    else if (this.edit) this.keep(this.edit);
  }

  /** Gives it up. */
  abandon(): void {
    this.ended = true;
    this.edit?.cancel();
    this.edit = null;
  }

  private isSmall(job: GrowJob): boolean {
    return voxelsIn(boxOfGrowth(this.stroke.plane.grid, job)) <= this.config.atOnce;
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      for (let wish = this.wish; wish !== null && !this.ended; wish = this.wish === wish ? null : this.wish) {
        const job = this.jobOf(wish.tolerance)!;
        const change = await this.config.elsewhere(this.crop(job));
        if (!this.ended) this.take(job, wish, change);
      }
    } catch {
      // It could not be computed; what was there stays.
      this.abandon();
    } finally {
      this.running = false;
      this.config.seen();
    }
  }

  private take(job: GrowJob, wish: Wish, change: CroppedChange): void {
    const edit = this.open();
    if (!place(edit, boxOfGrowth(this.stroke.plane.grid, job), change)) edit.reset();
    this.grown = change.grown;
    if (wish.stays) this.keep(edit);
    this.config.seen();
  }

  /** The labels as they were before it grew. */
  private open(): Edit {
    const { session, undo, now } = this.config;
    if (this.edit === null) {
      this.since = now();
      if (this.step !== 0) undo();
      this.edit = session.edit(this.stroke.settings.rules);
    }
    this.edit.reset();
    return this.edit;
  }

  private keep(edit: Edit): void {
    this.edit = null;
    this.step = this.config.commit(this.stroke, edit, this.since) ? this.config.session.lastStep : 0;
  }

  // What it grows over are the labels as they are without it.
  private crop(job: GrowJob): CroppedJob {
    const { session, image } = this.config;
    this.open();
    return croppedGrowth(session.labels, image.values, this.stroke.segment, job, this.stroke.settings.rules);
  }

  private jobOf(tolerance: number): GrowJob | null {
    const { plane, slice, settings, border } = this.stroke;
    const { image } = this.config;
    const seed = plane.indexAt(border[0]!, slice);
    if (!seed) return null;
    const value = image.values[plane.grid.offset(...seed)]! * image.slope + image.intercept;
    return { tool: "grow", seed, extent: settings.onSlice ? plane.fixed : "volume", range: sentRange(image, value - tolerance, value + tolerance), reach: GROWTH_REACH };
  }
}
