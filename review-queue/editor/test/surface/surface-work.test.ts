import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxOfLabel } from "../../src/core/box.ts";
import { Grid } from "../../src/core/grid.ts";
import { FREE } from "../../src/core/labels.ts";
import { surfaceOf } from "../../src/core/surface-net.ts";
import type { Answer, Request } from "../../src/surface/messages.ts";
import { type Port, SurfaceWork } from "../../src/surface/surface-work.ts";
import { grid, labelsOf, someLabels } from "../core/fixtures.ts";

/** The worker without a thread: it answers when it is told to. */
class Shop implements Port {
  onmessage: ((event: MessageEvent<Answer>) => void) | null = null;
  readonly sent: Request[] = [];
  private grid: Grid | null = null;
  private labels = new Uint8Array();

  postMessage(request: Request): void {
    this.sent.push(request);
    if (request.kind === "grid") {
      this.grid = new Grid(request.grid);
      this.labels = new Uint8Array(this.grid.voxels);
    } else if (request.kind === "labels") this.labels.set(request.labels, request.from);
    else this.onmessage?.({ data: { label: request.label, mesh: surfaceOf(this.grid!, this.labels, request.label, request.within) } } as MessageEvent<Answer>);
  }

  takeSent(): number[] {
    return this.sent.splice(0).flatMap((one) => (one.kind === "labels" ? [one.from] : []));
  }
}

const now = () => Promise.resolve();

describe("the work on surfaces", () => {
  it("gives the surface of the labels as they are, whatever was changed and wherever the pieces end", async () => {
    await fc.assert(
      fc.asyncProperty(someLabels(grid()), fc.integer({ min: 1, max: 50 }), fc.array(fc.tuple(fc.nat(139), fc.nat(139), fc.nat(3)), { maxLength: 3 }), async (labels, piece, strokes) => {
        const work = new SurfaceWork(new Shop(), labels.grid, labels.values, piece);
        for (const [one, other, label] of [[0, 0, 0] as const, ...strokes]) {
          const edit = labels.edit(FREE);
          for (let at = Math.min(one, other); at <= Math.max(one, other); at++) edit.set(at, label);
          work.changed(edit.commit());
          for (const number of [1, 2, 3]) {
            const box = boxOfLabel(labels.grid, labels.values, number);
            if (box) expect(await work.surface(number, box, now)).toEqual(surfaceOf(labels.grid, labels.values, number));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it("sends only what is needed, and again only what changed", async () => {
    const on = grid([4, 5, 6], [1, 1, 1]);
    const labels = labelsOf(on, Array.from({ length: 120 }, (_, at) => (at >= 40 && at < 80 ? 1 : 0)));
    const shop = new Shop();
    const work = new SurfaceWork(shop, on, labels.values, 20);
    const within = { least: [0, 0, 2], largest: [3, 4, 3] } as const;
    await work.surface(1, within, now);
    expect(shop.takeSent()).toEqual([40, 60]);
    await work.surface(1, within, now);
    expect(shop.takeSent()).toEqual([]);
    const edit = labels.edit(FREE);
    edit.set(79, 2);
    edit.set(80, 2);
    work.changed(edit.commit());
    await work.surface(2, { least: [3, 4, 3], largest: [3, 4, 4] }, now);
    expect(shop.takeSent()).toEqual([60, 80]);
  });
});
