// Entries of the journal as they travel: JSON, the runs in base64.

import type { Finding } from "../core/finding.ts";
import type { JournalEntry } from "../core/session.ts";
import type { ToolName } from "../core/tool.ts";

export interface WireEntry {
  readonly number: number;
  readonly kind: "edit" | "undo" | "redo";
  readonly of: number;
  readonly tool: string;
  readonly segment: number;
  readonly at: number;
  readonly activeMillis: number;
  readonly pathMm: number;
  readonly runs: string;
  readonly finding?: { readonly id: string; readonly after?: Finding };
}

export function toWire(entry: JournalEntry): WireEntry {
  const { number, kind, of = 0, tool = "", segment = 0, at, activeMillis, pathMm, runs, finding } = entry;
  const change = finding ? { finding: { id: finding.id, ...(finding.after ? { after: finding.after } : {}) } } : {};
  return { number, kind, of, tool, segment, at, activeMillis, pathMm, runs: base64(runs), ...change };
}

export function fromWire(entry: WireEntry): JournalEntry {
  const { number, kind, of, tool, segment, at, activeMillis, pathMm } = entry;
  const runs = Uint8Array.from(atob(entry.runs), (letter) => letter.charCodeAt(0));
  const common = { number, kind, at, activeMillis, pathMm, runs };
  const finding = entry.finding ? { finding: { id: entry.finding.id, after: entry.finding.after ?? null } } : {};
  return kind === "edit" ? { ...common, tool: tool as ToolName, segment, ...finding } : { ...common, of };
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
