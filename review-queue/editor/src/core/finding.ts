// What a reader finds beside segments: tags, places, borders, measurements, comments.

import type { Triple } from "./grid.ts";

export type FindingKind = "tag" | "point" | "box" | "contour" | "length" | "area" | "comment";

/** Kinds that are drawn on a plane. */
export type DrawnKind = Exclude<FindingKind, "tag" | "comment">;

/** A coded concept: (52988006, SCT, "Lesion"). */
export interface Concept {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

export interface Finding {
  readonly id: string;
  readonly kind: FindingKind;
  /** What is found, measured or answered. */
  readonly concept: Concept;
  /** The segment that it is of; 0 for the image. */
  readonly segment: number;
  /** The answer of a tag that has choices. */
  readonly choice?: Concept;
  readonly text?: string;
  /** In patient space (LPS, mm), in the order in which they are joined; a border's last one is joined to the first. */
  readonly points?: readonly Triple[];
}

/** What a step did to a finding: the finding as it left it, or null if it took it away. */
export interface FindingStep {
  readonly id: string;
  readonly after: Finding | null;
}

/** What steps lead to, in the order in which findings were made first. */
export function findingsAfter(steps: Iterable<FindingStep | undefined>): Finding[] {
  const findings = new Map<string, Finding>();
  for (const step of steps) {
    if (step?.after) findings.set(step.id, step.after);
    else if (step) findings.delete(step.id);
  }
  return [...findings.values()];
}

export const isDrawn = (kind: FindingKind): kind is DrawnKind => kind !== "tag" && kind !== "comment";

export const sameConcept = (one: Concept, other: Concept): boolean => one.value === other.value && one.scheme === other.scheme;
