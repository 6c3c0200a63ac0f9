// What the server says of the worklist: the shapes that /openapi.yaml describes.

import type { Ended, ImageFinding, Route, Score, TaskState, Way } from "../page/server.ts";

export const SECTIONS = ["NEXT", "READING", "DECIDED", "DISCONTINUED"] as const;
export type Section = (typeof SECTIONS)[number];

export interface Effort {
  readonly minutes: number;
  /** Of which readings that is the median. */
  readonly basis: "PROTOCOL" | "PACKAGE" | "ALL";
  readonly readings: number;
}

/** A task as a line of the list. */
export interface Entry {
  readonly id: string;
  readonly state: TaskState;
  readonly series: string;
  readonly study: string;
  readonly modality?: string | null;
  readonly package: { readonly name: string; readonly version: string };
  readonly route?: Route | null;
  readonly segments: number;
  readonly findings: readonly ImageFinding[];
  readonly score: Score;
  readonly arrived: string;
  readonly due?: string | null;
  readonly effort?: Effort | null;
  readonly lease?: { readonly holder: string; readonly until: string } | null;
  readonly ended?: Ended | null;
  /** Whom a colleague meant it for, by whom and with which note. */
  readonly handedTo?: string | null;
  readonly handedBy?: string | null;
  readonly handoverNote?: string | null;
  /** That it is marked for discussion. */
  readonly flag?: { readonly by: string; readonly comment: string } | null;
  readonly way?: Way | null;
  readonly secondReading?: boolean;
}

/** What is asked for; what is left out asks for nothing. */
export interface Query {
  readonly section: Section;
  readonly modality?: string;
  readonly package?: string;
  readonly protocol?: string;
  readonly tag?: string;
  readonly mine?: boolean;
  readonly handedToMe?: boolean;
  readonly flagged?: boolean;
  readonly dueBefore?: string;
  readonly search?: string;
}

export interface EntryPage {
  readonly tasks: readonly Entry[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string | null;
  /** Of all pages; with the first one only. */
  readonly count?: number | null;
}

/** What the filters can be set to. */
export interface Choices {
  readonly modalities: readonly string[];
  readonly packages: readonly string[];
  readonly protocols: readonly string[];
  readonly tags: readonly string[];
}

/** What a reader may filter by, beside the section and the search. */
export interface Filters {
  readonly modality: string;
  readonly package: string;
  readonly protocol: string;
  readonly tag: string;
  readonly mine: boolean;
  readonly handed: boolean;
  readonly flagged: boolean;
  readonly due: boolean;
}

export const NO_FILTERS: Filters = { modality: "", package: "", protocol: "", tag: "", mine: false, handed: false, flagged: false, due: false };

const DAY = 86_400_000;

export function queryOf(section: Section, filters: Filters, search: string, now = Date.now()): Query {
  return {
    section,
    ...(filters.modality && { modality: filters.modality }),
    ...(filters.package && { package: filters.package }),
    ...(filters.protocol && { protocol: filters.protocol }),
    ...(filters.tag && { tag: filters.tag }),
    ...(filters.mine && { mine: true }),
    ...(filters.handed && { handedToMe: true }),
    ...(filters.flagged && { flagged: true }),
    ...(filters.due && { dueBefore: new Date(now + DAY).toISOString() }),
    ...(search.trim() && { search: search.trim() }),
  };
}

export const filtersSet = (filters: Filters): number => Object.values(filters).filter((value) => value !== "" && value !== false).length;

/** Whether this reader can open it: nobody else has it, or no longer. */
export function openable(entry: Entry, reader: string, now = Date.now()): boolean {
  if (entry.state === "WAITING" || entry.state === "RETURNED") return true;
  return entry.state === "CLAIMED" && (!entry.lease || entry.lease.holder === reader || Date.parse(entry.lease.until) <= now);
}

/** Who may see images. */
const LOOKERS = ["RADIOLOGIST", "SERVICE", "ADMINISTRATOR", "LEAD", "ML_ENGINEER"];

/** Whether somebody may look at what became of cases. */
export const mayLook = (roles: readonly string[]): boolean => LOOKERS.some((role) => roles.includes(role));

/** Where it is seen what became of a case, read only. */
export const historyHash = (task: string, revision = ""): string => "#/case/" + task + (revision && "/" + revision);
