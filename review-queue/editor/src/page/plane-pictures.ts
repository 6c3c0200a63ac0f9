// The pictures of one slice: image, segments, veils, each at the size of the slice and scaled when it is drawn.

import { BACKGROUND } from "../core/labels.ts";
import { outlines } from "../core/outlines.ts";
import { type Box as Voxels, joint } from "../core/box.ts";
import type { Plane, Rectangle } from "../core/plane.ts";
import type { Placement } from "../core/view.ts";
import { EVERYTHING, partOf } from "./grey.ts";
import type { OverlayStyle } from "./overlay-style.ts";
import type { Painter, Scene, Stale, Veil } from "./scene.ts";

const LINE = 1.4;
const SELECTED_LINE = 2.6;
/** Of a segment's fill under its outline, so that the selected one stands out. */
const UNSELECTED_ALPHA = 0.75;

type Box = readonly [left: number, top: number, width: number, height: number];

/** A canvas as large as a slice. */
class Picture {
  readonly canvas: HTMLCanvasElement;
  private readonly data: ImageData;
  readonly pixels: Uint32Array;
  stale = true;

  constructor({ width, height }: Plane) {
    this.canvas = document.createElement("canvas");
    this.canvas.width = width;
    this.canvas.height = height;
    this.data = new ImageData(width, height);
    this.pixels = new Uint32Array(this.data.data.buffer);
  }

  paint(painter: Painter, plane: Plane, slice: number): void {
    painter.paint(plane, slice, this.pixels);
    this.put();
  }

  put(part?: Rectangle): void {
    const context = this.canvas.getContext("2d")!;
    if (part) context.putImageData(this.data, 0, 0, part.left, part.top, part.right - part.left + 1, part.bottom - part.top + 1);
    else context.putImageData(this.data, 0, 0);
    this.stale = false;
  }
}

export class PlanePictures {
  private readonly scene: Scene;
  private readonly plane: Plane;
  private readonly grey: Picture;
  private readonly fill: Picture;
  private readonly veils = new Map<Veil, Picture>();
  private readonly labels: Uint16Array;
  private borders = new Map<number, Path2D>();
  private slice = -1;
  /** Where the labels are stale, if it is not everywhere. */
  private within: Voxels | null = null;

  constructor(scene: Scene, plane: Plane) {
    this.scene = scene;
    this.plane = plane;
    this.grey = new Picture(plane);
    this.fill = new Picture(plane);
    this.labels = new Uint16Array(plane.width * plane.height);
  }

  invalidate({ grey = false, labels = false, within, veils = false }: Stale): void {
    this.grey.stale ||= grey;
    if (labels && within) this.within = this.within ? joint(this.within, within) : within;
    else this.fill.stale ||= labels;
    if (veils) for (const picture of this.veils.values()) picture.stale = true;
  }

  draw(context: CanvasRenderingContext2D, slice: number, place: Placement): void {
    const { image, labels, display } = this.scene;
    if (!image) return;
    if (slice !== this.slice) this.invalidate({ grey: true, labels: true, veils: true });
    this.slice = slice;
    const box = [place.left, place.top, this.plane.width * place.scaleX, this.plane.height * place.scaleY] as const;
    if (this.grey.stale) this.grey.paint(image, this.plane, slice);
    context.imageSmoothingEnabled = true;
    // Bilinear: the better-looking kernels overshoot, and a dark rim that is not there looks like a finding.
    context.imageSmoothingQuality = "low";
    context.drawImage(this.grey.canvas, ...box);
    const shown = this.scene.veils.filter((veil) => veil.shown);
    for (const veil of shown) this.drawVeil(context, veil, box);
    if (labels && !display.hidden) this.drawLabels(context, place, box, !shown.some((veil) => veil.replacesFill));
  }

  private drawVeil(context: CanvasRenderingContext2D, veil: Veil, box: Box): void {
    let picture = this.veils.get(veil);
    if (!picture) this.veils.set(veil, (picture = new Picture(this.plane)));
    if (picture.stale) picture.paint(veil, this.plane, this.slice);
    context.imageSmoothingEnabled = !veil.crisp;
    context.drawImage(picture.canvas, ...box);
  }

  private drawLabels(context: CanvasRenderingContext2D, place: Placement, box: Box, mayFill: boolean): void {
    const part = this.within && this.plane.rectangleOf(this.within, this.slice);
    if (this.fill.stale) this.paintAllLabels();
    else if (part) this.paintLabels(part);
    this.within = null;
    const { display } = this.scene;
    const filled = display.filled && mayFill;
    if (filled) {
      context.imageSmoothingEnabled = false;
      context.globalAlpha = display.opacity;
      context.drawImage(this.fill.canvas, ...box);
    }
    const transform = new DOMMatrix([place.scaleX, 0, 0, place.scaleY, place.left, place.top]);
    for (const [label, border] of this.borders) stroke(context, border, transform, label, display, filled);
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  private paintAllLabels(): void {
    const part = partOf(this.plane, this.slice, this.scene.there);
    if (this.scene.there !== EVERYTHING) {
      this.labels.fill(BACKGROUND);
      this.fill.pixels.fill(0);
      this.fill.put();
    }
    if (part) this.paintLabels(part);
    else this.borders = new Map();
  }

  private paintLabels(part: Rectangle): void {
    const { labels: all, display } = this.scene;
    if (!all) return;
    const { labels, plane } = this;
    const { pixels } = this.fill;
    plane.gather(this.slice, all, labels, part);
    const { fills } = display;
    for (let v = part.top; v <= part.bottom; v++) {
      const end = v * plane.width + part.right;
      for (let at = v * plane.width + part.left; at <= end; at++) pixels[at] = fills[labels[at]!]!;
    }
    this.fill.put(part);
    this.borders = outlines(labels, plane.width, plane.height, () => new Path2D());
  }
}

function stroke(context: CanvasRenderingContext2D, border: Path2D, transform: DOMMatrix, label: number, display: OverlayStyle, filled: boolean): void {
  const style = display.styleOf(label);
  if (!style || style.hidden) return;
  const ratio = window.devicePixelRatio || 1;
  const selected = label === display.selected;
  const path = new Path2D();
  path.addPath(border, transform);
  context.strokeStyle = style.colour;
  context.lineWidth = (selected ? SELECTED_LINE : LINE) * ratio;
  context.lineJoin = "round";
  context.setLineDash(style.dash.map((length) => length * ratio));
  context.globalAlpha = filled && !selected ? UNSELECTED_ALPHA : 1;
  context.stroke(path);
}
