// What the server answers on what became of a case, and how it is asked.

import type { Finding } from "../../core/finding.ts";
import type { Grid } from "../../core/grid.ts";
import { LabelRuns } from "../../core/label-runs.ts";
import type { LabelArray } from "../../core/labels.ts";
import { text } from "../../texts/texts.ts";
import { ApiError, json, send, taskPath } from "../api.ts";
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
  /** A draft is of whoever holds the case now; it has no number and no decisions yet. */
  readonly standing: "SUBMITTED" | "ACCEPTED" | "UNDONE" | "SIDE" | "DRAFT";
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

/** How far the reader is who holds a case. */
export interface Draft {
  readonly reader: string;
  readonly at: string;
  readonly steps: number;
  readonly effort: Effort;
  readonly findings: readonly Finding[];
}

export interface History {
  readonly entries: readonly HistoryEntry[];
  readonly revisions: readonly Revision[];
}

/** What a draft has for an id. */
const DRAFT = "draft";

const revisionPath = (task: string, revision: string, rest = ""): string => taskPath(task, (revision === DRAFT ? "/" : "/revisions/") + encodeURIComponent(revision) + rest);

/** A draft as a revision that is still to come. */
const coming = ({ reader, at, effort, findings }: Draft): Revision => ({
  id: DRAFT,
  number: 0,
  standing: "DRAFT",
  author: reader,
  at,
  decisions: [],
  voxels: {},
  effort,
  findings,
});

export const answers = {
  /** @param drafts whether it may be seen how far somebody else is */
  async history(task: string, drafts: boolean, signal: AbortSignal): Promise<History> {
    const history = await json<History>("GET", taskPath(task, "/history"), { signal });
    const draft = drafts ? await answers.draft(task, signal) : null;
    return draft ? { ...history, revisions: [...history.revisions, draft] } : history;
  },

  async draft(task: string, signal: AbortSignal): Promise<Revision | null> {
    try {
      return coming(await json<Draft>("GET", revisionPath(task, DRAFT), { signal }));
    } catch (failure) {
      if (failure instanceof ApiError && failure.code === "NO_DRAFT") return null;
      throw failure;
    }
  },

  async revision(task: string, revision: string, signal: AbortSignal): Promise<Revision> {
    if (revision !== DRAFT) return json<Revision>("GET", revisionPath(task, revision), { signal });
    const draft = await answers.draft(task, signal);
    if (!draft) throw new Error(text("history.no-draft"));
    return draft;
  },

  async labels(task: string, revision: string, grid: Grid, highest: number, signal: AbortSignal): Promise<LabelArray> {
    const response = await send("GET", revisionPath(task, revision, "/label-runs"), { signal });
    return new LabelRuns(grid, new Uint8Array(await response.arrayBuffer()), highest).all();
  },
};
