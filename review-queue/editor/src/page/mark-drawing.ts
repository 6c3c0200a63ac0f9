// Findings over the image: lines with a dark rim, handles where they are held, and what they measure.

import { handlesOf } from "../core/mark.ts";
import type { Place } from "../core/plane.ts";
import type { Placement } from "../core/view.ts";
import type { Shape } from "../editing/marking.ts";

const INK = "#8fe3ff";
const SELECTED = "#ffe38a";
const RIM = "rgba(0, 0, 0, 0.85)";
const HANDLE = 4;
const CROSS = 7;

/** One shape; its words stand beside its last corner. */
export function drawMark(context: CanvasRenderingContext2D, place: Placement, { kind, places }: Shape, selected: boolean, words: string): void {
  const ratio = window.devicePixelRatio || 1;
  const at = ([u, v]: Place): Place => [place.left + u * place.scaleX, place.top + v * place.scaleY];
  const corners = places.map(at);
  const path = new Path2D();
  if (kind === "point") addCross(path, corners[0]!, CROSS * ratio);
  else {
    corners.forEach(([x, y], number) => (number === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
    if (kind !== "length") path.closePath();
    else corners.forEach((corner) => addCross(path, corner, (CROSS / 2) * ratio));
  }
  context.save();
  context.lineJoin = "round";
  stroked(context, path, selected ? SELECTED : INK, selected ? 2 * ratio : 1.4 * ratio, ratio);
  if (selected && kind !== "point") {
    const handles = new Path2D();
    for (const [x, y] of handlesOf(kind, places).map(at)) handles.rect(x - HANDLE * ratio, y - HANDLE * ratio, 2 * HANDLE * ratio, 2 * HANDLE * ratio);
    context.fillStyle = "#000";
    context.fill(handles);
    stroked(context, handles, SELECTED, 1.4 * ratio, ratio);
  }
  if (words) write(context, words, anchorOf(corners), selected ? SELECTED : INK, ratio);
  context.restore();
}

function addCross(path: Path2D, [x, y]: Place, arm: number): void {
  path.moveTo(x - arm, y);
  path.lineTo(x + arm, y);
  path.moveTo(x, y - arm);
  path.lineTo(x, y + arm);
}

function stroked(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number, ratio: number): void {
  context.strokeStyle = RIM;
  context.lineWidth = width + 2 * ratio;
  context.stroke(path);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}

/** To the right of the corner that is farthest right. */
const anchorOf = (corners: readonly Place[]): Place => corners.reduce((best, corner) => (corner[0] > best[0] ? corner : best));

function write(context: CanvasRenderingContext2D, words: string, [x, y]: Place, colour: string, ratio: number): void {
  context.font = 12 * ratio + "px system-ui, sans-serif";
  context.textBaseline = "middle";
  const left = Math.max(4 * ratio, Math.min(x + 8 * ratio, context.canvas.width - context.measureText(words).width - 4 * ratio));
  context.lineWidth = 3 * ratio;
  context.lineJoin = "round";
  context.strokeStyle = RIM;
  context.strokeText(words, left, y);
  context.fillStyle = colour;
  context.fillText(words, left, y);
}
