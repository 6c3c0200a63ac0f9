// What a finding measures, in words.

import type { MarkMeasure } from "../core/mark.ts";
import { language, text } from "../texts/texts.ts";

export interface Units {
  /** Whether distances are mm, and not pixels of an image that nobody calibrated. */
  readonly millimetres: boolean;
  /** What values are, with a space before it; empty if that is not known. */
  readonly value: string;
}

/** Below this area, in mm², a digit behind the point is worth its place. */
const FINE_AREA = 100;

const number = (value: number, digits: number): string => value.toLocaleString(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });

/** Whole where values are. */
const valueText = (value: number): string => number(value, Number.isInteger(value) ? 0 : 1);

/** The length or the area alone, or the value of a point; empty if it measures none. */
export function shortMeasure({ length, area, value }: MarkMeasure, units: Units): string {
  if (length !== undefined) return text(units.millimetres ? "marks.mm" : "marks.pixels", { length: number(length, 1) });
  if (area) return text(units.millimetres ? "marks.mm2" : "marks.pixels2", { area: number(area.area, area.area < FINE_AREA ? 1 : 0) });
  return value === undefined ? "" : text("marks.value", { value: valueText(value), unit: units.value });
}

/** All of it. */
export function measureText(measure: MarkMeasure, units: Units): string {
  const short = shortMeasure(measure, units);
  const { area } = measure;
  if (!area || !Number.isFinite(area.mean)) return short;
  const values = { mean: number(area.mean, 1), deviation: number(area.deviation, 1), unit: units.value, least: valueText(area.least), largest: valueText(area.largest) };
  return short + " · " + text("marks.values", values);
}
