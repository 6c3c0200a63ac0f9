// Plays the frames of a loop in their time.

import { type Moment, frameTimes, later, rateOf } from "../core/cine.ts";

export class Loop {
  private readonly stated: readonly number[];
  private readonly frames: number;
  private readonly show: (frame: number) => void;
  private times: readonly number[];
  private moment: Moment = { frame: 0, since: 0 };
  private last: number | null = null;
  private request = 0;
  private pace = 1;

  /** @param stated how long each frame is shown, in ms; empty if the image does not say it */
  constructor(stated: readonly number[], frames: number, show: (frame: number) => void) {
    this.stated = stated;
    this.frames = frames;
    this.show = show;
    this.times = frameTimes(stated, frames, 1);
  }

  get playing(): boolean {
    return this.request !== 0;
  }

  get speed(): number {
    return this.pace;
  }

  /** Frames a second. */
  get rate(): number {
    return rateOf(this.times);
  }

  setSpeed(speed: number): void {
    this.pace = speed;
    this.times = frameTimes(this.stated, this.frames, speed);
    this.moment = { frame: this.moment.frame, since: 0 };
  }

  play(from: number): void {
    this.stop();
    this.moment = { frame: from, since: 0 };
    this.last = null;
    this.request = requestAnimationFrame((now) => this.tick(now));
  }

  stop(): void {
    cancelAnimationFrame(this.request);
    this.request = 0;
  }

  private tick(now: number): void {
    const before = this.moment.frame;
    this.moment = later(this.times, this.moment, this.last === null ? 0 : now - this.last);
    this.last = now;
    if (this.moment.frame !== before) this.show(this.moment.frame);
    this.request = requestAnimationFrame((next) => this.tick(next));
  }
}
