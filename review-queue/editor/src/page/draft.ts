// Verdicts that were said before a reload; kept in this tab.

import type { SaidVerdict } from "./server.ts";

export const draftKey = (task: string): string => "firstpass.draft." + task;

export const saidBefore = (task: string): [number, SaidVerdict][] => JSON.parse(sessionStorage.getItem(draftKey(task)) ?? "[]") as [number, SaidVerdict][];
