// Places and volumes in words.

import type { Grid, Triple } from "../core/grid.ts";
import { volumeOf } from "../core/measure.ts";
import type { Suspect } from "../core/suspects/suspect.ts";
import { text } from "../texts/texts.ts";
import { percent } from "./dom.ts";

/** With as many digits as it deserves. */
export function millilitres(ml: number): string {
  const digits = ml === 0 || ml >= 100 ? 0 : ml >= 1 ? 1 : ml >= 0.01 ? 2 : 3;
  return ml.toFixed(digits) + "\u202fml";
}

/** So many voxels as a volume; of an image, which has none, as pixels. */
export const amountText = (grid: Grid, voxels: number): string => (grid.flat ? voxels + "\u202fpx" : millilitres(volumeOf(grid, voxels)));

/** In mm of the patient and as an index. */
export function placeText(grid: Grid, index: Triple): string {
  if (grid.flat) return text("viewing.pixel", { column: index[0] + 1, row: index[1] + 1 });
  const [x, y, z] = grid.toPatient(index).map((mm) => mm.toFixed(1));
  return text("places.at", { x: x!, y: y!, z: z!, column: index[0] + 1, row: index[1] + 1, slice: index[2] + 1 });
}

/** Why it is worth a look. */
export function reasonText({ kind, facts }: Suspect): string {
  const values: Record<string, string | number> = {};
  for (const [name, fact] of Object.entries(facts)) {
    values[name] = typeof fact === "string" ? fact : name === "share" ? percent(fact) : /ml$/i.test(name) ? millilitres(fact) : fact;
  }
  const reason = text(kind === "side" ? (facts["side"] === "left" ? "suspect.side-left" : "suspect.side-right") : `suspect.${kind}`, values);
  const more = facts["more"];
  return typeof more === "number" && more > 0 ? reason + " " + text("suspect.more", { more }) : reason;
}
