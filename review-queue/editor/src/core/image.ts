// The image that is read, beside its labels.

import type { Grid } from "./grid.ts";

/** Sent values on their grid; rescaled value = sent value x slope + intercept. */
export interface ImageVolume {
  readonly grid: Grid;
  readonly values: Int16Array;
  readonly slope: number;
  readonly intercept: number;
}

/** Least and largest sent value that a tool may touch. */
export interface ValueRange {
  readonly least: number;
  readonly largest: number;
}

/** The sent values that lie between two rescaled ones; slopes below nought turn them round. */
export function sentRange(image: ImageVolume, least: number, largest: number): ValueRange {
  const ends = [(least - image.intercept) / image.slope, (largest - image.intercept) / image.slope].sort((a, b) => a - b);
  return { least: Math.ceil(ends[0]! - 1e-6), largest: Math.floor(ends[1]! + 1e-6) };
}

export const rescaled = (image: ImageVolume, sent: number): number => sent * image.slope + image.intercept;
