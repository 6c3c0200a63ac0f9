// How long the slow parts take on a large volume. Run it with: npm run measure

import { boxOfLabel, voxelsIn } from "../../src/core/box.ts";
import { LabelCounts } from "../../src/core/counts.ts";
import { Difference } from "../../src/core/difference.ts";
import { Grid } from "../../src/core/grid.ts";
import type { ImageVolume } from "../../src/core/image.ts";
import { FREE, LabelVolume } from "../../src/core/labels.ts";
import { Plane } from "../../src/core/plane.ts";
import { ProposedLabels } from "../../src/core/proposal.ts";
import { EditSession } from "../../src/core/session.ts";
import { unsurePlaces } from "../../src/core/suspects/doubt.ts";
import { scanSegment, toEnd } from "../../src/core/suspects/scan.ts";
import { nothingKnown } from "../../src/core/suspects/suspect.ts";
import { suspectsOf } from "../../src/core/suspects/suspects.ts";
import { type SegmentJob, boxOfGrowth, boxOfJob, cropped, croppedGrowth, doCropped, place } from "../../src/core/tools/job.ts";
import { type Pen, type Settings, Workbench } from "../../src/editing/workbench.ts";
import * as kit from "../../src/editing/kit.ts";

const COLUMNS = 512;
const SLICES = 600;
const ON = new Grid({
  columns: COLUMNS,
  rows: COLUMNS,
  slices: SLICES,
  position: [-180, -180, 0],
  axes: { column: [1, 0, 0], row: [0, 1, 0], slice: [0, 0, 1] },
  spacing: { column: 0.7, row: 0.7, slice: 1 },
});

function timed<T>(what: string, work: () => T): T {
  const begun = performance.now();
  const result = work();
  console.log((performance.now() - begun).toFixed(1).padStart(9) + " ms  " + what);
  return result;
}

/** A liver of 1.6 l with a ragged border, and a kidney. */
function body(): { readonly labels: LabelVolume; readonly image: ImageVolume; readonly doubt: Uint8Array } {
  const labels = LabelVolume.empty(ON, 3);
  const values = new Int16Array(ON.voxels).fill(40);
  const doubt = new Uint8Array(ON.voxels);
  for (let slice = 150; slice < 450; slice++) {
    for (let row = 0; row < COLUMNS; row++) {
      for (let column = 0; column < COLUMNS; column++) {
        const at = ON.offset(column, row, slice);
        const ragged = 1 + (((at * 2654435761) >>> 24) - 128) / 2600;
        const liver = ((column - 190) / 118) ** 2 + ((row - 250) / 110) ** 2 + ((slice - 300) / 82) ** 2;
        const kidney = ((column - 350) / 40) ** 2 + ((row - 300) / 40) ** 2 + ((slice - 280) / 60) ** 2;
        if (liver < ragged) values[at] = 100;
        if (liver < ragged) labels.values[at] = 1;
        else if (kidney < ragged) labels.values[at] = 2;
        if (Math.abs(liver - 1) < 0.05) doubt[at] = 150;
      }
    }
  }
  return { labels, image: { grid: ON, values, slope: 1, intercept: 0 }, doubt };
}

const { labels, image, doubt } = body();
const session = new EditSession(labels, () => 0, () => {});
const proposed = timed("the compact copy of the proposal", () => ProposedLabels.of(labels.values, COLUMNS));
console.log(" ".repeat(10) + (proposed.bytes / 1e6).toFixed(1) + " MB");
const counts = timed("counting the labels", () => LabelCounts.of(ON, labels.values));
console.log(" ".repeat(10) + [1, 2].map((label) => ((counts.total(label) * ON.voxelVolume()) / 1000).toFixed(0) + " ml").join(", "));
timed("the box of a label, by a search", () => boxOfLabel(ON, labels.values, 1));
const bench = new Workbench(session, image, { now: () => 0, changed: () => {}, proposed });
bench.kit = kit;

