// What the server answers: the shapes that /openapi.json describes.

import type { AskedFinding } from "../core/asked.ts";
import type { GridDescription } from "../core/grid.ts";
import type { Hanging } from "../core/hanging.ts";
import type { Media, Space } from "../core/media.ts";
import type { SaidVerdict } from "../core/verdict.ts";
import type { WireEntry } from "../journal/wire.ts";

export type Role = "RADIOLOGIST" | "LEAD" | "ML_ENGINEER" | "ADMIN" | "SERVICE" | (string & {});

export interface User {
  readonly user: string;
  readonly displayName?: string;
  readonly roles: readonly Role[];
}

export type TaskState = "WAITING" | "CLAIMED" | "SUBMITTED" | "ACCEPTED" | "RETURNED" | "DISCONTINUED";

export interface CodedConcept {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

export interface Segment {
  readonly number: number;
  readonly label: string;
  /** As #rrggbb. */
  readonly colour: string;
  /** The side of the body, for instance. */
  readonly typeModifier?: CodedConcept | null;
}

export interface Schema {
  readonly name: string;
  readonly segments: readonly Segment[];
}

export interface SegmentScore {
  readonly segmentNumber: number;
  readonly voxels: number;
  readonly volumeMl: number;
  readonly uncertainty: number;
  readonly agreement?: number | null;
  readonly quality?: number | null;
  readonly warnings?: readonly string[];
}

export interface ScorePart {
  readonly name: string;
  readonly weight: number;
  readonly value: number;
  readonly points: number;
  readonly sentence: string;
}

export interface Score {
  readonly strategy: string;
  readonly total: number;
  readonly parts: readonly ScorePart[];
}

export interface ImageFinding {
  readonly code: string;
  readonly scheme: string;
  readonly meaning: string;
  readonly score: number;
  readonly present: boolean;
}

export interface Route {
  readonly rule: string | null;
  readonly protocol: string | null;
  readonly priority: number;
}

export interface Ended {
  readonly by: string;
  readonly at: string;
  readonly correctionId?: string | null;
  readonly reason?: string | null;
  readonly meaning?: string | null;
  readonly explanation?: string | null;
}

export interface Task {
  readonly id: string;
  readonly state: TaskState;
  readonly series: string;
  readonly study: string;
  readonly revision: number;
  readonly modality: string | null;
  readonly package: { readonly name: string; readonly version: string };
  readonly schema: Schema;
  readonly scores: readonly SegmentScore[];
  readonly findings?: readonly ImageFinding[];
  readonly route: Route | null;
  readonly uncertaintyMap: boolean;
  readonly sliceUncertainty?: readonly number[] | null;
  readonly score: Score | null;
  readonly proposal: { readonly id: string; readonly time: string; readonly inferenceMillis: number; readonly device: string | null };
  readonly arrived: string;
  readonly lease: { readonly holder: string; readonly until: string } | null;
  readonly ended: Ended | null;
  readonly handedTo?: string | null;
  readonly handedBy?: string | null;
  readonly handoverNote?: string | null;
  readonly flag?: Flag | null;
  readonly way?: Way | null;
  readonly secondReading?: boolean;
}

/** How a case came to its reader: because it is due or asked for, by its score, by lot, or because the reader chose it. */
export type Way = "CLINICAL" | "ORDER" | "LOT" | "HAND";

/** That somebody wants to talk about a task. */
export interface Flag {
  readonly by: string;
  readonly comment: string;
  readonly at: string;
}

/** What is asked for beside segments. */
export interface Protocol {
  readonly name: string;
  readonly version: number;
  readonly instructions: string;
  readonly findings: readonly AskedFinding[];
  readonly hanging: Hanging;
}

export interface Claim {
  readonly task: Task;
  readonly transaction: string;
  readonly leaseUntil: string;
}

export interface CaseGeometry extends GridDescription {
  readonly frameOfReference: string;
  readonly slope: number;
  readonly intercept: number;
  readonly valueRange: { readonly min: number; readonly max: number };
  readonly space: Space;
  readonly media: Media;
}

/** Another series of the study in the same frame of reference. */
export interface Companion {
  readonly series: string;
  readonly modality: string;
  readonly slices: number;
}

/** Another series of a task's patient. */
export interface PriorEntry {
  readonly study: string;
  readonly series: string;
  readonly date?: string;
  readonly modality?: string;
  readonly sameStudy: boolean;
}

/** An earlier image, as it is shown beside the current one. */
export interface PriorImage {
  readonly geometry: CaseGeometry;
  readonly modality?: string;
  /** What was accepted on it last, if anything was. */
  readonly accepted?: { readonly schema: Schema };
}

export interface Coming {
  readonly series: string;
  readonly revision: number;
  readonly modality: string | null;
  readonly package: { readonly name: string; readonly version: string };
  readonly device: string;
  readonly started: string;
  readonly expectedReady: string | null;
  readonly late: boolean;
}

export interface Receipt {
  readonly correctionId: string;
  readonly revision: number;
  readonly voxels: Readonly<Record<string, number>>;
  readonly digest: string;
  /** For how long the submission may still be undone; 0 if it is final. */
  readonly undoMillis: number;
}

export type { SaidVerdict } from "../core/verdict.ts";

export interface Decision {
  readonly segments: readonly { readonly number: number; readonly verdict: SaidVerdict | "AS_PAINTED" }[];
  readonly activeMillis: number;
  /** The number of the last step that the reader saw. */
  readonly journal: number;
  /** For how long it shall be possible to undo it. */
  readonly graceMillis?: number;
}

export interface Journal {
  readonly entries: readonly WireEntry[];
}
