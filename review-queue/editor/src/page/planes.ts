// The linked planes of one case: one large, others small, one position, one window.

import type { Box } from "../core/box.ts";
import type { Axis, Grid, Triple } from "../core/grid.ts";
import { type Hanging, LAYOUTS, type Layout, planesOf, planesSeen } from "../core/hanging.ts";
import type { LabelArray } from "../core/labels.ts";
import { nearestVoxel } from "../core/linked.ts";
import type { Plane } from "../core/plane.ts";
import type { ColourMap } from "../core/tint.ts";
import { type View, WHOLE, fitted } from "../core/view.ts";
import { text } from "../texts/texts.ts";
import { h, replace } from "./dom.ts";
import { EVERYTHING, Grey, type Span } from "./grey.ts";
import type { OverlayStyle } from "./overlay-style.ts";
import { Cross, Rulers } from "./plane-layers.ts";
import { PlaneView } from "./plane.ts";
import type { Hand, Layer, Painter, Scene, Stale, Veil } from "./scene.ts";
import { type Mark, SliceRail } from "./slice-rail.ts";
import { type Scale, type Window, dragged } from "./window-level.ts";

export interface PlanesConfig {
  /** Of shown values, empty if they have none. */
  readonly unit: string;
  readonly map: ColourMap;
  readonly scale: Scale;
  readonly hanging: Hanging;
  readonly onwindow: (window: Window) => void;
}

/** Where something else is shown: as large as the large plane, or among the small ones. */
export type Guest = "beside" | "below";

/** Words about a voxel, or none. */
export type Probe = (index: Triple) => string;

export class Planes {
  readonly grid: Grid;
  readonly scene: Scene;
  readonly element = h("div", { class: "planes" });
  /** What the line under the pointer says after place, value and segment. */
  readonly probes: Probe[] = [];
  /** Called after the planes were drawn: for what follows them. */
  readonly followers: (() => void)[] = [];
  viewer: HTMLElement = this.element;
  window: Window = { name: "", level: 0, width: 1 };
  private readonly config: PlanesConfig;
  readonly grey: Grey;
  private picture: Painter | null = null;
  private readonly rail: SliceRail;
  private readonly guests = new Map<Guest, HTMLElement>();
  private readonly kept = new Map<Plane, View>();
  private order: readonly Plane[];
  /** What is drawn in the next frame. */
  private readonly due = new Set<PlaneView>();
  private views: readonly PlaneView[] = [];
  private layout: Layout;
  private frame = 0;
  /** Whether something of the image was drawn: the first picture is that of the large plane alone. */
  private begun = false;

  constructor(grid: Grid, display: OverlayStyle, config: PlanesConfig) {
    this.grid = grid;
    this.config = config;
    this.grey = new Grey(config.scale, config.map);
    this.scene = { grid, display, layers: [], hands: [], veils: [], image: null, labels: null, there: EVERYTHING, index: middleOf(grid), describe: (index) => this.describe(index) };
    this.scene.layers.push(new Cross(this.scene), new Rulers());
    this.order = planesOf(grid, config.hanging);
    this.layout = config.hanging.layout;
    this.rail = new SliceRail((slice) => this.moveAlong(this.main.fixed, slice), () => this.viewer.focus());
    this.build();
  }

  private build(): void {
    for (const view of this.views) {
      this.kept.set(view.plane, view.view);
      view.dispose();
      this.due.delete(view);
    }
    this.views = this.order.slice(0, planesSeen(this.layout, this.order)).map((plane, at) => this.viewOf(plane, at === 0));
    const [main, ...small] = this.views;
    this.viewer = h("div", { class: "viewer", id: "viewer", tabindex: "0", role: "application", "aria-roledescription": text("viewing.viewer") }, main!.element, this.rail.element);
    const others = h("div", { class: "planes-small" }, small.map((view) => view.element), this.guests.get("below"));
    replace(this.element, this.viewer, this.guests.get("beside"), others);
    this.element.dataset.layout = this.layout;
    this.element.dataset.beside = String(this.guests.has("beside"));
    this.element.dataset.others = String(others.childElementCount);
    this.redraw();
  }

  private viewOf(plane: Plane, main: boolean): PlaneView {
    const view = new PlaneView(this.scene, plane, main ? "main" : "small", {
      onmove: (index) => this.moveTo(index),
      onwindow: (dx, dy) => this.setWindow(dragged(this.window, dx, dy, this.config.scale)),
      onscroll: (view, up) => this.step(up, view.plane),
      onselect: (view) => this.makeMain(view.plane),
      onview: () => this.follow(),
    });
    view.view = this.kept.get(plane) ?? WHOLE;
    return view;
  }

  private rebuild(): void {
    const hadFocus = this.viewer.contains(document.activeElement);
    this.build();
    if (hadFocus) this.viewer.focus();
  }

  /** Of shown values, empty if they have none. */
  get unit(): string {
    return this.config.unit;
  }

  get main(): Plane {
    return this.order[0]!;
  }

  /** The large plane as it is drawn. */
  get mainView(): PlaneView {
    return this.views[0]!;
  }

  dispose(): void {
    this.views.forEach((view) => view.dispose());
    cancelAnimationFrame(this.frame);
  }

  /** Drawn over all planes from now on. */
  addLayer(layer: Layer): void {
    this.scene.layers.push(layer);
    this.redraw();
  }

