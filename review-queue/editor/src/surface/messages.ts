// What the page and its surface worker say to each other.

import type { Box } from "../core/box.ts";
import type { GridDescription } from "../core/grid.ts";
import type { Mesh } from "../core/surface-net.ts";

export type Request =
  | { readonly kind: "grid"; readonly grid: GridDescription; readonly wide: boolean }
  /** Labels from an offset of the grid's array on. */
  | { readonly kind: "labels"; readonly from: number; readonly labels: Uint8Array | Uint16Array }
  | { readonly kind: "surface"; readonly label: number; readonly within: Box };

/** Answers a request for a surface; one after the other, in order. */
export interface Answer {
  readonly label: number;
  readonly mesh: Mesh | null;
}
