import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LabelCounts } from "../../src/core/counts.ts";
import { FREE, LabelVolume, type PaintRules } from "../../src/core/labels.ts";
import { LabelRuns } from "../../src/core/label-runs.ts";
import { Delta, boxOfDelta, decodeRuns, encodeRuns } from "../../src/core/runs.ts";
import { EditSession, type JournalEntry } from "../../src/core/session.ts";
import { MAX_LABEL, grid, labelsOf, someLabels } from "./fixtures.ts";

const ON = grid();
const rules = fc.record({
  locked: fc.array(fc.integer({ min: 0, max: MAX_LABEL })).map((list) => new Set(list)),
  overwrite: fc.oneof(
    fc.constant("all" as const),
    fc.constant("empty" as const),
    fc.array(fc.integer({ min: 1, max: MAX_LABEL })).map((list) => new Set(list)),
  ),
});
const dabs = fc.array(fc.tuple(fc.integer({ min: 0, max: ON.voxels - 1 }), fc.integer({ min: 0, max: MAX_LABEL })), { maxLength: 80 });
const gesture = { tool: "brush", segment: 1, activeMillis: 5, pathMm: 1 } as const;

function painted(labels: LabelVolume, how: PaintRules, marks: readonly (readonly [number, number])[]): Delta {
  const edit = labels.edit(how);
  for (const [offset, label] of marks) edit.set(offset, label);
  return edit.commit();
}

describe("the box around a change", () => {
  it("has all of its voxels, and is the smallest one if no run goes on in the next row", () => {
    const on = grid([5, 4, 3]);
    const run = fc.tuple(fc.nat(on.voxels - 1), fc.integer({ min: 1, max: 23 }));
    fc.assert(
      fc.property(run, run, ([a, m], [b, n]) => {
        const runs = [[Math.min(a, b), m], [Math.max(a, b) + m, n]].filter(([start, length]) => start! + length! <= on.voxels);
        const delta = new Delta(runs.map(([start]) => start!), runs.map(([, length]) => length!), runs.map(() => 0), runs.map(() => 1));
        const voxels = runs.flatMap(([start, length]) => Array.from({ length: length! }, (_, at) => on.indexOf(start! + at)));
        const box = boxOfDelta(on, delta);
        expect(box === null).toBe(voxels.length === 0);
        const short = runs.every(([start, length]) => on.indexOf(start!)[1] === on.indexOf(start! + length! - 1)[1] && length! <= on.sizes[0]);
        for (const axis of [0, 1, 2] as const) {
          if (!box) continue;
          const least = Math.min(...voxels.map((voxel) => voxel[axis]));
          const largest = Math.max(...voxels.map((voxel) => voxel[axis]));
          expect([box.least[axis] <= least, box.largest[axis] >= largest]).toEqual([true, true]);
          if (short) expect([box.least[axis], box.largest[axis]]).toEqual([least, largest]);
        }
      }),
    );
  });
});

describe("a label map as runs", () => {
  it("is laid out and counted as if it had come voxel by voxel", () => {
    fc.assert(
      fc.property(someLabels(ON), (labels) => {
        const marks = [...labels.values].map((label, offset) => [offset, label] as const);
        const runs = encodeRuns(painted(LabelVolume.empty(ON, MAX_LABEL), FREE, marks));
        const read = new LabelRuns(ON, runs, MAX_LABEL);
        const laid = read.empty();
        for (let slice = 0; slice < ON.sizes[2]; slice++) {
          expect(laid.subarray(slice * ON.strides[2]).every((label) => label === 0)).toBe(true);
          read.lay(slice, laid);
        }
        expect(laid).toEqual(Uint8Array.from(labels.values));
        expect(read.all()).toEqual(laid);
        const counts = LabelCounts.ofRuns(ON, read);
        const expected = LabelCounts.of(ON, labels.values);
        for (let label = 1; label <= MAX_LABEL; label++) {
          for (const axis of [0, 1, 2] as const) expect(counts.along(label, axis)).toEqual(expected.along(label, axis));
          expect(read.onSlices(label)).toEqual(expected.along(label, 2));
        }
      }),
    );
  });

  it("keeps the width of labels that need 16 bits: 300 never becomes 44", () => {
    const read = new LabelRuns(grid([3, 1, 1]), Uint8Array.of(1, 1, 0xac, 2), 300);
    expect(read.all()).toEqual(Uint16Array.of(0, 300, 0));
  });

  it("with a label that the schema lacks is refused, as is one that is cut short or too long", () => {
    const on = grid([10, 1, 1]);
    expect(() => new LabelRuns(on, Uint8Array.of(0, 1, MAX_LABEL + 1), MAX_LABEL)).toThrow("highest");
    expect(() => new LabelRuns(on, Uint8Array.of(0, 1), MAX_LABEL)).toThrow("cut short");
    expect(() => new LabelRuns(on, Uint8Array.of(9, 2, 1), MAX_LABEL)).toThrow("outside");
  });
});

