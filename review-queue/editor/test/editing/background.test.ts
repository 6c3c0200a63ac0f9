import { describe, expect, it } from "vitest";
import { LabelCounts } from "../../src/core/counts.ts";
import { FREE, LabelVolume } from "../../src/core/labels.ts";
import { scanSegment, toEnd } from "../../src/core/suspects/scan.ts";
import { nothingKnown } from "../../src/core/suspects/suspect.ts";
import { suspectsOf } from "../../src/core/suspects/suspects.ts";
import { boxOfJob, cropped, doCropped } from "../../src/core/tools/job.ts";
import { type Question, answer } from "../../src/editing/background.ts";
import { transfers } from "../../src/editing/transfers.ts";
import { MAX_LABEL, grid } from "../core/fixtures.ts";

const DESCRIPTION = { columns: 12, rows: 10, slices: 8, position: [0, 0, 0], axes: { column: [1, 0, 0], row: [0, 1, 0], slice: [0, 0, 1] }, spacing: { column: 1, row: 1, slice: 2 } };
const ON = grid([12, 10, 8], [1, 1, 2], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);

/** As it goes to a worker and back. */
const sent = (question: Question) => structuredClone(question, { transfer: transfers(question) });

function labels(): LabelVolume {
  const volume = LabelVolume.empty(ON, MAX_LABEL);
  for (let slice = 2; slice < 6; slice++) for (let row = 2; row < 8; row++) volume.values.fill(1, ON.offset(2, row, slice), ON.offset(9, row, slice));
  volume.values[ON.offset(4, 4, 4)] = 0;
  volume.values[ON.offset(11, 9, 7)] = 1;
  return volume;
}

describe("what a worker answers", () => {
  it("is the change that a job makes", () => {
    const volume = labels();
    const job = { tool: "fill-holes", extent: "volume" } as const;
    const box = boxOfJob(ON, LabelCounts.of(ON, volume.values), 1, job)!;
    const change = answer(sent({ kind: "job", job: cropped(volume, box, 1, job, FREE) }));
    expect(change).toEqual(doCropped(cropped(volume, box, 1, job, FREE)));
    expect(change).toMatchObject({ lengths: Int32Array.of(1) });
  });

  it("are the suspicious places of a segment", () => {
    const volume = labels();
    const box = LabelCounts.of(ON, volume.values).boxOf(1)!;
    const scan = () => toEnd(scanSegment(volume, 1, box, null));
    const found = answer(sent({ kind: "suspects", grid: DESCRIPTION, scan: scan(), expectation: nothingKnown(1) }));
    expect(found).toEqual(suspectsOf(ON, scan(), nothingKnown(1)).map((one) => ({ ...one })));
    expect((found as readonly { kind: string }[]).map((one) => one.kind)).toEqual(["island", "hole", "border", "border", "border"]);
  });
});
