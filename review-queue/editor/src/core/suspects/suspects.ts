// The places to look at, in all: of each segment by itself, and of the uncertainty map.

import { LabelCounts } from "../counts.ts";
import type { Grid, Triple } from "../grid.ts";
import type { LabelVolume } from "../labels.ts";
import { partOf, partsOfRuns } from "../row-runs.ts";
import { middleOfSlice, unsurePlaces, unsureSlices } from "./doubt.ts";
import { type SegmentScan, scanSegment, toEnd } from "./scan.ts";
import { borders, doubtOf, holes, islands, wrongSide } from "./shape.ts";
import { type Expectation, type Suspect, millilitres, ranked, suspect } from "./suspect.ts";

/** A part of a segment of which the model is on average less sure is named. */
const UNSURE_PART = 0.35;
const UNSURE_SEGMENT = 0.3;
const DISAGREEING = 0.9;
/** A segment that so many of the accepted cases had is missed if it is not there. */
const ALMOST_ALWAYS = 0.95;

/** What is known of a case beside its labels. */
export interface Maps {
  readonly expectations: readonly Expectation[];
  /** One byte per voxel, 255 is the largest doubt; null if there is no map. */
  readonly doubt: Uint8Array | null;
  /** The mean doubt of each slice, 0 to 1; empty if it is not known. */
  readonly doubtBySlice: readonly number[];
}

/** All places to look at, the most suspicious first. */
export function suspects(labels: LabelVolume, grid: Grid, maps: Maps): Suspect[] {
  const counts = LabelCounts.of(grid, labels.values);
  const found = maps.expectations.flatMap((expectation) => {
    const box = counts.boxOf(expectation.segment);
    return box ? suspectsOf(grid, toEnd(scanSegment(labels, expectation.segment, box, maps.doubt)), expectation) : absent(grid, expectation);
  });
  const places = maps.doubt ? toEnd(unsurePlaces(labels, maps.doubt)) : [];
  return ranked([...found, ...places, ...slicesOf(grid, counts, maps)]);
}

/** Those of one segment, as it was read. */
export function suspectsOf(grid: Grid, scan: SegmentScan, expectation: Expectation): Suspect[] {
  const parts = partsOfRuns(grid, scan.runs);
  // Frames are no space: there are no volumes across them, no holes in it, and an image without directions has no sides.
  if (grid.flat) return [...doubts(scan, parts[0]!.middle, expectation), ...unsureParts(scan, parts), ...borders(grid, scan, expectation)];
  const whole = partOf(grid, scan.runs, Array.from({ length: scan.runs.length }, (_, run) => run));
  return [
    ...volumes(grid, scan.segment, whole.voxels, parts[0]!.middle, expectation),
    ...doubts(scan, parts[0]!.middle, expectation),
    ...unsureParts(scan, parts),
    ...islands(grid, scan, parts),
    ...holes(grid, scan),
    ...borders(grid, scan, expectation),
    ...wrongSide(grid, scan, expectation),
  ];
}

/** What is to be said of a segment that is nowhere. */
export function absent(grid: Grid, { segment, usual }: Expectation): Suspect[] {
  if (!usual || usual.share < ALMOST_ALWAYS) return [];
  const middle: Triple = middleOfSlice(grid, Math.floor(grid.sizes[2] / 2));
  return [suspect("missing", segment, middle, 0.85, { cases: usual.cases, share: usual.share }, "segment")];
}

export function slicesOf(grid: Grid, counts: LabelCounts, { doubtBySlice, expectations }: Maps): Suspect[] {
  return unsureSlices(doubtBySlice, (slice) => {
    const on = (segment: number) => counts.along(segment, 2)[slice] ?? 0;
    const segment = expectations.map((one) => one.segment).reduce((best, one) => (on(one) > (best === 0 ? 0 : on(best)) ? one : best), 0);
    const box = segment === 0 ? null : counts.boxOf(segment);
    const middle = (axis: 0 | 1) => Math.round((box!.least[axis] + box!.largest[axis]) / 2);
    return { segment, index: box ? [middle(0), middle(1), slice] : middleOfSlice(grid, slice) };
  });
}

function volumes(grid: Grid, segment: number, voxels: number, index: Triple, { usual, warnings }: Expectation): Suspect[] {
  const ml = millilitres(grid, voxels);
  const found: Suspect[] = [];
  if (usual && (ml < usual.leastMl || ml > usual.largestMl)) {
    const low = ml < usual.leastMl;
    const beyond = low ? usual.leastMl / ml : ml / usual.largestMl;
    const facts = { ml, leastMl: usual.leastMl, largestMl: usual.largestMl, cases: usual.cases };
    found.push(suspect(low ? "volume-low" : "volume-high", segment, index, 0.65 + 0.25 * Math.min(1, Math.log2(beyond)), facts, "segment"));
  }
  if (warnings.includes("VOLUME_LOW")) found.push(suspect("expected-low", segment, index, 0.7, { ml }, "segment"));
  if (warnings.includes("VOLUME_HIGH")) found.push(suspect("expected-high", segment, index, 0.7, { ml }, "segment"));
  if (warnings.includes("TOO_MANY_COMPONENTS")) found.push(suspect("pieces", segment, index, 0.6, {}, "segment"));
  return found;
}

function doubts({ segment }: SegmentScan, index: Triple, { agreement, uncertainty }: Expectation): Suspect[] {
  const found: Suspect[] = [];
  if (agreement !== null && agreement < DISAGREEING) {
    found.push(suspect("disagreement", segment, index, 0.45 + 1.5 * (DISAGREEING - agreement), { share: agreement }, "segment"));
  }
  if (uncertainty >= UNSURE_SEGMENT) found.push(suspect("unsure-segment", segment, index, 0.3 + uncertainty / 2, { share: uncertainty }, "segment"));
  return found;
}

function unsureParts({ segment, runs, doubts: values }: SegmentScan, parts: ReturnType<typeof partsOfRuns>): Suspect[] {
  if (values.length === 0 || parts.length < 2) return [];
  return parts
    .filter((part) => part.voxels * 10 > parts[0]!.voxels)
    .map((part) => ({ part, share: doubtOf(runs, values, part) }))
    .filter(({ share }) => share >= UNSURE_PART)
    .map(({ part, share }) => suspect("unsure-part", segment, part.middle, 0.4 + share / 2, { share }));
}
