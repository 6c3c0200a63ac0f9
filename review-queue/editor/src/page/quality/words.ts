// Figures in words: numbers with their unit, days, and names, as people of the chosen language read them.

import { type TextKey, isText, language, text } from "../../texts/texts.ts";
import type { Chart, Curve, VerdictName } from "./figures.ts";
import type { FilterName, Grouping } from "./query.ts";

const VERDICT_TEXTS: Readonly<Record<VerdictName, TextKey>> = {
  ACCEPT: "quality.accepted",
  MINOR: "quality.minor",
  MAJOR: "quality.major",
  REJECT: "quality.rejected",
  MISSING: "quality.missing",
  NOT_ASSESSABLE: "quality.not-assessable",
}

export const verdictWord = (verdict: VerdictName): string => text(VERDICT_TEXTS[verdict]);

export const groupingWord = (by: Grouping | FilterName): string => text(("quality.by-" + by) as TextKey);

export const nameWord = (name: string): string => name || text("quality.unknown");

/** What a curve is called: its verdict, its name, or everything. */
export function curveWord(curve: Curve, by: Grouping): string {
  if (curve.verdict) return verdictWord(curve.verdict);
  return by === "none" ? text("quality.together") : nameWord(curve.name);
}

const TITLES: Readonly<Record<Chart["kind"], TextKey>> = {
  shares: "quality.shares",
  accepted: "quality.accepted-by",
  dice: "quality.dice",
  surface: "quality.surface-dice",
  path: "quality.added-path",
  time: "quality.active",
}

export const titleOf = (chart: Chart, by: Grouping): string => text(chart.kind === "time" && by === "segment" ? "quality.drawing" : TITLES[chart.kind]);

const number = (value: number, digits: number): string => value.toLocaleString(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function valueWord(value: number | null | undefined, unit: Chart["unit"]): string {
  if (value === null || value === undefined) return "–";
  switch (unit) {
    case "percent":
      return number(value, 0) + " " + text("quality.percent");
    case "ratio":
      return number(value, 3);
    case "mm":
      return number(value, value < 1 ? 2 : 1) + " " + text("quality.mm");
    case "seconds":
      return number(value, value < 10 ? 1 : 0) + " " + text("quality.seconds");
  }
}

/** The tool as its button is called; an older one keeps the name that the journal has. */
export function toolWord(tool: string): string {
  const key = "tool." + tool;
  return isText(key) ? text(key) : tool;
}

export const countWord = (value: number | null | undefined): string => (value === null || value === undefined ? "–" : number(value, 0));

export const dayWord = (day: string): string => new Date(day + "T00:00:00Z").toLocaleDateString(language(), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

export const momentWord = (iso: string): string => new Date(iso).toLocaleString(language(), { dateStyle: "medium", timeStyle: "short" });
