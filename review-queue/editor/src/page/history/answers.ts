// What the server answers on what became of a case, and how it is asked.

import type { Finding } from "../../core/finding.ts";
import type { Grid } from "../../core/grid.ts";
import type { LabelArray } from "../../core/labels.ts";
import { json, streamed, taskPath } from "../api.ts";
import { LabelReading } from "../label-reading.ts";
import type { VerdictName } from "../quality/figures.ts";

export type HistoryKind = "CLAIMED" | "RELEASED" | "HANDED_OVER" | "SUBMITTED" | "UNDONE" | "ACCEPTED" | "RETURNED" | "DISCONTINUED" | "FLAGGED" | "UNFLAGGED";

/** Something that happened to a case; without names where they are not for the user. */
export interface HistoryEntry {
  readonly kind: HistoryKind;
  readonly at: string;
  readonly by?: string | null;
  readonly to?: string | null;
  readonly words?: string | null;
}

export interface SegmentDecision {
  readonly segmentNumber: number;
  readonly verdict: VerdictName;
  readonly voxelsAdded: number;
  readonly voxelsRemoved: number;
  readonly diceToProposal: number;
}

export interface Effort {
  readonly edits: number;
  readonly undos: number;
  readonly drawingMillis: number;
  readonly tools: readonly { readonly tool: string; readonly edits: number; readonly drawingMillis: number }[];
}

export interface Revision {
  readonly id: string;
  readonly number: number;
  readonly standing: "SUBMITTED" | "ACCEPTED" | "UNDONE" | "SIDE";
  readonly author?: string | null;
  readonly at: string;
  readonly decisions: readonly SegmentDecision[];
  readonly voxels: Readonly<Record<string, number>>;
  /** Absent where it is not for the user, as the effort. */
  readonly activeMillis?: number | null;
  readonly effort?: Effort | null;
  /** Only of a revision that was asked for alone. */
  readonly findings?: readonly Finding[] | null;
}

export interface History {
  readonly entries: readonly HistoryEntry[];
  readonly revisions: readonly Revision[];
}

const revisionPath = (task: string, revision: string, rest = ""): string => taskPath(task, "/revisions/" + encodeURIComponent(revision) + rest);

export const answers = {
  history: (task: string, signal: AbortSignal) => json<History>("GET", taskPath(task, "/history"), { signal }),
  revision: (task: string, revision: string, signal: AbortSignal) => json<Revision>("GET", revisionPath(task, revision), { signal }),

  async labels(task: string, revision: string, grid: Grid, highest: number, signal: AbortSignal): Promise<LabelArray> {
    const reading = new LabelReading(grid.voxels, highest);
    await streamed(revisionPath(task, revision, "/labels"), reading.bytes, signal, (piece, from) => reading.take(piece, from));
    return reading.labels;
  },
};
