// What the server answers on quality, and how it is asked.

import { json, send } from "../api.ts";
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

/** A figure of a group before and after it became worse; the larger, the worse. */
export interface Evidence {
  readonly measure: "NOT_ACCEPTED" | "DICE_LOST" | "ADDED_PATH" | "ACTIVE_TIME";
  readonly reference: number;
  readonly referenceCases: number;
  readonly recent: number;
  readonly recentCases: number;
  readonly low: number;
  readonly high: number;
}

export interface Alarm {
  readonly id: string;
  readonly raised: string;
  readonly group: { readonly protocol: string; readonly axis: string; readonly name: string };
  readonly since: string;
  readonly versions: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly worst: readonly string[];
  readonly acknowledged?: { readonly by: string; readonly at: string; readonly note: string } | null;
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
  alarms: async (signal: AbortSignal) => (await json<{ alarms: Alarm[] }>("GET", "/api/quality/alarms?limit=10", { signal })).alarms,
  acknowledge: (alarm: string, note: string) => send("POST", "/api/quality/alarms/" + encodeURIComponent(alarm) + "/acknowledge", { json: { note } }),
  one: (correction: string, signal: AbortSignal) => json<CaseDetail>("GET", "/api/quality/cases/" + encodeURIComponent(correction), { signal }),
};
