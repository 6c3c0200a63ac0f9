import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AskedFinding, hasRoom, openQuestions, subjectsOf } from "../../src/core/asked.ts";
import { type Finding, type FindingStep, findingsAfter } from "../../src/core/finding.ts";
import { LabelVolume } from "../../src/core/labels.ts";
import { EditSession, type JournalEntry } from "../../src/core/session.ts";
import { fromWire, toWire } from "../../src/journal/wire.ts";
import { MAX_LABEL, grid } from "./fixtures.ts";

const LESION = { value: "52988006", scheme: "SCT", meaning: "Lesion" };
const LONG_AXIS = { value: "103339001", scheme: "SCT", meaning: "Long axis" };
const gesture = { tool: "tag", segment: 0, activeMillis: 3, pathMm: 0 } as const;

const tag = (id: string, meaning = "Lesion"): Finding => ({ id, kind: "tag", concept: { ...LESION, meaning }, segment: 0 });
const put = (finding: Finding): FindingStep => ({ id: finding.id, after: finding });

function session(): { made: EditSession; told: JournalEntry[] } {
  const told: JournalEntry[] = [];
  const made = new EditSession(LabelVolume.empty(grid(), MAX_LABEL), () => 1000, (entry) => told.push(entry));
  return { made, told };
}

describe("findings", () => {
  it("are what was made and changed, in the order in which it was made, without what was taken away", () => {
    const steps = [put(tag("a")), undefined, put(tag("b")), put(tag("a", "Cyst")), put(tag("c")), { id: "b", after: null }];
    expect(findingsAfter(steps)).toEqual([tag("a", "Cyst"), tag("c")]);
  });

  it("go back and forth in one history with strokes", () => {
    const { made } = session();
    made.mark(put(tag("a")), gesture);
    const edit = made.edit();
    edit.set(3, 2);
    made.commit(edit, { tool: "brush", segment: 2, activeMillis: 1, pathMm: 1 });
    made.mark({ id: "a", after: null }, gesture);
    expect(made.findings).toEqual([]);
    made.undo();
    expect(made.findings).toEqual([tag("a")]);
    made.undo();
    expect([made.labels.values[3], made.findings.length]).toEqual([0, 1]);
    made.undo();
    expect([made.canUndo, made.findings.length]).toEqual([false, 0]);
    made.redo();
    made.redo();
    made.redo();
    expect([made.labels.values[3], made.findings.length]).toEqual([2, 0]);
  });

  it("come back from the journal whatever was done with them", () => {
    const act = fc.oneof(
      fc.tuple(fc.constant("put" as const), fc.constantFrom("a", "b", "c"), fc.string({ minLength: 1, maxLength: 5 })),
      fc.tuple(fc.constant("take" as const), fc.constantFrom("a", "b", "c"), fc.constant("")),
      fc.tuple(fc.constantFrom("undo" as const, "redo" as const, "paint" as const), fc.constant(""), fc.constant("")),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const { made, told } = session();
        for (const [what, id, meaning] of acts) {
          if (what === "put") made.mark(put(tag(id, meaning)), gesture);
          else if (what === "take") made.mark({ id, after: null }, gesture);
          else if (what === "undo") made.undo();
          else if (what === "redo") made.redo();
          else {
            const edit = made.edit();
            edit.set(told.length % 9, 1 + (told.length % 3));
            made.commit(edit, { tool: "brush", segment: 1, activeMillis: 1, pathMm: 0 });
          }
        }
        const again = session().made;
        again.replay(told.map((entry) => fromWire(JSON.parse(JSON.stringify(toWire(entry))))));
        expect(again.findings).toEqual(made.findings);
        expect(again.labels.values).toEqual(made.labels.values);
        expect([again.number, again.canUndo, again.canRedo]).toEqual([made.number, made.canUndo, made.canRedo]);
      }),
    );
  });

  it("do not count as painting", () => {
    const { made } = session();
    made.mark(put({ id: "l", kind: "length", concept: LONG_AXIS, segment: 2, points: [[0, 0, 0], [1, 0, 0]] }), { tool: "length", segment: 2, activeMillis: 5, pathMm: 1 });
    expect(made.slicesDrawn(2, 2)).toEqual([]);
  });
});

describe("what a protocol asks for", () => {
  const length: AskedFinding = { concept: LONG_AXIS, kind: "length", appliesTo: "segment", segments: [2], choices: [], min: 1, max: 2 };
  const any: AskedFinding = { ...length, concept: LESION, kind: "comment", segments: [], min: 1 };
  const image: AskedFinding = { concept: LESION, kind: "tag", appliesTo: "image", segments: [], choices: [], min: 1, max: 1 };
  const found = (id: string, segment: number): Finding => ({ id, kind: "length", concept: { ...LONG_AXIS, meaning: "Längsachse" }, segment, points: [] });

  it("is open until it is there, for each segment that it is asked of", () => {
    expect(subjectsOf(any, [1, 2, 3])).toEqual([1, 2, 3]);
    const open = openQuestions([length, any, image], [1, 2], []);
    expect(open.map(({ asked, segment }) => [asked.kind, segment])).toEqual([
      ["length", 2],
      ["comment", 1],
      ["comment", 2],
      ["tag", 0],
    ]);
    expect(openQuestions([length, image], [1, 2], [found("a", 2), tag("t")])).toEqual([]);
  });

  it("is not answered by the same of another segment, of another kind or of another concept", () => {
    const wrong = [found("a", 1), { ...found("b", 2), kind: "area" as const }, { ...found("c", 2), concept: LESION }];
    expect(openQuestions([length], [1, 2], wrong)).toHaveLength(1);
  });

  it("has room for as many as it allows", () => {
    expect(hasRoom([found("a", 2)], length, 2)).toBe(true);
    expect(hasRoom([found("a", 2), found("b", 2)], length, 2)).toBe(false);
  });
});
