// Correcting a case: the pen over the planes, the history, and the journal that brings each step to the server.

import { api } from "./api.ts";
import { LabelVolume } from "../core/labels.ts";
import { EditSession } from "../core/session.ts";
import { Workbench } from "../editing/workbench.ts";
import { Courier } from "../journal/courier.ts";
import { openShelf, passingShelf } from "../journal/shelf.ts";
import { fromWire, toWire } from "../journal/wire.ts";
import { PenSettings } from "./pen-settings.js";

export class Editing {
  /** @type {any} */
  courier;

  /**
   * @param image values on their grid with slope and intercept
   * @param labels as they were proposed; they are changed
   */
  static async begin({ task, reader, image, labels, planes, onchange, onsituation }) {
    const editing = new Editing({ task, image, labels, planes, onchange });
    await editing.catchUp(reader, onsituation);
    planes.addHand(editing);
    planes.addLayer(editing);
    return editing;
  }

  constructor({ task, image, labels, planes, onchange }) {
    this.task = task;
    this.planes = planes;
    this.onchange = onchange;
    this.settings = new PenSettings();
    this.pen = null;
    this.segment = 0;
    const highest = Math.max(...task.schema.segments.map((segment) => segment.number));
    this.volume = new LabelVolume(image.grid, labels, highest);
    this.session = new EditSession(this.volume, () => Date.now(), (entry) => this.courier.take(toWire(entry)));
    this.bench = new Workbench(this.session, image, () => performance.now(), (delta) => this.changed(delta));
  }

  /** Does again what the journal holds, and then what only this browser still has. */
  async catchUp(reader, onsituation) {
    const shelf = await openShelf(reader, this.task.id).catch(() => passingShelf());
    const { entries } = await api.journal(this.task.id);
    this.session.replay(entries.map(fromWire));
    const left = (await shelf.all()).filter((entry) => entry.number > entries.length);
    const config = {
      shelf,
      send: async (parcel) => (await api.keepSteps(this.task.id, parcel)).last,
      failure: (thrown) => ({ passing: !(thrown.status >= 400 && thrown.status < 500) || thrown.status === 429, message: thrown.message }),
      wait: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
      changed: onsituation,
    };
    this.courier = new Courier(config, entries.length);
    this.session.replay(left.map(fromWire));
    left.forEach((entry) => this.courier.take(entry));
  }

  get active() {
    return this.pen !== null;
  }

  choose(pen) {
    this.bench.drop();
    this.pen = pen === this.pen ? null : pen;
    this.redraw();
    return this.pen;
  }

  undo() {
    return this.bench.undo();
  }

  redo() {
    return this.bench.redo();
  }

  /** A tool that works on the whole segment, or on the slice that is seen. */
  atOnce(tool, ...rest) {
    if (this.segment === 0) return;
    this.bench[tool](this.segment, ...rest, this.settings.onSlice ? { fixed: this.plane.fixed, slice: this.slice } : "volume", this.settings.rules);
  }

  copySlice(up) {
    const to = this.slice + up * this.plane.upStep;
    if (this.segment === 0 || to < 0 || to >= this.plane.count) return;
    this.bench.copySlice(this.segment, this.plane.fixed, this.slice, to, this.settings.rules);
    this.planes.step(up);
  }

  /** Anew between the slices of the large plane that were painted on by hand. */
  interpolate() {
    if (this.segment === 0) return;
    this.bench.interpolate(this.segment, this.plane.fixed, this.session.slicesDrawn(this.segment, this.plane.fixed), this.settings.rules);
  }

  get plane() {
    return this.planes.main;
  }

  get slice() {
    return this.planes.scene.index[this.plane.fixed];
  }

  changed(delta) {
    this.redraw({ labels: true });
    this.onchange(delta);
  }

  redraw(stale = {}) {
    this.planes.redraw(stale);
  }

  // What the planes call.

  press(view, event) {
    if (!this.active || this.segment === 0) return false;
    this.bench.press(this.pen, this.segment, this.settings.now(), at(view, event));
    this.redraw({ labels: true });
    return true;
  }

  move(view, event) {
    this.hovering = { view, place: view.placeAt(event) };
    if (this.bench.busy) {
      const passed = event.getCoalescedEvents?.() ?? [];
      for (const one of passed.length ? passed : [event]) this.bench.drag(at(view, one));
    }
    if (this.active) this.redraw({ labels: this.bench.busy });
  }

  lift() {
    if (this.bench.busy) this.bench.lift();
    this.redraw({ labels: true });
  }

  cancel() {
    this.bench.drop();
    this.redraw({ labels: true });
  }

  leave() {
    this.hovering = null;
    this.redraw();
  }

  /** Shift and wheel: the size of the brush. */
  wheel(event) {
    if (!this.active) return false;
    this.settings.resize(event.deltaY + event.deltaX < 0 ? 1.15 : 1 / 1.15);
    this.redraw();
    return true;
  }

  /** The brush under the pointer, or the border that is being drawn. */
  draw(view, context, place) {
    if (!this.active || this.hovering?.view !== view) return;
    const ratio = window.devicePixelRatio || 1;
    context.save();
    context.setTransform(place.scaleX, 0, 0, place.scaleY, place.left, place.top);
    context.beginPath();
    if (this.settings.isRound(this.pen)) {
      const [u, v] = this.hovering.place;
      context.ellipse(u, v, this.settings.radius / view.plane.pixelWidth, this.settings.radius / view.plane.pixelHeight, 0, 0, 2 * Math.PI);
    } else {
      this.bench.border.forEach(([u, v], at) => (at === 0 ? context.moveTo(u, v) : context.lineTo(u, v)));
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const [colour, width] of [["#000", 3], ["#ffd479", 1.4]]) {
      context.strokeStyle = colour;
      context.lineWidth = width * ratio;
      context.stroke();
    }
    context.restore();
  }
}

const at = (view, event) => ({ plane: view.plane, slice: view.slice, place: view.placeAt(event) });
