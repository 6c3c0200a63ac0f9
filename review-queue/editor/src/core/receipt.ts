// What a receipt of the server must say of labels: as many voxels per segment, and the same digest.

import { BACKGROUND, type LabelArray } from "./labels.ts";
import { Sha256 } from "./sha256.ts";

/** Labels as they were submitted. */
export interface Submitted {
  readonly values: LabelArray;
  /** Segments that the reader rejected, or could not assess: they are in no accepted labels. */
  readonly keptOut: readonly number[];
}

/** What the server answers, or what it should have answered. */
export interface Proof {
  /** By segment number; segments without a voxel may be left out. */
  readonly voxels: Readonly<Record<string, number>>;
  /** SHA-256 in hex, of unsigned 16-bit values, little endian, slice, row, column. */
  readonly digest: string;
}

const PIECE = 1 << 15;

export function proofOf({ values, keptOut }: Submitted): Proof {
  const lookup = new Uint16Array(values instanceof Uint8Array ? 1 << 8 : 1 << 16);
  const counts = new Float64Array(lookup.length);
  for (let label = 0; label < lookup.length; label++) lookup[label] = label;
  for (const label of keptOut) lookup[label] = BACKGROUND;
  const digest = new Sha256();
  const bytes = new Uint8Array(2 * PIECE);
  for (let from = 0; from < values.length; from += PIECE) {
    const to = Math.min(from + PIECE, values.length);
    let at = 0;
    for (let voxel = from; voxel < to; voxel++) {
      const label = lookup[values[voxel]!]!;
      counts[label]!++;
      bytes[at++] = label;
      bytes[at++] = label >>> 8;
    }
    digest.update(bytes.subarray(0, at));
  }
  const voxels: Record<string, number> = {};
  for (let label = 1; label < counts.length; label++) if (counts[label]! > 0) voxels[label] = counts[label]!;
  return { voxels, digest: digest.hex() };
}

/** Whether the two speak of the same labels. */
export function agree(one: Proof, other: Proof): boolean {
  const segments = new Set([...Object.keys(one.voxels), ...Object.keys(other.voxels)]);
  return one.digest === other.digest && [...segments].every((segment) => (one.voxels[segment] ?? 0) === (other.voxels[segment] ?? 0));
}
