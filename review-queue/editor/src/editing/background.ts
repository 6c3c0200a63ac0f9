// What a worker is asked and answers; the same function answers where there is no worker.

import { Grid, type GridDescription } from "../core/grid.ts";
import { type Proof, type Submitted, proofOf } from "../core/receipt.ts";
import { RowRuns } from "../core/row-runs.ts";
import type { SegmentScan } from "../core/suspects/scan.ts";
import type { Expectation, Suspect } from "../core/suspects/suspect.ts";
import { suspectsOf } from "../core/suspects/suspects.ts";
import { type CroppedChange, type CroppedJob, doCropped } from "../core/tools/job.ts";

export interface JobQuestion {
  readonly kind: "job";
  readonly job: CroppedJob;
}

export interface SuspectsQuestion {
  readonly kind: "suspects";
  readonly grid: GridDescription;
  readonly scan: SegmentScan;
  readonly expectation: Expectation;
}

export interface ProofQuestion {
  readonly kind: "proof";
  readonly submitted: Submitted;
}

export type Question = JobQuestion | SuspectsQuestion | ProofQuestion;
export type AnswerTo<Q extends Question> = Q extends JobQuestion ? CroppedChange : Q extends ProofQuestion ? Proof : readonly Suspect[];

export function answer(question: Question): CroppedChange | readonly Suspect[] | Proof {
  if (question.kind === "proof") return proofOf(question.submitted);
  if (question.kind === "job") return doCropped(question.job);
  const { grid, scan, expectation } = question;
  // What comes by a message has lost its class.
  const runs = new RowRuns(scan.runs.rows, scan.runs.firsts, scan.runs.lasts);
  return suspectsOf(new Grid(grid), { ...scan, runs }, expectation);
}
