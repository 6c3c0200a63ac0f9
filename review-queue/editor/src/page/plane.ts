// One plane on one canvas: its image, the layers over it, and the pointer. Knows no server and no verdicts.

import type { Triple } from "../core/grid.ts";
import { sliceAt } from "../core/linked.ts";
import type { Place, Plane } from "../core/plane.ts";
import { type Extent, type Placement, type View, WHOLE, panned, placeUnder, placementOf, zoomed } from "../core/view.ts";
import { text } from "../texts/texts.ts";
import { h } from "./dom.ts";
import { PlanePictures } from "./plane-pictures.ts";
import type { PlaneScreen, Scene, Stale } from "./scene.ts";

/** What a plane asks of those who hold all of them together. */
export interface PlaneCalls {
  readonly onmove: (index: Triple) => void;
  readonly onwindow: (dx: number, dy: number) => void;
  /** So many slices up, or down below nought. */
  readonly onscroll: (view: PlaneView, up: number) => void;
  /** A small plane that was double-clicked. */
  readonly onselect: (view: PlaneView) => void;
  /** It is moved or zoomed. */
  readonly onview: (view: PlaneView) => void;
}

/** How it is shown: large, beside it, or the large plane of another image. */
export type PlaneRole = "main" | "small" | "prior";

/** A press that moved less than this is a click. */
const CLICK = 4;
const NOTCH = 60;
const WHEEL_ZOOM = 1.15;
const EDGES = ["top", "bottom", "left", "right"] as const;

interface Drag {
  x: number;
  y: number;
  moved: number;
  readonly panning: boolean;
  readonly left: boolean;
}

export class PlaneView implements PlaneScreen {
  readonly scene: Scene;
  readonly plane: Plane;
  readonly main: boolean;
  readonly canvas: HTMLCanvasElement;
  readonly element: HTMLElement;
  view: View = WHOLE;
  /** In place of the view's own placement: another plane is followed. */
  follow: (() => Placement | null) | null = null;
  private readonly calls: PlaneCalls;
  private readonly pictures: PlanePictures;
  private readonly caption = h("div", { class: "plane-caption" });
  private readonly readout = h("div", { class: "plane-readout" });
  private readonly observer: ResizeObserver;
  private drag: Drag | null = null;
  private wheeled = 0;

