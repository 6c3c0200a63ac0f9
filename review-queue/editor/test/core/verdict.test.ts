import { describe, expect, it } from "vitest";
import { contradiction, verdictsFor } from "../../src/core/verdict.ts";

const untouched = { proposed: 100, added: 0, removed: 0 };
const corrected = { proposed: 100, added: 5, removed: 3 };
const gone = { proposed: 100, added: 0, removed: 100 };
const nowhere = { proposed: 0, added: 0, removed: 0 };
const found = { proposed: 0, added: 40, removed: 0 };

describe("a verdict and what was painted", () => {
  it("accept means unchanged", () => {
    expect(contradiction("ACCEPT", untouched)).toBeNull();
    expect(contradiction("ACCEPT", nowhere)).toBeNull();
    expect(contradiction("ACCEPT", corrected)).toBe("accepted-but-changed");
    expect(contradiction("ACCEPT", gone)).toBe("accepted-but-changed");
  });

  it("minor and major mean corrected, and something is left of it", () => {
    for (const verdict of ["MINOR", "MAJOR"] as const) {
      expect(contradiction(verdict, corrected)).toBeNull();
      expect(contradiction(verdict, untouched)).toBe("corrected-but-unchanged");
      expect(contradiction(verdict, gone)).toBe("corrected-but-gone");
      expect(contradiction(verdict, found)).toBe("corrected-but-not-proposed");
    }
  });

  it("what is no good may be erased, not painted", () => {
    for (const verdict of ["REJECT", "NOT_ASSESSABLE"] as const) {
      expect(contradiction(verdict, untouched)).toBeNull();
      expect(contradiction(verdict, gone)).toBeNull();
      expect(contradiction(verdict, corrected)).toBe("no-good-but-painted");
    }
  });

  it("missing means painted where nothing was proposed", () => {
    expect(contradiction("MISSING", found)).toBeNull();
    expect(contradiction("MISSING", nowhere)).toBe("missing-but-not-painted");
    expect(contradiction("MISSING", corrected)).toBe("missing-but-proposed");
  });

  it("only offers what can be true", () => {
    expect(verdictsFor(1)).not.toContain("MISSING");
    expect(verdictsFor(0)).not.toContain("MINOR");
    for (const proposed of [0, 1]) expect(verdictsFor(proposed)).toContain("ACCEPT");
  });
});
