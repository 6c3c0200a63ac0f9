// What a reader may say of a segment, and whether it fits to what was painted. The server has the same rules, and the last word.

export type SaidVerdict = "ACCEPT" | "MINOR" | "MAJOR" | "REJECT" | "MISSING" | "NOT_ASSESSABLE";

/** How a segment differs from the proposal, in voxels. */
export interface SegmentChange {
  readonly proposed: number;
  readonly added: number;
  readonly removed: number;
}

/** Why a verdict does not fit. */
export type Contradiction = "accepted-but-changed" | "corrected-but-unchanged" | "corrected-but-gone" | "corrected-but-not-proposed" | "no-good-but-painted" | "missing-but-proposed" | "missing-but-not-painted";

export function contradiction(verdict: SaidVerdict, { proposed, added, removed }: SegmentChange): Contradiction | null {
  const changed = added + removed > 0;
  const current = proposed - removed + added;
  switch (verdict) {
    case "ACCEPT":
      return changed ? "accepted-but-changed" : null;
    case "MINOR":
    case "MAJOR":
      if (proposed === 0) return "corrected-but-not-proposed";
      if (current === 0) return "corrected-but-gone";
      return changed ? null : "corrected-but-unchanged";
    case "REJECT":
    case "NOT_ASSESSABLE":
      return added > 0 ? "no-good-but-painted" : null;
    case "MISSING":
      if (proposed > 0) return "missing-but-proposed";
      return current > 0 ? null : "missing-but-not-painted";
  }
}

/** The verdicts that make sense of a segment: what was not proposed cannot be corrected, what was cannot be missing. */
export function verdictsFor(proposed: number): readonly SaidVerdict[] {
  return proposed > 0 ? ["ACCEPT", "MINOR", "MAJOR", "REJECT", "NOT_ASSESSABLE"] : ["ACCEPT", "MISSING", "NOT_ASSESSABLE"];
}