describe("an edit", () => {
  it("taken back leaves everything as it was, and made again as it became", () => {
    fc.assert(
      fc.property(someLabels(ON), rules, dabs, (labels, how, marks) => {
        const before = labels.values.slice();
        const delta = painted(labels, how, marks);
        const after = labels.values.slice();
        delta.inverse().applyTo(labels.values);
        expect(labels.values).toEqual(before);
        delta.applyTo(labels.values);
        expect(labels.values).toEqual(after);
      }),
    );
  });

  it("never changes a locked segment, nor what may not be overwritten", () => {
    fc.assert(
      fc.property(someLabels(ON), rules, dabs, (labels, how, marks) => {
        const before = labels.values.slice();
        painted(labels, how, marks);
        for (let at = 0; at < before.length; at++) {
          const [from, to] = [before[at]!, labels.values[at]!];
          if (from === to) continue;
          expect(how.locked.has(from) || how.locked.has(to)).toBe(false);
          // A voxel may have gone by way of another label, which is why nought counts as a way.
          if (how.overwrite === "empty" && to !== 0) expect(from === 0 || marks.some(([offset, label]) => offset === at && label === 0)).toBe(true);
        }
      }),
    );
  });

  it("paints over what the rules name only", () => {
    const labels = labelsOf(grid([4, 1, 1]), [0, 1, 2, 3]);
    const edit = labels.edit({ locked: new Set([3]), overwrite: new Set([2, 3]) });
    for (let at = 0; at < 4; at++) edit.set(at, 1);
    expect([...labels.values]).toEqual([1, 1, 1, 3]);
    expect(edit.commit()).toEqual(new Delta([0, 2], [1, 1], [0, 2], [1, 1]));
  });

  it("that is cancelled leaves nothing behind", () => {
    const labels = labelsOf(grid([4, 1, 1]), [0, 1, 2, 3]);
    const edit = labels.edit({ locked: new Set(), overwrite: "all" });
    edit.set(0, 3);
    expect(edit.before(0)).toBe(0);
    edit.cancel();
    expect([...labels.values]).toEqual([0, 1, 2, 3]);
    expect(edit.commit().isEmpty).toBe(true);
  });

  it("refuses a segment that is not there", () => {
    expect(() => LabelVolume.empty(ON, 3).edit({ locked: new Set(), overwrite: "all" }).set(0, 4)).toThrow("no segment 4");
  });
});

describe("runs on the wire", () => {
  it("come back as they went", () => {
    fc.assert(
      fc.property(someLabels(ON), dabs, (labels, marks) => {
        const before = labels.values.slice();
        const delta = painted(labels, { locked: new Set(), overwrite: "all" }, marks);
        expect(decodeRuns(encodeRuns(delta), before, MAX_LABEL)).toEqual(delta);
      }),
    );
  });

  it("are the bytes that the server expects", () => {
    // 300 = 0b10_0101100, so 0xAC 0x02.
    expect([...encodeRuns(new Delta([300, 700], [2, 300], [0, 0], [1, 2]))]).toEqual([0xac, 2, 2, 1, 0x8e, 3, 0xac, 2, 2]);
  });

  it.each([
    ["cut short", [1, 2]],
    ["beyond the last voxel", [0, 0xac, 2, 1]],
    ["of no voxel", [0, 0, 1]],
    ["of a segment that is not there", [0, 1, 9]],
    ["with a number without an end", [128, 128, 128, 128, 128, 1, 1, 1]],
  ])("are refused %s", (_, bytes) => {
    expect(() => decodeRuns(Uint8Array.from(bytes), new Uint8Array(ON.voxels), MAX_LABEL)).toThrow();
  });

  it("are not applied to labels of another state", () => {
    const labels = new Uint8Array(4);
    expect(() => new Delta([0, 2], [1, 1], [0, 1], [2, 2]).applyTo(labels)).toThrow("no longer there");
    expect([...labels]).toEqual([0, 0, 0, 0]);
  });
});

