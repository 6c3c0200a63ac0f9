// Makes surfaces beside the page, from its own copy of the labels.

import { Grid } from "../core/grid.ts";
import type { LabelArray } from "../core/labels.ts";
import { surfaceOf } from "../core/surface-net.ts";
import type { Answer, Request } from "../surface/messages.ts";

let grid: Grid | null = null;
let labels: LabelArray = new Uint8Array();

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  switch (data.kind) {
    case "grid":
      grid = new Grid(data.grid);
      labels = data.wide ? new Uint16Array(grid.voxels) : new Uint8Array(grid.voxels);
      break;
    case "labels":
      labels.set(data.labels, data.from);
      break;
    case "surface":
      answer({ label: data.label, mesh: grid && surfaceOf(grid, labels, data.label, data.within) });
  }
});

function answer(made: Answer): void {
  const { mesh } = made;
  postMessage(made, { transfer: mesh ? [mesh.positions.buffer, mesh.normals.buffer, mesh.triangles.buffer] : [] });
}