const plane = Plane.threeOf(ON)[0];
const settings: Settings = { radius: 10, ball: false, range: { least: 0, largest: 200 }, tolerance: 40, rules: FREE, onSlice: true };
const dab = (pen: Pen, set: Settings, places: readonly (readonly [number, number])[]) => {
  places.forEach((at, number) => (number === 0 ? bench.press(pen, 1, set, { plane, slice: 300, place: at }) : bench.drag({ plane, slice: 300, place: at })));
  bench.lift();
};
timed("a first dab with a disc of 10 mm, from press to commit", () => dab("brush", settings, [[300, 200]]));
timed("the next one", () => dab("brush", settings, [[330, 200]]));
timed("a first dab with a ball of 10 mm", () => dab("brush", { ...settings, ball: true }, [[300, 150]]));
timed("the next one", () => dab("brush", { ...settings, ball: true }, [[330, 150]]));
timed("a stroke of 40 moves with a disc of 10 mm", () => dab("brush", settings, Array.from({ length: 40 }, (_, at) => [200 + 4 * at, 120] as const)));
timed("a preview under the pointer", () => bench.preview("threshold-brush", 1, settings, { plane, slice: 300, place: [300, 300] }));
const growth = { tool: "grow", seed: [400, 400, 300], extent: "volume", range: { least: 0, largest: 200 }, reach: 60 } as const;
const toGrow = timed("growing 60 mm in space: the page crops image and labels", () => croppedGrowth(labels, image.values, 1, growth, FREE));
const grown = timed("  it is done, in the worker", () => doCropped(toGrow));
const growing = session.edit(FREE);
timed("  the page takes " + grown.starts.length + " runs, " + grown.grown!.voxels + " voxels", () => place(growing, boxOfGrowth(ON, growth), grown));
growing.cancel();
timed("a level trace on a slice", () => dab("level-trace", settings, [[190, 250]]));

for (const job of [
  { tool: "keep-largest", extent: "volume" },
  { tool: "fill-holes", extent: "volume" },
  { tool: "smooth", mm: 2, extent: "volume" },
  { tool: "margin", mm: 2, extent: "volume" },
  { tool: "combine", other: 2, how: "add" },
  { tool: "copy-slice", fixed: 2, from: 300, to: 301 },
  { tool: "interpolate", fixed: 2, keys: [280, 290] },
  { tool: "fill-holes", extent: { fixed: 2, slice: 300 } },
] as const satisfies readonly SegmentJob[]) {
  const box = boxOfJob(ON, bench.counts, 1, job)!;
  const part = timed(job.tool + ": the page crops " + (voxelsIn(box) / 1e6).toFixed(1) + " M voxels", () => cropped(labels, box, 1, job, FREE));
  const change = timed("  it is done (in the worker if large)", () => doCropped(part));
  const edit = session.edit(FREE);
  timed("  the page takes " + change.starts.length + " runs", () => place(edit, box, change));
  edit.cancel();
}

const scan = timed("reading the liver for suspicious places, in pieces", () => toEnd(scanSegment(labels, 1, bench.counts.boxOf(1)!, doubt)));
timed("its suspicious places, in the worker", () => suspectsOf(ON, scan, nothingKnown(1)));
timed("places of doubt in the whole map, in pieces", () => toEnd(unsurePlaces(labels, doubt)));
const wide = session.edit(FREE);
for (let slice = 200; slice < 400; slice++) for (let row = 150; row < 350; row++) wide.set(ON.offset(320, row, slice), 1);
session.commit(wide, { tool: "brush", segment: 1, activeMillis: 0, pathMm: 0 });
timed("places that differ, of 40,000 rows", () => bench.difference.places());
for (const one of Plane.threeOf(ON)) {
  const kinds = new Uint8Array(one.width * one.height);
  timed("what differs on a slice, " + one.name, () => bench.difference.onSlice(one, Math.floor(one.count / 2), kinds));
}
timed("a difference anew, after a reload", () => new Difference(labels, proposed, session.changes));
