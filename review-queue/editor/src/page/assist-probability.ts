// A part of a segment whose border goes where the model is sure enough, seen while a slider moves.

import type { Probability } from "../core/probability.ts";
import { PartThreshold } from "../core/tools/part-threshold.ts";
import type { Trial } from "../editing/trial.ts";
import { text } from "../texts/texts.ts";
import { ApiError } from "./api.ts";
import { probabilityOf } from "./assist-calls.ts";
import { messageOf } from "./dom.ts";
import type { RefiningSetup } from "./assist-refining.ts";

export class Thresholding {
  /** Of 255. */
  threshold = 128;
  private readonly setup: RefiningSetup;
  private readonly known = new Map<number, Probability>();
  private part: PartThreshold | null = null;
  private trial: Trial | null = null;

  constructor(setup: RefiningSetup) {
    this.setup = setup;
  }

  get open(): boolean {
    return this.trial?.open === true;
  }

  /** Takes the part at the voxel where the planes meet, or the whole segment. */
  async begin(): Promise<void> {
    const { editing, say, signal } = this.setup;
    const { segment } = editing;
    say(text("assist.loading"));
    try {
      const probability = await this.of(segment);
      if (signal.aborted || editing.segment !== segment) return;
      this.take(segment, probability);
    } catch (failure) {
      const none = failure instanceof ApiError && failure.code === "NO_PROBABILITIES";
      if (!signal.aborted) say(none ? text("assist.no-probability") : text("assist.failed", { why: messageOf(failure) }));
    }
  }

  private take(segment: number, probability: Probability): void {
    const { editing, say } = this.setup;
    const { labels } = editing.session;
    editing.bench.drop();
    const { index } = editing.planes.scene;
    const there = labels.values[labels.grid.offset(...index)] === segment;
    this.part = PartThreshold.of(labels, segment, probability, there ? index : null);
    if (!this.part) {
      say(text("assist.no-part"));
      return;
    }
    this.trial = editing.bench.try("probability", segment, editing.settings.rules);
    this.threshold = this.part.fitting;
    say("");
    this.show(this.threshold);
  }

  show(threshold: number): void {
    this.threshold = threshold;
    const { part } = this;
    if (part && this.trial?.show((edit) => part.apply(edit, threshold))) this.setup.editing.planes.redraw({ labels: true });
  }

  keep(): void {
    if (this.open && this.trial!.keep() === null) this.setup.say(text("assist.nothing"));
    this.part = null;
  }

  drop(): void {
    this.trial?.drop();
    this.part = null;
    this.setup.editing.planes.redraw({ labels: true });
  }

  private async of(segment: number): Promise<Probability> {
    const known = this.known.get(segment);
    if (known) return known;
    const found = await probabilityOf(this.setup.task, segment, this.setup.editing.session.labels.grid, this.setup.signal);
    // One at a time is enough, and each may be as large as the image.
    this.known.clear();
    this.known.set(segment, found);
    return found;
  }
}