  constructor(scene: Scene, plane: Plane, role: PlaneRole, calls: PlaneCalls) {
    this.scene = scene;
    this.plane = plane;
    this.main = role === "main";
    this.calls = calls;
    this.pictures = new PlanePictures(scene, plane);
    this.canvas = h("canvas", { class: "plane-canvas", "data-plane": plane.name.toLowerCase(), "aria-hidden": "true" });
    const letters = plane.letters();
    const marks = EDGES.map((edge) => h("span", { class: "letter letter-" + edge, "data-edge": edge }, letters[edge]));
    this.element = h("div", { class: "plane plane-" + role }, this.canvas, marks, this.caption, this.readout);
    this.listen();
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.canvas);
  }

  dispose(): void {
    this.observer.disconnect();
  }

  get slice(): number {
    return sliceAt(this.plane, this.scene.index) ?? -1;
  }

  get extent(): Extent {
    return this.canvas;
  }

  /** Marks what has to be painted again; a slice that changed makes all of it stale. */
  invalidate(stale: Stale): void {
    this.pictures.invalidate(stale);
  }

  private resize(): void {
    const ratio = window.devicePixelRatio || 1;
    const width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    const height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    if (this.canvas.width === width && this.canvas.height === height) return;
    this.canvas.width = width;
    this.canvas.height = height;
    this.draw();
    this.calls.onview(this);
  }

  show(view: View): void {
    this.view = view;
    this.draw();
    this.calls.onview(this);
  }

  placement(): Placement {
    return this.follow?.() ?? placementOf(this.plane, this.canvas, this.view);
  }

  draw(): void {
    const context = this.canvas.getContext("2d")!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = "#000";
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    const { slice } = this;
    this.canvas.dataset.slice = String(slice);
    this.caption.textContent = "";
    if (slice < 0 || !this.scene.image) return;
    const place = this.placement();
    this.pictures.draw(context, slice, place);
    for (const layer of this.scene.layers) layer.draw(this, context, place);
    this.caption.textContent = text(this.plane.title) + "  " + (slice + 1) + (this.element.classList.contains("plane-small") ? "" : " / " + this.plane.count);
  }

  placeAt(event: MouseEvent): Place {
    const rectangle = this.canvas.getBoundingClientRect();
    const x = ((event.clientX - rectangle.left) * this.canvas.width) / rectangle.width;
    const y = ((event.clientY - rectangle.top) * this.canvas.height) / rectangle.height;
    return placeUnder(this.placement(), x, y);
  }

  indexAt(event: MouseEvent): Triple | null {
    const { slice } = this;
    return slice < 0 ? null : this.plane.indexAt(this.placeAt(event), slice);
  }

  zoomBy(factor: number, fixed?: Place): void {
    this.show(zoomed(this.plane, this.view, factor, fixed));
  }

  private listen(): void {
    const { canvas } = this;
    const { hands } = this.scene;
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("pointerdown", (event) => this.grab(event));
    canvas.addEventListener("pointermove", (event) => this.hover(event));
    canvas.addEventListener("pointerleave", () => {
      this.readout.textContent = "";
      hands.forEach((hand) => hand.leave());
    });
    canvas.addEventListener("pointerup", (event) => hands.forEach((hand) => hand.lift(this, event)));
    canvas.addEventListener("pointercancel", () => hands.forEach((hand) => hand.cancel()));
    canvas.addEventListener("dblclick", () => this.pressedTwice());
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  private pressedTwice(): void {
    if (this.scene.hands.some((hand) => hand.active)) return;
    if (this.main) this.show(WHOLE);
    else this.calls.onselect(this);
  }

  private grab(event: PointerEvent): void {
    const panning = event.button === 2 || event.button === 1 || event.shiftKey;
    this.canvas.setPointerCapture(event.pointerId);
    if (!panning && event.button === 0 && this.scene.hands.some((hand) => hand.press(this, event))) return;
    this.drag = { x: event.clientX, y: event.clientY, moved: 0, panning, left: event.button === 0 };
    const release = () => {
      const { drag } = this;
      if (drag && drag.left && !drag.panning && drag.moved < CLICK) this.pick(event);
      this.drag = null;
      this.canvas.removeEventListener("pointerup", release);
      this.canvas.removeEventListener("pointercancel", release);
    };
    this.canvas.addEventListener("pointerup", release);
    this.canvas.addEventListener("pointercancel", release);
  }

  private pick(event: MouseEvent): void {
    const index = this.indexAt(event);
    if (index) this.calls.onmove(index);
  }

  private hover(event: PointerEvent): void {
    if (this.drag) {
      this.dragged(this.drag, event);
      return;
    }
    this.scene.hands.forEach((hand) => hand.move(this, event));
    const index = this.indexAt(event);
    this.readout.textContent = index ? this.scene.describe(index) : "";
  }

  private dragged(drag: Drag, event: PointerEvent): void {
    const dx = event.clientX - drag.x;
    const dy = event.clientY - drag.y;
    drag.moved += Math.abs(dx) + Math.abs(dy);
    drag.x = event.clientX;
    drag.y = event.clientY;
    const ratio = window.devicePixelRatio || 1;
    if (drag.panning) this.show(panned(this.plane, this.canvas, this.view, dx * ratio, dy * ratio));
    else if (drag.moved >= CLICK) this.calls.onwindow(dx, dy);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.shiftKey && this.scene.hands.some((hand) => hand.wheel(event))) return;
    if (event.ctrlKey) {
      this.zoomBy(event.deltaY < 0 ? WHEEL_ZOOM : 1 / WHEEL_ZOOM, this.placeAt(event));
      return;
    }
    // A wheel notch is one slice; a touch pad's small steps add up to one.
    this.wheeled += event.deltaMode === 0 ? event.deltaY : event.deltaY * NOTCH;
    const steps = Math.trunc(this.wheeled / NOTCH) || (Math.abs(event.deltaY) >= NOTCH ? Math.sign(event.deltaY) : 0);
    if (steps === 0) return;
    this.wheeled = 0;
    this.calls.onscroll(this, -Math.sign(steps));
  }
}
