// What the worklist asks of the server. Searches go in a body, never in an address: an accession number must not end up in a history or a log.

import type { Choices, Entry, EntryPage, Query } from "../worklist/entry.ts";
import { type RequestOptions, json, taskPath } from "./api.ts";
import type { Prior } from "./worklist-dialogs.tsx";

const LIMIT = 100;

export const worklistApi = {
  page: (query: Query, after: string | null, signal: AbortSignal) => json<EntryPage>("POST", "/api/worklist", { json: { ...query, after, limit: LIMIT }, signal }),
  choices: (signal: AbortSignal) => json<Choices>("GET", "/api/worklist/choices", { signal }),
  /** What a claim of the next case would give; null if nothing waits. */
  next: (options: RequestOptions) => json<Entry | null>("GET", "/api/tasks/next", options),
  priors: (id: string) => json<Prior[]>("GET", taskPath(id, "/priors")),
};
