// Whether somebody is at work here: the honest measure of effort, and when to let go of a lease.

const PAUSE = 60_000;

export class Activity {
  constructor(now = () => Date.now()) {
    this.now = now;
    this.last = now();
    this.millis = 0;
    this.note = () => this.touch();
    for (const kind of ["pointermove", "pointerdown", "keydown", "wheel"]) addEventListener(kind, this.note, { passive: true, capture: true });
  }

  /** Time between two inputs counts if it is shorter than a minute and the page was in front. */
  touch() {
    const now = this.now();
    const between = now - this.last;
    if (between < PAUSE && document.visibilityState === "visible") this.millis += between;
    this.last = now;
  }

  get idleMillis() {
    return this.now() - this.last;
  }

  stop() {
    for (const kind of ["pointermove", "pointerdown", "keydown", "wheel"]) removeEventListener(kind, this.note, { capture: true });
  }
}
