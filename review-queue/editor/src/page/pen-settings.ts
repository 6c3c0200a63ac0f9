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

const UPTAKE: Kept = { ...USUAL, least: 2.5, largest: 100, tolerance: 1 };

export class PenSettings {
  onchange: () => void = () => {};
  readonly locked = new Set<number>();
  /** Segments that may be painted over if only named ones may. */
  readonly named = new Set<number>();
  /** By how much values change in a step: uptake values are small. */
  step = 1;
  private key = KEY;
  private flat = false;
  private kept: Kept = this.restored(USUAL);

  /**
   * What is set for values of another unit is kept apart.
   *
   * @param flat whether slices are frames, and nothing reaches from one to the next
   */
  setImage(flat: boolean, unit: string): void {
    this.flat = flat;
    if (unit !== "SUV") return;
    this.key = KEY + "." + unit;
    this.step = 0.1;
    this.kept = this.restored(UPTAKE);
  }

  private restored(usual: Kept): Kept {
    const kept = { ...usual, ...(JSON.parse(localStorage.getItem(this.key) ?? "{}") as Partial<Kept>) };
    // Which segments are named is of one case.
    return kept.overwrite === "named" ? { ...kept, overwrite: "all" } : kept;
  }

  get now(): Kept {
    return this.flat ? { ...this.kept, ball: false, onSlice: true } : this.kept;
  }

  /** Whether tools may reach beyond the slice. */
  get deep(): boolean {
    return !this.flat;
  }

  set(changes: Partial<Kept>): void {
    const next = { ...this.kept, ...changes };
    this.kept = { ...next, radius: Math.min(LARGEST, Math.max(SMALLEST, next.radius)) };
    localStorage.setItem(this.key, JSON.stringify(this.kept));
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
    const { radius, ball, onSlice, tolerance, least, largest } = this.now;
    return { radius, ball, onSlice, tolerance, range: { least, largest }, rules: this.rules };
  }
}

function toggle(set: Set<number>, one: number): void {
  if (!set.delete(one)) set.add(one);
}
