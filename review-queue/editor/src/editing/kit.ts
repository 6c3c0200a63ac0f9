// What works on a whole segment, on a part of it or on values: it is loaded apart from the pens, which are wanted first.

export { levelTrace } from "../core/tools/grow.ts";
export { boxOfJob, cropped, doCropped, nameOf, place } from "../core/tools/job.ts";
export { removePart } from "../core/tools/region.ts";
export { Growing } from "./growing.ts";
