// What the server answers on quality, and how it is asked.

import { json } from "../api.ts";
import type { Figure, VerdictName } from "./figures.ts";
import { type FilterName, type Query, writeQuery } from "./query.ts";

export type Scope = "OWN" | "WITHOUT_NAMES" | "ALL";

export interface Choices extends Readonly<Record<`${Exclude<FilterName, "reader">}s` | "readers", readonly string[]>> {
  readonly scope: Scope;
}

export interface ToolUse {
  readonly tool: string;
  readonly edits: number;
  readonly drawingSeconds: number;
}

export interface CaseFigure {
  readonly task: string;
  readonly correction: string;
  readonly at: string;
  readonly reader?: string | null;
  readonly version: string;
  readonly scanner: string;
  readonly protocol: string;
  readonly activeSeconds: number;
  readonly edits?: number | null;
  readonly dice?: number | null;
  readonly addedPathMm?: number | null;
  readonly verdicts: Readonly<Partial<Record<VerdictName, number>>>;
}

export interface SegmentFigure {
  readonly label: string;
  readonly verdict: VerdictName;
  readonly dice: number;
  readonly surfaceDice?: number | null;
  readonly meanDistanceMm?: number | null;
  readonly addedPathMm?: number | null;
  readonly edits?: number | null;
  readonly drawingSeconds?: number | null;
}

export interface CaseDetail {
  readonly case: CaseFigure;
  readonly series: string;
  readonly undos?: number | null;
  readonly segments: readonly SegmentFigure[];
  readonly tools: readonly ToolUse[];
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

function parameters(query: Query): string {
  const written = writeQuery(query);
  written.delete("cases");
  written.set("zone", zone());
  return "?" + written;
}

export const csvPath = (query: Query): string => "/api/quality/figures.csv" + parameters(query);

export const answers = {
  choices: (signal: AbortSignal) => json<Choices>("GET", "/api/quality/choices", { signal }),
  figures: async (query: Query, signal: AbortSignal) => (await json<{ figures: Figure[] }>("GET", "/api/quality/figures" + parameters(query), { signal })).figures,
  tools: async (query: Query, signal: AbortSignal) => (await json<{ tools: ToolUse[] }>("GET", "/api/quality/tools" + parameters(query), { signal })).tools,
  cases: (query: Query, signal: AbortSignal) => json<{ cases: CaseFigure[]; more: boolean }>("GET", "/api/quality/cases" + parameters(query) + "&page=" + query.cases, { signal }),
  one: (correction: string, signal: AbortSignal) => json<CaseDetail>("GET", "/api/quality/cases/" + encodeURIComponent(correction), { signal }),
};
