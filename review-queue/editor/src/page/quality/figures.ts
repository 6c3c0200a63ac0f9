// Figures of the server as curves and tables: what is a curve, its name, and its value at each span of time.

import type { Query } from "./query.ts";

export const VERDICTS = ["ACCEPT", "MINOR", "MAJOR", "REJECT", "MISSING", "NOT_ASSESSABLE"] as const;
export type VerdictName = (typeof VERDICTS)[number];

export interface Figure {
  /** The first day of the span. */
  readonly start: string;
  readonly name: string;
  readonly cases: number;
  readonly verdicts: Readonly<Record<VerdictName, number>>;
  readonly dice?: number | null;
  readonly surfaceDice?: number | null;
  readonly addedPathMm?: number | null;
  readonly activeSeconds?: number | null;
  readonly drawingSeconds?: number | null;
  readonly edits?: number | null;
}

export interface Point {
  readonly start: string;
  readonly cases: number;
  /** Null where it is not known. */
  readonly value: number | null;
}

export interface Curve {
  readonly name: string;
  /** A curve of one verdict has its name instead. */
  readonly verdict?: VerdictName;
  readonly points: readonly Point[];
}

export interface Chart {
  readonly kind: "shares" | "accepted" | "dice" | "surface" | "path" | "time";
  readonly unit: "percent" | "mm" | "seconds" | "ratio";
  readonly curves: readonly Curve[];
}

export const segmentsOf = (figure: Figure): number => VERDICTS.reduce((sum, verdict) => sum + figure.verdicts[verdict], 0);

const share = (figure: Figure, verdict: VerdictName): number | null => {
  const all = segmentsOf(figure);
  return all ? (100 * figure.verdicts[verdict]) / all : null;
};

/** The names in the order of their cases, most first. */
function names(figures: readonly Figure[]): string[] {
  const cases = new Map<string, number>();
  for (const { name, cases: count } of figures) cases.set(name, (cases.get(name) ?? 0) + count);
  return [...cases].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([name]) => name);
}

function curves(figures: readonly Figure[], value: (figure: Figure) => number | null | undefined): Curve[] {
  return names(figures).map((name) => ({
    name,
    points: figures.filter((one) => one.name === name).map((one) => ({ start: one.start, cases: one.cases, value: value(one) ?? null })),
  }));
}

/** What there is to see in the figures, chart by chart. */
export function charts(figures: readonly Figure[], by: Query["by"]): Chart[] {
  const time = by === "segment" ? (figure: Figure) => figure.drawingSeconds : (figure: Figure) => figure.activeSeconds;
  const first: Chart =
    by === "none"
      ? {
          kind: "shares",
          unit: "percent",
          curves: VERDICTS.map((verdict) => ({
            name: "",
            verdict,
            points: figures.map((one) => ({ start: one.start, cases: one.cases, value: share(one, verdict) })),
          })).filter(({ points }) => points.some(({ value }) => value)),
        }
      : { kind: "accepted", unit: "percent", curves: curves(figures, (one) => share(one, "ACCEPT")) };
  return [
    first,
    { kind: "dice", unit: "ratio", curves: curves(figures, (one) => one.dice) },
    { kind: "surface", unit: "ratio", curves: curves(figures, (one) => one.surfaceDice) },
    { kind: "path", unit: "mm", curves: curves(figures, (one) => one.addedPathMm) },
    { kind: "time", unit: "seconds", curves: curves(figures, time) },
  ];
}

/** The first days of all spans, in order. */
export const spans = ({ curves: all }: Chart): string[] => [...new Set(all.flatMap(({ points }) => points.map(({ start }) => start)))].sort();

export const at = ({ points }: Curve, start: string): Point | undefined => points.find((one) => one.start === start);

/** Times in seconds and one list of values per curve, with nulls where a curve has none. */
export function aligned(chart: Chart, drawn: readonly Curve[]): [number[], ...(number | null)[][]] {
  const starts = spans(chart);
  return [starts.map((start) => Date.parse(start + "T00:00:00Z") / 1000), ...drawn.map((curve) => starts.map((start) => at(curve, start)?.value ?? null))];
}
