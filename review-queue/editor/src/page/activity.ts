// Whether somebody is at work here: the honest measure of effort, and when to let go of a lease.

const PAUSE = 60_000;
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

export class Activity {
  private readonly now: () => number;
  private last: number;
  private active = 0;
  private readonly note = () => this.touch();

  constructor(now = () => Date.now()) {
    this.now = now;
    this.last = now();
    for (const sign of SIGNS) addEventListener(sign, this.note, { passive: true, capture: true });
  }

  /** Time between two inputs counts if it is shorter than a minute and the page was in front. */
  touch(): void {
    const now = this.now();
    const between = now - this.last;
    if (between < PAUSE && document.visibilityState === "visible") this.active += between;
    this.last = now;
  }

  get millis(): number {
    return this.active;
  }

  get idleMillis(): number {
    return this.now() - this.last;
  }

  stop(): void {
    for (const sign of SIGNS) removeEventListener(sign, this.note, { capture: true });
  }
}
