// What a protocol asks for beside segments, and how much of it is there.

import { type Concept, type Finding, type FindingKind, sameConcept } from "./finding.ts";

export interface AskedFinding {
  readonly concept: Concept;
  readonly kind: FindingKind;
  readonly appliesTo: "image" | "segment";
  /** The segments that it may be of; empty for every one. */
  readonly segments: readonly number[];
  /** The answers of a tag; empty if the concept itself is the tag. */
  readonly choices: readonly Concept[];
  /** Per image or segment. */
  readonly min: number;
  readonly max: number;
}

/** One finding of one image or segment that is asked for and not there yet. */
export interface OpenQuestion {
  readonly asked: AskedFinding;
  readonly segment: number;
  readonly missing: number;
}

/** What it may be of: 0 for the image, or the numbers of segments. */
export function subjectsOf(asked: AskedFinding, segments: readonly number[]): readonly number[] {
  if (asked.appliesTo === "image") return [0];
  return segments.filter((number) => asked.segments.length === 0 || asked.segments.includes(number));
}

/** Whether a finding is an answer to this. */
export function answers(finding: Finding, asked: AskedFinding): boolean {
  const subject = asked.appliesTo === "image" ? finding.segment === 0 : finding.segment !== 0 && (asked.segments.length === 0 || asked.segments.includes(finding.segment));
  return subject && finding.kind === asked.kind && sameConcept(finding.concept, asked.concept);
}

export function countOf(findings: readonly Finding[], asked: AskedFinding, segment: number): number {
  return findings.filter((finding) => finding.segment === segment && answers(finding, asked)).length;
}

/** Whether another one may be made. */
export const hasRoom = (findings: readonly Finding[], asked: AskedFinding, segment: number): boolean => countOf(findings, asked, segment) < asked.max;

/** What has to be found before the case can be submitted. */
export function openQuestions(all: readonly AskedFinding[], segments: readonly number[], findings: readonly Finding[]): OpenQuestion[] {
  return all.flatMap((asked) =>
    subjectsOf(asked, segments)
      .map((segment) => ({ asked, segment, missing: asked.min - countOf(findings, asked, segment) }))
      .filter(({ missing }) => missing > 0),
  );
}
