// What the page's modules take from here, in one file.

export { countBySlice, middleOf } from "./core/find.ts";
export { Grid } from "./core/grid.ts";
export { FREE, LabelVolume } from "./core/labels.ts";
export { voxelsByLabel, volumeOf } from "./core/measure.ts";
export { Plane, letters } from "./core/plane.ts";
export { EditSession } from "./core/session.ts";
export { Workbench } from "./editing/workbench.ts";
export { Courier } from "./journal/courier.ts";
export { openShelf, passingShelf } from "./journal/shelf.ts";
export { fromWire, toWire } from "./journal/wire.ts";
