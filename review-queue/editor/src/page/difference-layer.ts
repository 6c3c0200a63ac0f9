// How the labels differ from the proposal, over the planes: each kind of change by its colour, its hatch and its line.

import { ADDED, type Difference, REMOVED, RENAMED } from "../core/difference.ts";
import { outlines } from "../core/outlines.ts";
import type { Plane } from "../core/plane.ts";
import type { Placement } from "../core/view.ts";
import type { Layer, PlaneScreen } from "./scene.ts";

/** How one kind of change looks. */
interface Look {
  readonly colour: string;
  readonly dash: readonly number[];
  /** Directions of the hatch: 1 rises to the right, -1 falls. */
  readonly hatch: readonly (1 | -1)[];
}

export const LOOKS: Readonly<Record<number, Look>> = {
  [ADDED]: { colour: "#6fd3ff", dash: [], hatch: [1] },
  [REMOVED]: { colour: "#ffa45c", dash: [5, 3], hatch: [-1] },
  [RENAMED]: { colour: "#f5e663", dash: [2, 3], hatch: [1, -1] },
};

const HATCH_GAP = 6;
const SHADE = "rgba(0, 0, 0, 0.75)";

/** The changes on one slice, in voxels from its upper left corner. */
interface Picture {
  readonly slice: number;
  readonly version: number;
  readonly areas: readonly { readonly look: Look; readonly area: Path2D; readonly outline: Path2D }[];
}

export class DifferenceLayer implements Layer {
  shown = false;
  private readonly difference: Difference;
  private readonly pictures = new Map<Plane, Picture>();
  private version = 0;

  constructor(difference: Difference) {
    this.difference = difference;
  }

  /** The labels have changed. */
  changed(): void {
    this.version++;
  }

  draw({ plane, slice }: PlaneScreen, context: CanvasRenderingContext2D, place: Placement): void {
    if (!this.shown) return;
    const ratio = window.devicePixelRatio || 1;
    const transform = new DOMMatrix([place.scaleX, 0, 0, place.scaleY, place.left, place.top]);
    for (const { look, area, outline } of this.pictureOf(plane, slice).areas) {
      context.save();
      context.clip(scaled(area, transform));
      hatch(context, look, ratio);
      context.restore();
      context.lineJoin = "round";
      context.setLineDash(look.dash.map((length) => length * ratio));
      for (const [colour, width] of [[SHADE, 3.4], [look.colour, 1.8]] as const) {
        context.strokeStyle = colour;
        context.lineWidth = width * ratio;
        context.stroke(scaled(outline, transform));
      }
      context.setLineDash([]);
    }
  }

  private pictureOf(plane: Plane, slice: number): Picture {
    const kept = this.pictures.get(plane);
    if (kept && kept.slice === slice && kept.version === this.version) return kept;
    const made = { slice, version: this.version, areas: this.areas(plane, slice) };
    this.pictures.set(plane, made);
    return made;
  }

  private areas(plane: Plane, slice: number): Picture["areas"] {
    const kinds = new Uint8Array(plane.width * plane.height);
    if (!this.difference.onSlice(plane, slice, kinds)) return [];
    const borders = outlines(kinds, plane.width, plane.height, () => new Path2D());
    return [...borders].map(([kind, outline]) => ({ look: LOOKS[kind]!, outline, area: areaOf(kinds, plane.width, kind) }));
  }
}

function scaled(path: Path2D, transform: DOMMatrix): Path2D {
  const placed = new Path2D();
  placed.addPath(path, transform);
  return placed;
}

function areaOf(kinds: Uint8Array, width: number, kind: number): Path2D {
  const path = new Path2D();
  for (let at = 0; at < kinds.length; at++) {
    if (kinds[at] !== kind) continue;
    const first = at;
    while ((at + 1) % width !== 0 && kinds[at + 1] === kind) at++;
    path.rect(first % width, Math.floor(first / width), at - first + 1, 1);
  }
  return path;
}

/** Slanted lines over the whole canvas, of which the clip lets through what it lets. */
function hatch(context: CanvasRenderingContext2D, { colour, hatch: directions }: Look, ratio: number): void {
  const { width, height } = context.canvas;
  const gap = HATCH_GAP * ratio;
  context.strokeStyle = colour;
  context.lineWidth = 1.2 * ratio;
  context.beginPath();
  for (const direction of directions) {
    for (let at = -height; at < width; at += gap) {
      context.moveTo(direction > 0 ? at : at + height, height);
      context.lineTo(direction > 0 ? at + height : at, 0);
    }
  }
  context.stroke();
}
