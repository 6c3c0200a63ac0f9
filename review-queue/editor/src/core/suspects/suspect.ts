// A place where a proposal, or what was made of it, may be wrong, and what is known beforehand of a segment.

import type { Grid, Triple } from "../grid.ts";
import { letters } from "../plane.ts";

/** Why a place is worth a look. */
export type SuspectKind =
  | "side"
  | "missing"
  | "volume-low"
  | "volume-high"
  | "expected-low"
  | "expected-high"
  | "pieces"
  | "disagreement"
  | "unsure-segment"
  | "unsure-part"
  | "unsure-place"
  | "unsure-slice"
  | "island"
  | "hole"
  | "border";

export interface Suspect {
  /** The same as long as it is the same place for the same reason. */
  readonly id: string;
  readonly kind: SuspectKind;
  /** Its segment, or 0 if it is of none. */
  readonly segment: number;
  readonly index: Triple;
  /** 0 to 1; the highest one is looked at first. */
  readonly score: number;
  /** What its reason says: volumes in mL, shares from 0 to 1, counts, letters of a direction. */
  readonly facts: Readonly<Record<string, number | string>>;
}

/** The volumes that a segment had in accepted corrections of the same package, in mL. */
export interface UsualVolume {
  readonly segment: number;
  /** Cases in which it was there. */
  readonly cases: number;
  /** Which part of all cases these are. */
  readonly share: number;
  readonly leastMl: number;
  readonly medianMl: number;
  readonly largestMl: number;
}

/** What is known of a segment beside its voxels. */
export interface Expectation {
  readonly segment: number;
  /** The patient's side that it belongs to, if it has one. */
  readonly side: "left" | "right" | null;
  readonly usual: UsualVolume | null;
  /** What the package found unusual in its shape, as long as it is as proposed. */
  readonly warnings: readonly string[];
  /** How far the passes of the network agree, 0 to 1. */
  readonly agreement: number | null;
  /** How unsure the model is of it, 0 to 1. */
  readonly uncertainty: number;
}

export const nothingKnown = (segment: number): Expectation => ({ segment, side: null, usual: null, warnings: [], agreement: null, uncertainty: 0 });

export function suspect(kind: SuspectKind, segment: number, index: Triple, score: number, facts: Suspect["facts"] = {}, id = ""): Suspect {
  return { id: [kind, segment, id || index.join(".")].join(":"), kind, segment, index, score: Math.min(1, Math.max(0, score)), facts };
}

/** The most suspicious first. */
export function ranked(suspects: readonly Suspect[]): Suspect[] {
  return [...suspects].sort((a, b) => b.score - a.score || a.segment - b.segment || (a.id < b.id ? -1 : 1));
}

export const millilitres = (grid: Grid, voxels: number): number => (voxels * grid.voxelVolume()) / 1000;

/** Where an index axis goes in the patient, in letters. */
export function directionOf(grid: Grid, axis: 0 | 1 | 2, towards: 1 | -1): string {
  const [x, y, z] = grid.directions[axis];
  return letters([x * towards, y * towards, z * towards]);
}
