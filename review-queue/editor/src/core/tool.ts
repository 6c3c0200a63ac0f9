// What makes steps.

import type { FindingKind } from "./finding.ts";

/** The server keeps the name with each step, so names do not change. */
export type ToolName =
  | "brush"
  | "eraser"
  | "threshold-brush"
  | "lasso"
  | "polygon"
  | "scissors"
  | "grow"
  | "level-trace"
  | "fill-holes"
  | "keep-largest"
  | "remove-part"
  | "margin"
  | "smooth"
  | "combine"
  | "interpolate"
  | "copy-slice"
  | "revert"
  | "probability"
  | "refine"
  | "model"
  | FindingKind;

/** Tools that a hand draws with, one slice at a time. */
export const DRAWN: ReadonlySet<ToolName> = new Set(["brush", "eraser", "threshold-brush", "lasso", "polygon", "scissors", "level-trace"]);
