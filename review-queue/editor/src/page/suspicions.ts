// Finds the places to look at, keeps them up with each change, and leads the reader through them.

import type { GridDescription, Grid } from "../core/grid.ts";
import type { LabelVolume } from "../core/labels.ts";
import { BACKGROUND } from "../core/labels.ts";
import type { Delta } from "../core/runs.ts";
import { unsurePlaces } from "../core/suspects/doubt.ts";
import { scanSegment } from "../core/suspects/scan.ts";
import { type Expectation, type Suspect, type UsualVolume, nothingKnown, ranked } from "../core/suspects/suspect.ts";
import { absent, slicesOf } from "../core/suspects/suspects.ts";
import type { Workbench } from "../editing/workbench.ts";
import type { AnswerTo, SuspectsQuestion } from "../editing/background.ts";
import type { Task } from "./server.ts";

export interface SuspicionsConfig {
  readonly task: Task;
  readonly grid: Grid;
  readonly description: GridDescription;
  readonly bench: Workbench;
  readonly ask: (question: SuspectsQuestion) => Promise<AnswerTo<SuspectsQuestion>>;
  readonly usual: () => Promise<readonly UsualVolume[]>;
  readonly changed: () => void;
  /** What was looked at before a reload. */
  readonly visited: readonly string[];
  readonly keepVisited: (visited: readonly string[]) => void;
  readonly signal: AbortSignal;
}

/** So long, in ms, the page is busy with it before it may draw again. */
const BUSY = 8;
/** After a change it waits so long, in ms, for the next one. */
const QUIET = 300;

// PS3.16 CID 244, as SNOMED CT and as it was before.
const SIDES: Readonly<Record<string, "left" | "right">> = { "7771000": "left", "G-A101": "left", "24028007": "right", "G-A100": "right" };

export class Suspicions {
  private readonly config: SuspicionsConfig;
  private readonly bySegment = new Map<number, readonly Suspect[]>();
  private readonly dirty = new Set<number>();
  private readonly visited: Set<string>;
  private expectations: readonly Expectation[] = [];
  private doubt: Uint8Array | null = null;
  private places: readonly Suspect[] = [];
  private slices: readonly Suspect[] = [];
  private list: readonly Suspect[] = [];
  private at: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;

  constructor(config: SuspicionsConfig) {
    this.config = config;
    this.visited = new Set(config.visited);
  }

  /** The most suspicious first. */
  get all(): readonly Suspect[] {
    return this.list;
  }

  /** Whether more may come. */
  get pending(): boolean {
    return this.running || this.dirty.size > 0;
  }

  get current(): Suspect | null {
    return this.list.find((one) => one.id === this.at) ?? null;
  }

  isVisited(suspect: Suspect): boolean {
    return this.visited.has(suspect.id);
  }

  get left(): number {
    return this.list.filter((one) => !this.visited.has(one.id)).length;
  }

  /** Begins; usual volumes that cannot be had are not waited for. */
  async begin(): Promise<void> {
    const usual = await this.config.usual().catch(() => []);
    const { task, bench, signal } = this.config;
    if (signal.aborted) return;
    this.expectations = expectationsOf(task, usual);
    this.slices = slicesOf(this.config.grid, bench.counts, { expectations: this.expectations, doubt: null, doubtBySlice: task.sliceUncertainty ?? [] });
    this.expectations.forEach(({ segment }) => this.dirty.add(segment));
    await this.run();
  }

  /** The uncertainty map is there. */
  async hasDoubt(doubt: Uint8Array): Promise<void> {
    this.doubt = doubt;
    this.places = await this.inPieces(unsurePlaces(this.config.bench.session.labels, doubt));
    this.rank();
    this.expectations.forEach(({ segment }) => this.dirty.add(segment));
    await this.run();
  }

  /** The labels have changed: what is known of the segments that gained or lost is out of date. */
  changed(delta: Delta): void {
    for (const segment of delta.balance().keys()) if (segment !== BACKGROUND) this.dirty.add(segment);
    this.later();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), QUIET);
  }

  /** To the next or the previous one of the list, round and round. */
  step(by: 1 | -1): Suspect | null {
    const count = this.list.length;
    if (count === 0) return null;
    const here = this.list.findIndex((one) => one.id === this.at);
    const next = here < 0 ? (by > 0 ? 0 : count - 1) : (here + by + count) % count;
    return this.visit(this.list[next]!);
  }

  visit(suspect: Suspect): Suspect {
    this.at = suspect.id;
    this.visited.add(suspect.id);
    this.config.keepVisited([...this.visited]);
    this.config.changed();
    return suspect;
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (this.dirty.size > 0 && !this.config.signal.aborted && (await this.look([...this.dirty][0]!)));
    } catch {
      // Without what is computed elsewhere there is less to look at; the reader can go on.
    } finally {
      this.running = false;
    }
    this.rank();
  }

  /** Whether it is to go on at once: what was read while the reader went on is read again later. */
  private async look(segment: number): Promise<boolean> {
    this.dirty.delete(segment);
    const found = await this.lookAt(this.expectationOf(segment));
    if (found === null) {
      this.dirty.add(segment);
      this.later();
      return false;
    }
    this.bySegment.set(segment, found);
    this.rank();
    return true;
  }

  private async lookAt(expectation: Expectation): Promise<readonly Suspect[] | null> {
    const { grid, description, bench, ask } = this.config;
    const box = bench.counts.boxOf(expectation.segment);
    if (!box) return absent(grid, expectation);
    if (bench.busy) return null;
    const step = bench.session.number;
    const scan = await this.inPieces(scanSegment(this.labels, expectation.segment, box, this.doubt));
    if (bench.session.number !== step || bench.busy) return null;
    return ask({ kind: "suspects", grid: description, scan, expectation });
  }

  private get labels(): LabelVolume {
    return this.config.bench.session.labels;
  }

  /** What the package said of the shape holds only as long as the shape is as it was proposed. */
  private expectationOf(segment: number): Expectation {
    const known = this.expectations.find((one) => one.segment === segment) ?? nothingKnown(segment);
    return this.config.bench.difference.balance.has(segment) ? { ...known, warnings: [], agreement: null, uncertainty: 0 } : known;
  }

  private rank(): void {
    this.list = ranked([...[...this.bySegment.values()].flat(), ...this.places, ...this.slices]);
    this.config.changed();
  }

  /** Does a task piece by piece, so that the page stays alive. */
  private async inPieces<T>(task: Generator<void, T>): Promise<T> {
    for (;;) {
      const until = performance.now() + BUSY;
      while (performance.now() < until) {
        const { done, value } = task.next();
        if (done) return value;
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}

function expectationsOf({ schema, scores }: Task, usual: readonly UsualVolume[]): Expectation[] {
  return schema.segments.map(({ number, typeModifier }) => {
    const score = scores.find((one) => one.segmentNumber === number);
    return {
      segment: number,
      side: (typeModifier && SIDES[typeModifier.value]) ?? null,
      usual: usual.find((one) => one.segment === number) ?? null,
      warnings: score?.warnings ?? [],
      agreement: score?.agreement ?? null,
      uncertainty: score && score.voxels > 0 ? score.uncertainty : 0,
    };
  });
}
