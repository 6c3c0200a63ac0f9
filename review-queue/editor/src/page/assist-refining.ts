// Clicks that the server lets the mask follow; each answer is one step.

import type { Box } from "../core/box.ts";
import type { Axis, Grid, Triple } from "../core/grid.ts";
import { applyRuns, maskRuns } from "../core/tools/patch.ts";
import { text } from "../texts/texts.ts";
import { type Click, refine } from "./assist-calls.ts";
import { messageOf } from "./dom.ts";
import type { Editing } from "./editing.ts";

/** So many voxels on each side, and no more than so many mm from the click. */
const SIDE = 96;
const REACH_MM = 60;

export interface RefiningSetup {
  readonly task: string;
  readonly editing: Editing;
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

export class Refining {
  private readonly setup: RefiningSetup;
  private clicks: Click[] = [];
  private segment = 0;
  /** The last step that clicks made; after any other one they say nothing of the mask any more. */
  private step = 0;
  private queue: Promise<void> = Promise.resolve();

  constructor(setup: RefiningSetup) {
    this.setup = setup;
  }

  /** Clicks wait for one another: each is about the mask that the one before made. */
  click(at: Triple, adds: boolean): Promise<void> {
    return (this.queue = this.queue.then(() => this.ask({ at, adds })));
  }

  private async ask(click: Click): Promise<void> {
    const { task, editing, say, signal } = this.setup;
    const { session, segment, bench } = editing;
    if (segment === 0 || bench.working || signal.aborted) return;
    if (segment !== this.segment || session.number !== this.step) this.clicks = [];
    this.segment = segment;
    this.clicks.push(click);
    const { labels, number } = session;
    const box = cropAround(labels.grid, click.at);
    const clicks = this.clicks.filter(({ at }) => at.every((index, axis) => index >= box.least[axis]! && index <= box.largest[axis]!));
    say(text("assist.refining"));
    try {
      const refined = await refine(task, { segment, box, mask: maskRuns(labels, segment, box), clicks }, signal);
      if (session.number !== number || bench.busy) {
        say(text("tools.moved-on"));
        return;
      }
      const trial = bench.try("refine", segment, editing.settings.rules);
      trial.show((edit) => applyRuns(edit, refined.runs, segment));
      const changed = trial.keep() !== null;
      this.step = session.number;
      say(refined.instead ? text("assist.refined-standard", { why: refined.instead }) : text(changed ? "assist.refined" : "assist.nothing"));
    } catch (failure) {
      if (!signal.aborted) say(text("assist.failed", { why: messageOf(failure) }));
    }
  }
}

/** A box about a voxel, moved to lie within the grid as far as it fits. */
export function cropAround(grid: Grid, at: Triple): Box {
  const span = (axis: Axis): readonly [number, number] => {
    const size = Math.min(grid.sizes[axis], SIDE, 2 * Math.ceil(REACH_MM / grid.spacings[axis]) + 1);
    const first = Math.min(Math.max(0, at[axis] - Math.floor(size / 2)), grid.sizes[axis] - size);
    return [first, first + size - 1];
  };
  const [columns, rows, slices] = [span(0), span(1), span(2)];
  return { least: [columns[0], rows[0], slices[0]], largest: [columns[1], rows[1], slices[1]] };
}
