// Which frame of a loop is shown when.

/** How often a second frames change if the image does not say it. */
export const USUAL_RATE = 15;

export interface Moment {
  readonly frame: number;
  /** For how long it has been shown already, in ms. */
  readonly since: number;
}

/**
 * The frame after some time; after the last comes the first.
 *
 * @param millis how long each frame is shown, at least one, all above nought
 */
export function later(millis: readonly number[], { frame, since }: Moment, elapsed: number): Moment {
  const loop = millis.reduce((sum, one) => sum + one, 0);
  let at = frame;
  let left = (since + elapsed) % loop;
  // Whatever the remainder, less than one loop is left to go through.
  for (let step = 0; step < millis.length && left >= millis[at]!; step++) {
    left -= millis[at]!;
    at = (at + 1) % millis.length;
  }
  return { frame: at, since: left };
}

/** The times that the image states, or the usual ones, at so many times the speed. */
export function frameTimes(stated: readonly number[], frames: number, speed: number): number[] {
  const usual = 1000 / USUAL_RATE;
  return Array.from({ length: frames }, (_, frame) => (stated[frame] ?? usual) / speed);
}

/** Frames a second, of all frames together. */
export function rateOf(millis: readonly number[]): number {
  return (1000 * millis.length) / millis.reduce((sum, one) => sum + one, 0);
}
