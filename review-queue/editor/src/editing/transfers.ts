// What of a question to the worker goes there without being copied.

import type { Question } from "./background.ts";

/** What need not be copied to get there. */
export function transfers(question: Question): Transferable[] {
  if (question.kind === "proof") return [question.submitted.values.buffer as ArrayBuffer];
  if (question.kind === "job") {
    const { values, image } = question.job;
    return [values.buffer as ArrayBuffer, ...(image ? [image.buffer as ArrayBuffer] : [])];
  }
  const { runs, gaps, doubts } = question.scan;
  return [runs.rows, runs.firsts, runs.lasts, gaps, doubts].map((array) => array.buffer as ArrayBuffer);
}
