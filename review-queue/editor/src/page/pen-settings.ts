// What the tools are set to; kept in this browser, but for what is of one case only.

import type { PaintRules } from "../core/labels.ts";
import type { Pen, Settings } from "../editing/pen.ts";

const KEY = "firstpass.pen";
const SMALLEST = 0.5;
const LARGEST = 100;
const ROUND: readonly Pen[] = ["brush", "eraser", "threshold-brush"];

/** What may be painted over: everything, what has no segment, or what the reader named. */
export type Overwrite = "all" | "empty" | "named";

interface Kept {
  readonly radius: number;
  readonly ball: boolean;
  readonly onSlice: boolean;
  readonly least: number;
  readonly largest: number;
  readonly tolerance: number;
  readonly overwrite: Overwrite;
  /** By how much a segment grows or shrinks, and what is smoothed away, in mm. */
  readonly margin: number;
  readonly smoothing: number;
  /** Parts below it are small, in mm^3. */
  readonly smallPart: number;
}

export type NumberSetting = "radius" | "least" | "largest" | "tolerance" | "margin" | "smoothing" | "smallPart";

const USUAL: Kept = { radius: 5, ball: false, onSlice: true, least: 0, largest: 200, tolerance: 40, overwrite: "all", margin: 1, smoothing: 2, smallPart: 100 };

export class PenSettings {
  onchange: () => void = () => {};
  readonly locked = new Set<number>();
  /** Segments that may be painted over if only named ones may. */
  readonly named = new Set<number>();
  private kept: Kept;

  constructor() {
    this.kept = { ...USUAL, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Kept>) };
    // Which segments are named is of one case.
    if (this.kept.overwrite === "named") this.kept = { ...this.kept, overwrite: "all" };
  }

  get now(): Kept {
    return this.kept;
  }

  set(changes: Partial<Kept>): void {
    const next = { ...this.kept, ...changes };
    this.kept = { ...next, radius: Math.min(LARGEST, Math.max(SMALLEST, next.radius)) };
    localStorage.setItem(KEY, JSON.stringify(this.kept));
    this.onchange();
  }

  resize(factor: number): void {
    this.set({ radius: this.kept.radius * factor });
  }

  isLocked(segment: number): boolean {
    return this.locked.has(segment);
  }

  toggleLock(segment: number): void {
    toggle(this.locked, segment);
    this.onchange();
  }

  toggleNamed(segment: number): void {
    toggle(this.named, segment);
    this.onchange();
  }

  isRound(pen: Pen | null): boolean {
    return pen !== null && ROUND.includes(pen);
  }

  get rules(): PaintRules {
    const { overwrite } = this.kept;
    return { locked: new Set(this.locked), overwrite: overwrite === "named" ? new Set(this.named) : overwrite };
  }

  /** As the workbench takes them, for one stroke. */
  forStroke(): Settings {
    const { radius, ball, onSlice, tolerance, least, largest } = this.kept;
    return { radius, ball, onSlice, tolerance, range: { least, largest }, rules: this.rules };
  }
}

function toggle(set: Set<number>, one: number): void {
  if (!set.delete(one)) set.add(one);
}
