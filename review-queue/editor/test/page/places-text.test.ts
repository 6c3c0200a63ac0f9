import { describe, expect, it } from "vitest";
import { type SuspectKind, suspect } from "../../src/core/suspects/suspect.ts";
import { millilitres, placeText, reasonText } from "../../src/page/places-text.ts";
import { languages, loadTexts, speak } from "../../src/texts/texts.ts";
import { grid } from "../core/fixtures.ts";

const FACTS: Readonly<Record<SuspectKind, Readonly<Record<string, number | string>>>> = {
  side: { ml: 3, side: "left" },
  missing: { cases: 40, share: 0.98 },
  "volume-low": { ml: 3, leastMl: 5, largestMl: 9, cases: 40 },
  "volume-high": { ml: 30, leastMl: 5, largestMl: 9, cases: 40 },
  "expected-low": { ml: 3 },
  "expected-high": { ml: 3 },
  pieces: {},
  disagreement: { share: 0.8 },
  "unsure-segment": { share: 0.4 },
  "unsure-part": { share: 0.4 },
  "unsure-place": { ml: 3 },
  "unsure-slice": { share: 0.4, slice: 3 },
  island: { ml: 0.2, voxels: 4, more: 7 },
  hole: { ml: 0.2, voxels: 4, more: 0 },
  border: { voxels: 4, towards: "L" },
};

describe("the reason for which a place is listed", () => {
  it("is said in words, in each language, with all its values", async () => {
    const said = new Set<string>();
    for (const language of languages()) {
      speak(language);
      await loadTexts("aids");
      for (const [kind, facts] of Object.entries(FACTS)) {
        const reason = reasonText(suspect(kind as SuspectKind, 1, [0, 0, 0], 1, facts));
        expect(reason, kind).not.toMatch(/[{}]|NaN|undefined/);
        said.add(reason);
      }
    }
    speak("en");
    await loadTexts("aids");
    expect(said.size).toBe(2 * Object.keys(FACTS).length);
  });

  it("has volumes in ml, shares in per cent, and how many more there are", () => {
    const reason = (kind: SuspectKind) => reasonText(suspect(kind, 1, [0, 0, 0], 1, FACTS[kind])).replaceAll("\u202f", " ");
    expect(reason("volume-low")).toBe("3.0 ml; in 40 accepted cases it was 5.0 ml at least");
    expect(reason("missing")).toBe("not there, but in 98 % of accepted cases");
    expect(reason("island")).toBe("a small part of 0.20 ml apart (7 more of them)");
    expect(reason("hole")).toBe("a hole of 0.20 ml");
    expect(reason("side")).toBe("3.0 ml of it on the patient's right");
  });
});

describe("a place in words", () => {
  it("is in mm of the patient and as an index from 1", () => {
    const on = grid([7, 5, 4], [1, 1, 2], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
    expect(placeText(on, [2, 1, 3])).toBe("L -10.5  P 41.3  H -304.0 mm, column 3, row 2, slice 4");
  });

  it("has volumes with as many digits as they deserve", () => {
    expect([0, 0.0042, 0.456, 4.56, 456.7].map((ml) => millilitres(ml).replace("\u202f", " "))).toEqual(["0 ml", "0.004 ml", "0.46 ml", "4.6 ml", "457 ml"]);
  });
});
