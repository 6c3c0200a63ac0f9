// What the page asks the server while the model helps.

import type { Box } from "../core/box.ts";
import type { Grid, Triple } from "../core/grid.ts";
import { Probability } from "../core/probability.ts";
import { json, send, taskPath } from "./api.ts";

export interface Click {
  readonly at: Triple;
  readonly adds: boolean;
}

export interface Refined {
  readonly runs: Uint8Array;
  readonly by: "standard" | "site";
  /** Why the site's own model did not answer, a code. */
  readonly instead: string | null;
}

export interface RerunSituation {
  readonly state: "ASKED" | "MADE" | "REFUSED" | "LATE";
  readonly code: string | null;
  readonly message: string | null;
}

const wireBox = ({ least, largest }: Box) => ({ first: least, last: largest });

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function toBase64(bytes: Uint8Array): string {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(letters);
}

export async function probabilityOf(task: string, segment: number, grid: Grid, signal: AbortSignal): Promise<Probability> {
  const response = await send("GET", taskPath(task, "/probabilities/" + segment), { signal });
  return Probability.read(new Uint8Array(await response.arrayBuffer()), grid);
}

export async function refine(task: string, question: { segment: number; box: Box; mask: Uint8Array; clicks: readonly Click[] }, signal: AbortSignal): Promise<Refined> {
  const { segment, box, mask, clicks } = question;
  const answer = await json<{ runs: string; by: "standard" | "site"; instead?: string | null }>("POST", taskPath(task, "/refine"), {
    json: { segment, box: wireBox(box), mask: toBase64(mask), prompts: clicks },
    signal,
  });
  return { runs: fromBase64(answer.runs), by: answer.by, instead: answer.instead ?? null };
}

export const askAgain = (task: string, request: string, box: Box, signal: AbortSignal) =>
  json<unknown>("POST", taskPath(task, "/reruns"), { json: { request, box: wireBox(box) }, signal });

export const againSituation = (task: string, request: string, signal: AbortSignal) => json<RerunSituation>("GET", taskPath(task, "/reruns/" + request), { signal });

export async function againLabels(task: string, request: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await send("GET", taskPath(task, "/reruns/" + request + "/labels"), { signal });
  return new Uint8Array(await response.arrayBuffer());
}
