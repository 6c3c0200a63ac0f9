// What every plane has over its image: the cross at which the planes meet, and the rulers.

import { type Ruler, lengthText, rulerFor, ticksOf } from "../core/ruler.ts";
import type { Placement } from "../core/view.ts";
import type { Layer, PlaneScreen, Scene } from "./scene.ts";

const CROSS = "rgba(233, 236, 239, 0.34)";
const MAIN_GAP = 14;
const SMALL_GAP = 6;

const INK = "rgba(233, 236, 239, 0.85)";
const SHADE = "rgba(0, 0, 0, 0.8)";
/** The parts of the canvas that a ruler may take. */
const ACROSS = 0.3;
const DOWN = 0.5;
const EDGE = 6;
const TICK = 5;
const END_TICK = 9;

export class Cross implements Layer {
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  draw({ plane, main, canvas }: PlaneScreen, context: CanvasRenderingContext2D, place: Placement): void {
    if (!this.scene.display.cross) return;
    const [u, v] = plane.placeOf(this.scene.index);
    const x = Math.round(place.left + u * place.scaleX) + 0.5;
    const y = Math.round(place.top + v * place.scaleY) + 0.5;
    const gap = main ? MAIN_GAP : SMALL_GAP;
    context.strokeStyle = CROSS;
    context.lineWidth = 1;
    context.beginPath();
    line(context, 0, y, x - gap, y);
    line(context, x + gap, y, canvas.width, y);
    line(context, x, 0, x, y - gap);
    line(context, x, y + gap, x, canvas.height);
    context.stroke();
  }
}

/** A ruler along the lower and one along the right edge, in mm, or in pixels of an image without a scale. */
export class Rulers implements Layer {
  draw({ plane, main, canvas }: PlaneScreen, context: CanvasRenderingContext2D, place: Placement): void {
    const ratio = window.devicePixelRatio || 1;
    const across = rulerFor(place.scaleX / plane.pixelWidth, canvas.width * ACROSS);
    const down = rulerFor(place.scaleY / plane.pixelHeight, canvas.height * DOWN);
    if (!across || !down) return;
    const path = new Path2D();
    const bottom = canvas.height - EDGE * ratio;
    const right = canvas.width - EDGE * ratio;
    const from = Math.round(canvas.width / 2 - across.pixels / 2);
    const top = Math.round(canvas.height / 2 - down.pixels / 2);
    addTicks(path, across, (at, length) => [from + at, bottom, from + at, bottom - length * ratio]);
    addTicks(path, down, (at, length) => [right, top + at, right - length * ratio, top + at]);
    path.moveTo(from, bottom);
    path.lineTo(from + across.pixels, bottom);
    path.moveTo(right, top);
    path.lineTo(right, top + down.pixels);
    for (const [colour, width] of [[SHADE, 3], [INK, 1]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width * ratio;
      context.stroke(path);
    }
    if (main) label(context, lengthText(across.mm, plane.grid.unit), from + across.pixels + 6 * ratio, bottom, ratio);
  }
}

function addTicks(path: Path2D, ruler: Ruler, at: (along: number, length: number) => readonly [number, number, number, number]): void {
  const ticks = ticksOf(ruler);
  ticks.forEach((along, number) => {
    const [x0, y0, x1, y1] = at(along, number === 0 || number === ticks.length - 1 ? END_TICK : TICK);
    path.moveTo(x0, y0);
    path.lineTo(x1, y1);
  });
}

function label(context: CanvasRenderingContext2D, words: string, x: number, y: number, ratio: number): void {
  context.font = 12 * ratio + "px system-ui, sans-serif";
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.lineWidth = 3 * ratio;
  context.strokeStyle = SHADE;
  context.strokeText(words, x, y);
  context.fillStyle = INK;
  context.fillText(words, x, y);
}

function line(context: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
}