  /** Asked first when the pointer is pressed; the one that came last before the others. */
  addHand(hand: Hand): void {
    this.scene.hands.unshift(hand);
  }

  addVeil(veil: Veil): void {
    this.scene.veils.push(veil);
    this.redraw({ veils: true });
  }

  /** Shows something else with the planes, or takes it away. */
  invite(where: Guest, element: HTMLElement | null): void {
    if (element) this.guests.set(where, element);
    else this.guests.delete(where);
    this.rebuild();
  }

  /** The other plane becomes the large one. */
  makeMain(plane: Plane): void {
    this.order = [plane, ...this.order.filter((other) => other !== plane)];
    this.rebuild();
  }

  nextMain(): void {
    this.makeMain(this.order[1] ?? this.main);
  }

  nextLayout(): void {
    this.layout = LAYOUTS[(LAYOUTS.indexOf(this.layout) + 1) % LAYOUTS.length]!;
    this.rebuild();
  }

  setVoxels(voxels: Int16Array, there: Span): void {
    this.grey.voxels = voxels;
    this.grey.there = this.scene.there = there;
    this.scene.image = this.picture ?? this.grey;
    this.redraw({ grey: true, labels: true });
  }

  /** Shows another picture than the grey one, or the grey one again. */
  setPicture(picture: Painter | null): void {
    this.picture = picture;
    if (this.scene.image) this.scene.image = picture ?? this.grey;
    this.redraw({ grey: true });
  }

  setLabels(labels: LabelArray): void {
    this.scene.labels = labels;
    this.redraw({ labels: true });
  }

  setMarks(marks: readonly Mark[]): void {
    this.rail.setMarks(marks);
    this.redraw();
  }

  /** Whether a slice index that grows goes up (1) or down (-1) where slices lie as they were sent. */
  get sliceStep(): number {
    return this.order.find((plane) => plane.fixed === 2)?.upStep ?? 1;
  }

  moveToSlice(slice: number): void {
    const [column, row] = this.scene.index;
    this.moveTo([column, row, slice]);
  }

  setWindow(next: Window): void {
    this.window = next;
    this.grey.setWindow(next);
    this.config.onwindow(next);
    this.redraw({ grey: true });
  }

  moveTo(index: Triple): void {
    this.scene.index = nearestVoxel(this.grid, index);
    this.redraw();
  }

  /** Moves towards the head, the front or the left for `up` above 0. */
  step(up: number, plane = this.main): void {
    this.moveAlong(plane.fixed, this.scene.index[plane.fixed] + up * plane.upStep);
  }

  private moveAlong(axis: Axis, to: number): void {
    const index: [number, number, number] = [...this.scene.index];
    index[axis] = to;
    this.moveTo(index);
  }

  /** Lets the reader type the number of a slice. */
  askSlice(): void {
    this.rail.ask();
  }

  /** To the uppermost slice for true, the lowest for false. */
  end(up: boolean): void {
    this.step(up ? this.main.count : -this.main.count);
  }

  /** All of the image on every plane. */
  fit(): void {
    this.views.forEach((view) => view.show(WHOLE));
    this.kept.clear();
    this.redraw();
  }

  /** A box of voxels in the middle of every plane, as large as it goes. */
  fitTo(box: Box): void {
    this.views.forEach((view) => view.show(fitted(view.plane, view.extent, box)));
    this.redraw();
  }

  zoomBy(factor: number): void {
    this.mainView.zoomBy(factor);
  }

  redraw(stale: Stale = {}): void {
    for (const view of this.views) {
      if (stale.on && !stale.on(view.plane, view.slice)) continue;
      view.invalidate(stale);
      this.due.add(view);
    }
    this.drawSoon();
  }

  private drawSoon(): void {
    this.frame ||= requestAnimationFrame(() => this.drawDue());
  }

  private drawDue(): void {
    this.frame = 0;
    const now = this.begun || !this.scene.image ? [...this.due] : [this.mainView];
    for (const view of now) {
      view.draw();
      this.due.delete(view);
    }
    this.begun ||= this.scene.image !== null;
    this.viewer.setAttribute("aria-label", this.rail.show(this.main, this.scene.index[this.main.fixed]));
    this.follow();
    // Of an image that is on its way they have hardly a line yet, and are drawn with what comes next.
    if (this.due.size > 0 && this.scene.there === EVERYTHING) this.drawSoon();
  }

  private follow(): void {
    this.followers.forEach((follower) => follower());
  }

  private describe(index: Triple): string {
    const at = this.grid.offset(...index);
    const label = this.scene.labels?.[at] ?? 0;
    const name = label ? (this.scene.display.styleOf(label)?.label ?? text("viewing.label", { number: label })) : "";
    const { unit } = this.config;
    const value = this.grey.valueAt(at) + (unit && " " + unit);
    return [this.placeOf(index), value, name, ...this.probes.map((probe) => probe(index))].filter(Boolean).join("  ·  ");
  }

  /** Pixels where there is no patient space, from 1 as frames are counted. */
  private placeOf(index: Triple): string {
    if (this.grid.flat) return text("viewing.pixel", { column: index[0] + 1, row: index[1] + 1 });
    const [x, y, z] = this.grid.toPatient(index).map((mm) => mm.toFixed(1));
    return "L " + x + "  P " + y + "  H " + z + " mm";
  }
}

const middleOf = ({ sizes }: Grid): Triple => [sizes[0] >> 1, sizes[1] >> 1, sizes[2] >> 1];
