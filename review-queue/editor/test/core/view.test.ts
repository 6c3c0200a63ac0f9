import { describe, expect, it } from "vitest";
import type { Box } from "../../src/core/box.ts";
import { Plane } from "../../src/core/plane.ts";
import { lengthText, rulerFor, ticksOf } from "../../src/core/ruler.ts";
import { WHOLE, fitted, panned, pixelsPerMm, placeUnder, placementOf, zoomed } from "../../src/core/view.ts";
import { grid, orientations } from "./fixtures.ts";

const CANVAS = { width: 640, height: 480 };

describe("fit to a segment", () => {
  it.each(orientations(0.2).map((axes, at) => [at, axes] as const))("brings its box into the middle, orientation %i", (_, axes) => {
    const on = grid([160, 120, 90], [0.8, 1.1, 2.5], axes);
    const box: Box = { least: [12, 70, 5], largest: [29, 80, 16] };
    for (const plane of Plane.threeOf(on)) {
      const view = fitted(plane, CANVAS, box);
      const place = placementOf(plane, CANVAS, view);
      const corners = [box.least, box.largest].map((index) => {
        const [u, v] = plane.placeOf(index);
        return [place.left + u * place.scaleX, place.top + v * place.scaleY] as const;
      });
      expect((corners[0]![0] + corners[1]![0]) / 2).toBeCloseTo(CANVAS.width / 2, 6);
      expect((corners[0]![1] + corners[1]![1]) / 2).toBeCloseTo(CANVAS.height / 2, 6);
      // At least 12 mm are seen on all sides, and no more than that where it is tightest.
      const perMm = place.scaleX / plane.pixelWidth;
      expect(place.scaleY / plane.pixelHeight).toBeCloseTo(perMm, 9);
      const half = [plane.pixelWidth / 2, plane.pixelHeight / 2];
      const margins = corners.flatMap(([x, y]) => [
        Math.min(x, CANVAS.width - x) / perMm - half[0]!,
        Math.min(y, CANVAS.height - y) / perMm - half[1]!,
      ]);
      expect(Math.min(...margins)).toBeCloseTo(12, 6);
    }
  });

  it("shows all of the image where the segment is nearly all of it", () => {
    const plane = Plane.threeOf(grid())[0];
    expect(fitted(plane, CANVAS, { least: [0, 0, 0], largest: [6, 4, 3] })).toBe(WHOLE);
  });
});

describe("a view", () => {
  const plane = Plane.threeOf(grid([100, 80, 60]))[0];

  it("keeps the proportions of pixels that are not square", () => {
    const { scaleX, scaleY } = placementOf(plane, CANVAS, WHOLE);
    expect(scaleX / scaleY).toBeCloseTo(plane.pixelWidth / plane.pixelHeight, 9);
    expect(Math.max((scaleX * plane.width) / CANVAS.width, (scaleY * plane.height) / CANVAS.height)).toBeCloseTo(1, 9);
  });

  it("keeps the place under the pointer where it is when it is zoomed", () => {
    const before = placementOf(plane, CANVAS, WHOLE);
    const fixed = placeUnder(before, 500, 100);
    const after = placementOf(plane, CANVAS, zoomed(plane, WHOLE, 3, fixed));
    expect(placeUnder(after, 500, 100).map((value) => value.toFixed(6))).toEqual(fixed.map((value) => value.toFixed(6)));
    expect(after.scaleX / before.scaleX).toBeCloseTo(3, 9);
  });

  it("goes along with the pointer that drags it", () => {
    const before = placementOf(plane, CANVAS, { zoom: 2, centre: [30, 20] });
    const after = placementOf(plane, CANVAS, panned(plane, CANVAS, { zoom: 2, centre: [30, 20] }, 35, -12));
    expect(after.left - before.left).toBeCloseTo(35, 9);
    expect(after.top - before.top).toBeCloseTo(-12, 9);
  });
});

describe("a ruler", () => {
  it("has the same mm along both sides of a pixel that is not square", () => {
    for (const plane of Plane.threeOf(grid([100, 80, 60], [0.5, 0.75, 3]))) {
      const view = { zoom: 2.5, centre: null };
      const place = placementOf(plane, CANVAS, view);
      const ruler = rulerFor(pixelsPerMm(plane, CANVAS) * view.zoom, 200)!;
      expect((ruler.pixels / place.scaleX) * plane.pixelWidth).toBeCloseTo(ruler.mm, 9);
      expect((ruler.pixels / place.scaleY) * plane.pixelHeight).toBeCloseTo(ruler.mm, 9);
    }
  });

  it.each([
    [1, 200, 200, "20 cm"],
    [1, 199, 100, "10 cm"],
    [3.3, 180, 50, "5 cm"],
    [40, 180, 2, "2 mm"],
    [400, 180, 0.2, "0.2 mm"],
  ])("of %d pixels per mm in %d pixels is %d mm", (perMm, room, mm, text) => {
    const ruler = rulerFor(perMm, room)!;
    expect(ruler.mm).toBeCloseTo(mm, 9);
    expect(lengthText(ruler.mm)).toBe(text);
    const ticks = ticksOf(ruler);
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBeCloseTo(ruler.pixels, 9);
    expect(ruler.pixels).toBeLessThanOrEqual(room + 1e-6);
    expect([4, 5]).toContain(ticks.length - 1);
  });

  it("is not there where there is no room", () => {
    expect(rulerFor(1, 0)).toBeNull();
    expect(rulerFor(NaN, 100)).toBeNull();
  });
});
