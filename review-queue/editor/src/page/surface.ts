// The surface of the visible segments in a pane of its own; loaded when it is asked for.

import type { Box } from "../core/box.ts";
import type { Grid, Triple } from "../core/grid.ts";
import type { LabelArray } from "../core/labels.ts";
import { Orbit, SIDES, type Sphere, sphereAround, surfaceAt } from "../core/orbit.ts";
import type { Delta } from "../core/runs.ts";
import type { Mesh } from "../core/surface-net.ts";
import { Drawing, type Painted } from "../surface/drawing.ts";
import { SurfaceWork } from "../surface/surface-work.ts";
import { text } from "../texts/texts.ts";
import { h } from "./dom.ts";
import { type OverlayStyle, channels } from "./overlay-style.ts";

export interface SurfaceCalls {
  /** Where a segment lies, null if it has no voxel. */
  readonly box: (number: number) => Box | null;
  readonly onmove: (index: Triple) => void;
  readonly onclose: () => void;
}

/** Per pixel of a drag, and per arrow key. */
const TURN = 0.01;
const KEY_TURN = Math.PI / 18;
const CLOSER = 1.15;
const CLICK = 4;
/** After the last stroke, in ms: a surface is not made anew for each dab. */
const REST = 250;
/** Of the letters around the middle of their corner, in pixels. */
const COMPASS = 26;

export class SurfacePane {
  readonly element: HTMLElement;
  private readonly grid: Grid;
  private readonly display: OverlayStyle;
  private readonly calls: SurfaceCalls;
  private readonly canvas = h("canvas", { class: "surface-canvas", tabindex: "0", role: "application", "aria-label": text("surface.help") });
  private readonly letters = SIDES.map(([letter, towards]) => ({ towards, element: h("span", { class: "surface-letter", "aria-hidden": "true" }, letter) }));
  private readonly note = h("div", { class: "surface-note", role: "status" });
  private readonly worker = new Worker("/page/surface-worker.js", { type: "module" });
  private readonly drawing: Drawing;
  private readonly observer: ResizeObserver;
  private readonly meshes = new Map<number, Mesh | null>();
  private readonly stale = new Set<number>();
  private work: SurfaceWork;
  private orbit = new Orbit();
  private sphere: Sphere | null = null;
  private making = false;
  private closed = false;
  private timer = 0;
  private frame = 0;