describe("a session", () => {
  const actions = fc.array(fc.oneof(dabs, fc.constant("undo" as const), fc.constant("redo" as const)), { maxLength: 25 });

  it("is the same again after its journal was replayed, with its whole history", () => {
    fc.assert(
      fc.property(someLabels(ON), actions, (labels, list) => {
        const start = labels.values.slice();
        const journal: JournalEntry[] = [];
        const session = new EditSession(labels, () => 7, (entry) => journal.push(entry));
        act(session, list);
        const again = new EditSession(new LabelVolume(ON, start, MAX_LABEL), () => 8, () => expect.unreachable("a replay tells nothing"));
        again.replay(journal);
        expect(again.labels.values).toEqual(labels.values);
        expect(again.number).toBe(session.number);
        while (session.canUndo) {
          expect(again.canUndo).toBe(true);
          session.undo();
          withoutTelling(again).undo();
          expect(again.labels.values).toEqual(labels.values);
        }
        expect(again.canUndo).toBe(false);
      }),
    );
  });

  function act(session: EditSession, list: readonly ("undo" | "redo" | (readonly [number, number])[])[]): void {
    for (const action of list) {
      if (action === "undo") session.undo();
      else if (action === "redo") session.redo();
      else {
        const edit = session.edit();
        for (const [offset, label] of action) edit.set(offset, label);
        session.commit(edit, gesture);
      }
    }
  }

  function withoutTelling(session: EditSession): EditSession {
    (session as unknown as { tell: () => void }).tell = () => {};
    return session;
  }

  it("numbers its entries without a gap and says which edit is taken back", () => {
    const journal: JournalEntry[] = [];
    const session = new EditSession(LabelVolume.empty(ON, MAX_LABEL), () => 7, (entry) => journal.push(entry));
    act(session, [[[0, 1]], [[1, 1]], "undo", "undo", "redo", [[1, 1]], "redo"]);
    expect(journal.map(({ number, kind, of }) => [number, kind, of])).toEqual([
      [1, "edit", undefined],
      [2, "edit", undefined],
      [3, "undo", 2],
      [4, "undo", 1],
      [5, "redo", 1],
      [6, "edit", undefined],
    ]);
  });

  it("tells who watches of each change, whatever made it", () => {
    const session = new EditSession(labelsOf(grid([4, 1, 1]), [0, 2, 3, 0]), () => 7, () => {});
    const seen: (readonly [number, number])[] = [];
    session.watch((delta) => seen.push([delta.before[0]!, delta.after[0]!]));
    act(session, [[[1, 1]]]);
    session.undo();
    session.redo();
    expect(seen).toEqual([[2, 1], [1, 2], [2, 1]]);
    expect([session.changes.length, session.lastStep]).toEqual([1, 1]);
    session.undo();
    expect([session.changes.length, session.lastStep]).toEqual([0, 0]);
  });

  it("tells nothing of an edit that changes nothing", () => {
    const session = new EditSession(LabelVolume.empty(ON, MAX_LABEL), () => 7, () => expect.unreachable());
    const edit = session.edit();
    edit.set(0, 0);
    expect(session.commit(edit, gesture)).toBeNull();
    expect(session.undo()).toBeNull();
  });

  it("refuses a journal with a gap, or that does not fit", () => {
    const session = () => new EditSession(LabelVolume.empty(ON, MAX_LABEL), () => 7, () => {});
    const entry: JournalEntry = { number: 1, kind: "edit", at: 0, activeMillis: 0, pathMm: 0, runs: Uint8Array.of(0, 1, 1) };
    expect(() => session().replay([{ ...entry, number: 2 }])).toThrow("entry 1 of the journal is missing");
    expect(() => session().replay([entry, { ...entry, number: 2, kind: "undo", of: 3 }])).toThrow("does not fit");
  });
});
