// The pen under the pointer: a brush's ring, what it would paint, and the border that is being drawn.

import type { Place, Plane } from "../core/plane.ts";
import type { Delta } from "../core/runs.ts";
import type { Placement } from "../core/view.ts";

export interface PenPicture {
  readonly plane: Plane;
  readonly hover: Place;
  /** The radius of a brush in mm, or null. */
  readonly round: number | null;
  readonly border: readonly Place[];
  /** Whether the border goes on to the pointer. */
  readonly open: boolean;
  /** What would be painted. */
  readonly preview: Delta | null;
}

const INK = [["#000", 3], ["#ffd479", 1.4]] as const;
const PREVIEW = "rgba(255, 212, 121, 0.55)";

export function drawPen(context: CanvasRenderingContext2D, place: Placement, picture: PenPicture): void {
  const ratio = window.devicePixelRatio || 1;
  const { plane, hover, round, border, open, preview } = picture;
  context.save();
  context.setTransform(place.scaleX, 0, 0, place.scaleY, place.left, place.top);
  if (preview) fillVoxels(context, plane, preview);
  context.beginPath();
  if (round !== null) context.ellipse(hover[0], hover[1], round / plane.pixelWidth, round / plane.pixelHeight, 0, 0, 2 * Math.PI);
  border.forEach(([u, v], at) => (at === 0 ? context.moveTo(u, v) : context.lineTo(u, v)));
  if (open && border.length > 0) context.lineTo(hover[0], hover[1]);
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const [colour, width] of INK) {
    context.strokeStyle = colour;
    context.lineWidth = width * ratio;
    context.stroke();
  }
  context.restore();
}

function fillVoxels(context: CanvasRenderingContext2D, plane: Plane, delta: Delta): void {
  context.fillStyle = PREVIEW;
  for (let run = 0; run < delta.runs; run++) {
    const start = delta.starts[run]!;
    for (let at = start; at < start + delta.lengths[run]!; at++) {
      const [u, v] = plane.placeOf(plane.grid.indexOf(at));
      context.fillRect(u - 0.5, v - 0.5, 1, 1);
    }
  }
}
