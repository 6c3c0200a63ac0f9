// From stored value to grey: PS3.3 C.11.2.1.2.1, the linear function of window centre and width.

import { type TextKey, text } from "../texts/texts.ts";

/** Of rescaled values. */
export interface Window {
  /** Empty if it is nobody's preset. */
  readonly name: string;
  readonly level: number;
  readonly width: number;
}

/** Rescaled value = sent value x slope + intercept. */
export interface Scale {
  readonly slope: number;
  readonly intercept: number;
}

/** The least and the largest rescaled value. */
export interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

const CT: readonly (readonly [TextKey, number, number])[] = [
  ["window.soft", 40, 400],
  ["window.liver", 90, 160],
  ["window.lung", -600, 1500],
  ["window.bone", 400, 1800],
  ["window.brain", 40, 80],
];

/** Uptake from nought to so much. */
const UPTAKE = [5, 7, 10, 20] as const;

/** What an image says of itself, for its window. */
export interface Shown {
  readonly modality: string | null;
  /** Of shown values. */
  readonly unit: string;
  /** The one that the image states, in shown values. */
  readonly stated: { readonly level: number; readonly width: number } | null;
}

/** Presets by modality, before them the one that the protocol asks for. */
export function presets({ modality, unit, stated }: Shown, range: Range, wished?: { readonly level: number; readonly width: number } | null): Window[] {
  const full = fullRange(range);
  const known = [...usual(modality, unit), ...(stated && modality !== "CT" && unit !== "SUV" ? [{ name: text("window.stated"), ...stated }] : []), full];
  if (!wished) return known;
  const { level, width } = wished;
  const same = known.find((one) => one.level === level && one.width === width);
  return [same ?? { name: text("window.protocol"), level, width }, ...known.filter((one) => one !== same)];
}

function usual(modality: string | null, unit: string): Window[] {
  if (modality === "CT") return CT.map(([key, level, width]) => ({ name: text(key), level, width }));
  if (unit === "SUV") return UPTAKE.map((most) => ({ name: text("window.uptake", { most }), level: most / 2, width: most }));
  return [];
}

export function fullRange({ minimum, maximum }: Range): Window {
  return spanning(text("window.full"), minimum, maximum, 1);
}

const SAMPLES = 50_000;
const OUTLIERS = 0.01;

/** The window that shows all but the darkest and brightest percent, from a sample of the voxels. */
export function autoWindow(voxels: Int16Array, { slope, intercept }: Scale): Window {
  const step = Math.max(1, Math.floor(voxels.length / SAMPLES));
  const sample = new Int16Array(Math.floor((voxels.length - 1) / step) + 1);
  for (let at = 0; at < sample.length; at++) sample[at] = voxels[at * step]!;
  sample.sort();
  const low = sample[Math.floor(sample.length * OUTLIERS)]!;
  const high = sample[Math.min(sample.length - 1, Math.floor(sample.length * (1 - OUTLIERS)))]!;
  return spanning(text("window.automatic"), low * slope + intercept, high * slope + intercept, slope);
}

/**
 * 65536 greys for the sent values -32768 to 32767. The window is of rescaled values; `scale.slope` is one step of
 * the sent value, which is what the standard's function takes off the width.
 */
export function greys({ level, width }: Pick<Window, "level" | "width">, scale: Scale, table = new Uint8ClampedArray(65536)): Uint8ClampedArray {
  const steps = width / scale.slope;
  const centre = (level - scale.intercept) / scale.slope;
  const rise = 255 / Math.max(1, steps - 1);
  const offset = 127.5 - (centre - 0.5) * rise;
  for (let at = 0; at < 65536; at++) table[at] = (at - 32768) * rise + offset;
  return table;
}

/** The window after a drag: right is wider, down is higher; wide windows move faster. */
export function dragged({ level, width }: Pick<Window, "level" | "width">, dx: number, dy: number, { slope }: Pick<Scale, "slope">): Window {
  const speed = Math.max(slope / 4, width / 400);
  return { name: "", level: level + dy * speed, width: Math.max(2 * slope, width + dx * speed) };
}

function spanning(name: string, low: number, high: number, step: number): Window {
  return { name, level: (low + high + step) / 2, width: Math.max(2 * step, high - low + step) };
}
