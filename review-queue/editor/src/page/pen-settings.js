// What the pens are set to; kept in this browser.

const KEY = "firstpass.pen";
const SMALLEST = 0.5;
const LARGEST = 100;
const ROUND = ["brush", "eraser", "threshold-brush"];

export class PenSettings {
  constructor() {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    this.radius = kept.radius ?? 5;
    this.ball = kept.ball ?? false;
    this.onSlice = kept.onSlice ?? true;
    this.least = kept.least ?? 0;
    this.largest = kept.largest ?? 200;
    this.tolerance = kept.tolerance ?? 40;
    this.overwrite = kept.overwrite ?? "all";
    this.locked = new Set();
    this.onchange = () => {};
  }

  set(changes) {
    Object.assign(this, changes);
    this.radius = Math.min(LARGEST, Math.max(SMALLEST, this.radius));
    const { radius, ball, onSlice, least, largest, tolerance, overwrite } = this;
    localStorage.setItem(KEY, JSON.stringify({ radius, ball, onSlice, least, largest, tolerance, overwrite }));
    this.onchange();
  }

  resize(factor) {
    this.set({ radius: this.radius * factor });
  }

  toggleLock(segment) {
    if (!this.locked.delete(segment)) this.locked.add(segment);
    this.onchange();
  }

  isRound(pen) {
    return ROUND.includes(pen);
  }

  get rules() {
    return { locked: this.locked, overwrite: this.overwrite };
  }

  /** As the workbench takes them, for one stroke. */
  now() {
    const { radius, ball, onSlice, least, largest, tolerance } = this;
    return { radius, ball, onSlice, tolerance, range: { least, largest }, rules: { locked: new Set(this.locked), overwrite: this.overwrite } };
  }
}