  constructor(grid: Grid, labels: LabelArray, display: OverlayStyle, calls: SurfaceCalls) {
    this.grid = grid;
    this.display = display;
    this.calls = calls;
    this.drawing = new Drawing(this.canvas);
    this.work = new SurfaceWork(this.worker, grid, labels);
    const close = h("button", { type: "button", class: "quiet surface-close", "aria-label": text("prior.close"), title: text("prior.close"), onclick: calls.onclose }, "×");
    this.element = h("section", { class: "surface", "aria-label": text("surface.name") }, this.canvas, h("div", { class: "surface-compass" }, this.letters.map((one) => one.element)), this.note, close);
    this.listen();
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.canvas);
    this.makeAll();
  }

  /** Others than before: from now on the surface is of these. */
  setLabels(labels: LabelArray): void {
    this.work = new SurfaceWork(this.worker, this.grid, labels);
    this.makeAll();
  }

  /** Makes anew what a change touched, once the hand rests. */
  changed(delta: Delta): void {
    this.work.changed(delta);
    for (const number of delta.balance().keys()) if (number !== 0) this.stale.add(number);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.make(), REST);
  }

  /** Other segments are visible, or colours others. */
  showStyle(): void {
    this.makeAll(false);
    this.redraw();
  }

  private makeAll(anew = true): void {
    for (const number of this.display.visible()) if (anew || !this.meshes.has(number)) this.stale.add(number);
    void this.make();
  }

  private async make(): Promise<void> {
    if (this.making) return;
    this.making = true;
    this.say();
    for (let number = this.next(); number !== undefined && !this.closed; number = this.next()) {
      this.stale.delete(number);
      const within = this.calls.box(number);
      this.meshes.set(number, within && (await this.work.surface(number, within, breath)));
      this.sphere ??= sphereAround(this.shown().map(({ mesh }) => mesh));
      this.redraw();
    }
    this.making = false;
    this.sphere = sphereAround(this.shown().map(({ mesh }) => mesh));
    this.say();
    this.redraw();
  }

  private next(): number | undefined {
    return this.display.visible().find((number) => this.stale.has(number));
  }

  private shown(): Painted[] {
    return this.display.visible().flatMap((number) => {
      const mesh = this.meshes.get(number);
      const style = this.display.styleOf(number);
      if (!mesh || !style) return [];
      const [red, green, blue] = channels(style.colour);
      return [{ mesh, colour: [red / 255, green / 255, blue / 255] as const }];
    });
  }

  private say(): void {
    this.note.textContent = this.making ? text("surface.making") : this.shown().length === 0 ? text("surface.empty") : "";
    this.element.dataset["made"] = String(!this.making);
    this.element.dataset["triangles"] = String(this.shown().reduce((sum, { mesh }) => sum + mesh.triangles.length / 3, 0));
  }

  private resize(): void {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    this.draw();
  }

  private redraw(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw(): void {
    if (this.closed) return;
    this.drawing.draw(this.shown(), this.orbit, this.sphere);
    const { right, up, near } = this.orbit.sight();
    for (const { towards, element } of this.letters) {
      const along = (axis: Triple) => axis[0] * towards[0] + axis[1] * towards[1] + axis[2] * towards[2];
      element.style.setProperty("left", COMPASS + along(right) * COMPASS + "px");
      element.style.setProperty("top", COMPASS - along(up) * COMPASS + "px");
      element.style.setProperty("opacity", String(0.6 + 0.4 * along(near)));
    }
  }

  private look(orbit: Orbit): void {
    this.orbit = orbit;
    this.redraw();
  }

  private listen(): void {
    const { canvas } = this;
    let drag: { x: number; y: number; moved: number } | null = null;
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      drag = { x: event.clientX, y: event.clientY, moved: 0 };
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      drag = { x: event.clientX, y: event.clientY, moved: drag.moved + Math.abs(dx) + Math.abs(dy) };
      this.look(this.orbit.turned(-dx * TURN, dy * TURN));
    });
    canvas.addEventListener("pointerup", (event) => {
      if (drag && drag.moved < CLICK) this.pick(event);
      drag = null;
    });
    canvas.addEventListener("pointercancel", () => (drag = null));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.look(this.orbit.closer(event.deltaY < 0 ? CLOSER : 1 / CLOSER));
    });
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      if (!this.closed) this.note.textContent = text("surface.lost");
    });
  }

  /** What is under the pointer is shown on the planes. */
  private pick(event: PointerEvent): void {
    if (!this.sphere) return;
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const matrix = this.orbit.matrix(this.sphere, this.canvas.width, this.canvas.height);
    const [x, y] = [(2 * (event.clientX - left)) / width - 1, 1 - (2 * (event.clientY - top)) / height];
    const place = surfaceAt(this.shown().map(({ mesh }) => mesh), matrix, x, y);
    if (place) this.calls.onmove(this.grid.toIndex(place));
  }

  // What is used here is not for the case's keys as well.
  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = this.orbitFor(event.key, event.shiftKey ? Math.PI / 2 : KEY_TURN);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    this.look(next);
  }

  private orbitFor(key: string, turn: number): Orbit | null {
    switch (key) {
      case "ArrowLeft":
        return this.orbit.turned(turn, 0);
      case "ArrowRight":
        return this.orbit.turned(-turn, 0);
      case "ArrowUp":
        return this.orbit.turned(0, -turn);
      case "ArrowDown":
        return this.orbit.turned(0, turn);
      case "+":
        return this.orbit.closer(CLOSER);
      case "-":
        return this.orbit.closer(1 / CLOSER);
      case "0":
        return new Orbit();
      default:
        return null;
    }
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.worker.terminate();
    this.drawing.dispose();
  }
}

/** Lets the page do what else it has to. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
