import { describe, expect, it } from "vitest";
import { FREE, LabelVolume } from "../../src/core/labels.ts";
import { EditSession } from "../../src/core/session.ts";
import { type SuspectsQuestion, answer } from "../../src/editing/background.ts";
import { Workbench } from "../../src/editing/workbench.ts";
import type { Suspect, UsualVolume } from "../../src/core/suspects/suspect.ts";
import type { Task } from "../../src/page/server.ts";
import { Suspicions } from "../../src/page/suspicions.ts";
import { MAX_LABEL, grid, image } from "../core/fixtures.ts";
import * as kit from "../../src/editing/kit.ts";

const DESCRIPTION = { columns: 20, rows: 20, slices: 10, position: [-12.5, 40.25, -310], axes: { column: [1, 0, 0], row: [0, 1, 0], slice: [0, 0, 1] }, spacing: { column: 1, row: 1, slice: 2 } };
const ON = grid([20, 20, 10], [1, 1, 2], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);

function world({ usual = async (): Promise<UsualVolume[]> => [], warnings = [] as string[], visited = [] as string[] } = {}) {
  let kept: readonly string[] = [];
  const labels = LabelVolume.empty(ON, MAX_LABEL);
  for (const label of [1, 2]) {
    for (let slice = 2; slice < 8; slice++) for (let row = 2; row < 8; row++) labels.values.fill(label, ON.offset(2, row + 10 * (label - 1), slice), ON.offset(10, row + 10 * (label - 1), slice));
    labels.values[ON.offset(15, 3 + 10 * (label - 1), 5)] = label;
  }
  const session = new EditSession(labels, () => 0, () => {});
  const asked: number[] = [];
  const suspicions: Suspicions[] = [];
  const bench = new Workbench(session, image(ON, () => 0), { now: () => 0, changed: (delta) => suspicions[0]?.changed(delta) });
  bench.kit = kit;
  const task = {
    schema: { segments: [1, 2, 3].map((number) => ({ number, label: "S" + number, colour: "#000000" })) },
    scores: [{ segmentNumber: 1, voxels: 100, volumeMl: 1, uncertainty: 0, warnings }],
    sliceUncertainty: [],
  } as unknown as Task;
  suspicions[0] = new Suspicions({
    task,
    grid: ON,
    description: DESCRIPTION,
    bench,
    ask: async (question: SuspectsQuestion) => {
      asked.push(question.scan.segment);
      return answer(question) as readonly Suspect[];
    },
    usual,
    changed: () => {},
    visited,
    keepVisited: (all) => (kept = all),
    signal: new AbortController().signal,
  });
  return { suspicions: suspicions[0], bench, asked, kept: () => kept, settled: () => expect.poll(() => suspicions[0]!.pending, { timeout: 3000 }).toBe(false) };
}

const found = (suspicions: Suspicions) => suspicions.all.map(({ kind, segment }) => kind + " " + segment);

describe("the places that a reader is led to", () => {
  it("are of all segments, and of the volumes that other cases had", async () => {
    const usual = async () => [
      { segment: 3, cases: 50, share: 1, leastMl: 1, medianMl: 2, largestMl: 3 },
      { segment: 2, cases: 50, share: 1, leastMl: 100, medianMl: 200, largestMl: 300 },
    ];
    const { suspicions } = world({ usual });
    await suspicions.begin();
    expect(found(suspicions)).toEqual(["volume-low 2", "missing 3", "island 1", "island 2"]);
  });

  it("are found without the usual volumes if they cannot be had", async () => {
    const { suspicions } = world({ usual: () => Promise.reject(new Error("no answer")) });
    await suspicions.begin();
    expect(found(suspicions)).toEqual(["island 1", "island 2"]);
  });

  it("are looked for anew in the segments that changed, not in the others", async () => {
    const { suspicions, bench, asked, settled } = world({ warnings: ["VOLUME_LOW"] });
    await suspicions.begin();
    expect(found(suspicions)).toEqual(["expected-low 1", "island 1", "island 2"]);
    asked.length = 0;
    await bench.do(1, { tool: "keep-largest", extent: "volume" }, FREE);
    expect(suspicions.pending).toBe(true);
    await settled();
    expect([found(suspicions), asked]).toEqual([["island 2"], [1]]);
    bench.undo();
    await settled();
    expect(found(suspicions)).toEqual(["expected-low 1", "island 1", "island 2"]);
  });

  it("are gone through round and round, and ticked", async () => {
    const { suspicions } = world();
    await suspicions.begin();
    const [first, second] = suspicions.all;
    expect([suspicions.step(1), suspicions.left]).toEqual([first, 1]);
    expect([suspicions.step(1), suspicions.left]).toEqual([second, 0]);
    expect(suspicions.step(1)).toBe(first);
    expect(suspicions.step(-1)).toBe(second);
    expect([suspicions.isVisited(first!), suspicions.current]).toEqual([true, second]);
  });

  it("stay ticked after a reload", async () => {
    const before = world();
    await before.suspicions.begin();
    before.suspicions.step(1);
    const after = world({ visited: [...before.kept()] });
    await after.suspicions.begin();
    expect([after.suspicions.left, after.suspicions.isVisited(after.suspicions.all[0]!)]).toEqual([1, true]);
  });

  it("come with the uncertainty map, under no segment too", async () => {
    const { suspicions } = world();
    await suspicions.begin();
    const doubt = new Uint8Array(ON.voxels);
    for (let slice = 3; slice < 6; slice++) for (let row = 2; row < 18; row++) doubt.fill(255, ON.offset(11, row, slice), ON.offset(20, row, slice));
    await suspicions.hasDoubt(doubt);
    expect(found(suspicions)).toContain("unsure-place 0");
  });
});
