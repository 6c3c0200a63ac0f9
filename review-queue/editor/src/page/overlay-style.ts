// How segments are drawn: colour, dash, what is visible. Colour is never the only sign.

import type { Segment } from "./server.ts";

// Okabe and Ito's palette without black: told apart with every common kind of colour blindness.
const SAFE = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"] as const;
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
const KEY = "firstpass.display";

export interface SegmentStyle {
  readonly colour: string;
  readonly dash: readonly number[];
  readonly label: string;
  readonly hidden: boolean;
  /** The colour as 0xAABBGGRR. */
  readonly pixel: number;
}

/** What is kept from case to case. */
interface Kept {
  readonly opacity: number;
  readonly filled: boolean;
  readonly safe: boolean;
  readonly cross: boolean;
}

export class OverlayStyle {
  opacity: number;
  filled: boolean;
  safe: boolean;
  cross: boolean;
  /** Everything, while a key is held. */
  hidden = false;
  heat = false;
  hasHeat = false;
  /** The segment's number, or 0. */
  selected = 0;
  /** By label the colour of a pixel, 0 if it is not shown. A label that the schema lacks is white. */
  readonly fills = new Uint32Array(65536);
  private readonly segments: readonly Segment[];
  private readonly invisible = new Set<number>();
  private styles = new Map<number, SegmentStyle>();

  constructor(segments: readonly Segment[]) {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Kept>;
    this.opacity = kept.opacity ?? 0.35;
    this.filled = kept.filled ?? true;
    this.safe = kept.safe ?? false;
    this.cross = kept.cross ?? true;
    this.segments = segments;
    this.paint();
  }

  set(changes: Partial<Kept>): void {
    this.change(changes);
    const { opacity, filled, safe, cross } = this;
    localStorage.setItem(KEY, JSON.stringify({ opacity, filled, safe, cross }));
  }

  /** For this case only, as its protocol asks. */
  change(changes: Partial<Kept>): void {
    Object.assign(this, changes);
    this.paint();
  }

  toggle(number: number): void {
    if (!this.invisible.delete(number)) this.invisible.add(number);
    this.paint();
  }

  styleOf(label: number): SegmentStyle | undefined {
    return this.styles.get(label);
  }

  /** The numbers of the segments that are to be seen. */
  visible(): number[] {
    return this.segments.map(({ number }) => number).filter((number) => !this.invisible.has(number));
  }

  private paint(): void {
    this.styles = new Map(this.segments.map((segment, at) => [segment.number, this.style(segment, at)]));
    this.fills.fill(0xffffffff);
    this.fills[0] = 0;
    for (const [label, style] of this.styles) this.fills[label] = style.hidden ? 0 : style.pixel;
  }

  private style({ number, label, colour: own }: Segment, at: number): SegmentStyle {
    const colour = this.safe ? SAFE[at % SAFE.length]! : own;
    const dash = DASHES[Math.floor(at / SAFE.length) % DASHES.length]!;
    return { colour, dash, label, hidden: this.invisible.has(number), pixel: pixel(colour) };
  }
}

/** Red, green and blue of #rrggbb. */
export function channels(colour: string): readonly [number, number, number] {
  const at = (from: number) => parseInt(colour.slice(from, from + 2), 16);
  return [at(1), at(3), at(5)];
}

function pixel(colour: string): number {
  const [red, green, blue] = channels(colour);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
