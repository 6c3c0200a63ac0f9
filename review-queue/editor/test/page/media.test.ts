import { describe, expect, it } from "vitest";
import { frameTimes, later, rateOf } from "../../src/core/cine.ts";
import { Grid } from "../../src/core/grid.ts";
import { USUAL, planesOf } from "../../src/core/hanging.ts";
import { type Media, type Space, shownScale, shownUnit, usualMap } from "../../src/core/media.ts";
import { lengthText } from "../../src/core/ruler.ts";
import { layOver, packed, tint, tints } from "../../src/core/tint.ts";
import { ColourPicture, Fusion } from "../../src/page/colour-picture.ts";
import { presets } from "../../src/page/window-level.ts";

const PET: Media = { modality: "PT", colour: false, blackIsHigh: false, calibration: "PATIENT_SPACE", frameMillis: [], units: "BQML", suv: 0.0003 };

describe("colour maps", () => {
  it("run from black to white, from white to black, and through red and yellow", () => {
    expect(tint("grey", 0)).toBe(0xff000000);
    expect(tint("grey", 200)).toBe(packed(200, 200, 200));
    expect(tint("inverted", 0)).toBe(0xffffffff);
    expect(tint("inverted", 255)).toBe(0xff000000);
    expect(tint("hot", 64)).toBe(packed(128, 0, 0));
    expect(tint("hot", 160)).toBe(packed(255, 64, 0));
    expect(tint("hot", 224)).toBe(packed(255, 192, 128));
    expect(tints("hot").length).toBe(256);
  });

  it("are never darker for a higher value, but for the inverted one", () => {
    const sum = (colour: number) => (colour & 255) + ((colour >> 8) & 255) + ((colour >> 16) & 255);
    for (const map of ["grey", "hot"] as const) {
      const sums = [...tints(map)].map(sum);
      expect(sums.every((value, at) => at === 0 || value >= sums[at - 1]!)).toBe(true);
    }
  });
});

describe("two pictures in one", () => {
  it("show the lower, the upper, or some of each", () => {
    const upper = Uint32Array.of(packed(255, 0, 10), packed(0, 255, 255));
    for (const share of [0, 1, 0.5, 0.25]) {
      const lower = Uint32Array.of(packed(0, 200, 250), packed(255, 255, 1));
      layOver(lower, upper, share);
      const expected = [
        [0, 200, 250, 255, 0, 10],
        [255, 255, 1, 0, 255, 255],
      ].map((parts) => [0, 1, 2].map((channel) => Math.floor(parts[channel]! * (1 - share) + parts[channel + 3]! * share)));
      const found = [...lower].map((colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255]);
      expect(found).toEqual(expected);
      expect([...lower].every((colour) => colour >>> 24 === 255)).toBe(true);
    }
  });
});

describe("the values of a PET", () => {
  it("are shown as uptake where the factor is known", () => {
    const { slope, intercept } = shownScale({ slope: 2, intercept: 10 }, PET);
    expect(slope).toBeCloseTo(0.0006, 10);
    expect(intercept).toBeCloseTo(0.003, 10);
    expect(shownUnit(PET)).toBe("SUV");
    expect(usualMap(PET)).toBe("inverted");
  });

  it("are shown in their own units where it is not", () => {
    const lacking: Media = { ...PET, suv: null, suvLack: "WEIGHT" };
    expect(shownScale({ slope: 2, intercept: 10 }, lacking)).toEqual({ slope: 2, intercept: 10 });
    expect(shownUnit(lacking)).toBe("BQML");
  });

  it("do not make another image dark on white", () => {
    expect(usualMap({ ...PET, modality: "CR" })).toBe("grey");
    expect(usualMap({ ...PET, modality: "MR", blackIsHigh: true })).toBe("inverted");
  });
});

describe("a loop", () => {
  it("shows each frame for its time and begins again", () => {
    const millis = [40, 60, 100];
    expect(later(millis, { frame: 0, since: 0 }, 39)).toEqual({ frame: 0, since: 39 });
    expect(later(millis, { frame: 0, since: 0 }, 40)).toEqual({ frame: 1, since: 0 });
    expect(later(millis, { frame: 1, since: 10 }, 60)).toEqual({ frame: 2, since: 10 });
    expect(later(millis, { frame: 2, since: 0 }, 130)).toEqual({ frame: 0, since: 30 });
    expect(later(millis, { frame: 1, since: 5 }, 20_000)).toEqual({ frame: 1, since: 5 });
  });

  it("comes to the same frame in small steps as in a large one", () => {
    const millis = [33, 33, 41, 20];
    let moment = { frame: 0, since: 0 };
    for (let step = 0; step < 97; step++) moment = later(millis, moment, 7);
    expect(moment).toEqual(later(millis, { frame: 0, since: 0 }, 97 * 7));
  });

  it("goes at the stated pace, at the usual one if none is stated, and faster or slower", () => {
    expect(frameTimes([40, 40], 2, 1)).toEqual([40, 40]);
    expect(frameTimes([40, 40], 2, 2)).toEqual([20, 20]);
    expect(rateOf(frameTimes([], 5, 1))).toBeCloseTo(15);
    expect(rateOf([33.333, 33.333])).toBeCloseTo(30, 2);
  });
});

describe("an image without a place in patient space", () => {
  const described = (space: Space) => ({
    columns: 4,
    rows: 3,
    slices: 2,
    position: [0, 0, 0],
    axes: { column: [1, 0, 0], row: [0, 1, 0], slice: [0, 0, 1] },
    spacing: { column: 1, row: 1, slice: 1 },
    space,
  });

  it("has one plane, without letters, whatever the protocol wishes", () => {
    const planes = planesOf(new Grid(described("IMAGE_PIXELS")), { ...USUAL, planes: ["coronal"] });
    expect(planes.map((plane) => plane.fixed)).toEqual([2]);
    expect(planes[0]!.letters()).toEqual({ right: "", left: "", top: "", bottom: "" });
    expect(planes[0]!.title).toBe("plane.frame");
    expect(planesOf(new Grid(described("PATIENT")), USUAL).length).toBe(3);
  });

  it("is measured in pixels unless it is calibrated", () => {
    expect(new Grid(described("IMAGE_PIXELS")).unit).toBe("px");
    expect(new Grid(described("IMAGE_MILLIMETRES")).unit).toBe("mm");
    expect(lengthText(50, "px")).toBe("50 px");
    expect(lengthText(50, "mm")).toBe("5 cm");
  });

  it("is shown in its colours, brightened as the window says, and the other image through it", () => {
    const grid = new Grid(described("IMAGE_PIXELS"));
    const rgb = Uint8Array.from({ length: 3 * grid.voxels }, (_, at) => at);
    const plane = planesOf(grid, USUAL)[0]!;
    const pixels = new Uint32Array(12);
    const picture = new ColourPicture(rgb, { name: "", level: 128, width: 256 });
    picture.paint(plane, 1, pixels);
    expect([...pixels.slice(0, 2)]).toEqual([packed(36, 37, 38), packed(39, 40, 41)]);
    picture.setWindow({ name: "", level: 0, width: 1 });
    picture.paint(plane, 1, pixels);
    expect(pixels[0]).toBe(packed(255, 255, 255));
    const black = { paint: (_: unknown, __: number, into: Uint32Array) => void into.fill(packed(0, 0, 0)) };
    const fusion = new Fusion(picture, black);
    fusion.share = 1;
    fusion.paint(plane, 1, pixels);
    expect(pixels[0]).toBe(packed(0, 0, 0));
  });
});

describe("windows", () => {
  const range = { minimum: 0, maximum: 30 };
  it("of uptake go from nought, whatever the scanner states", () => {
    const choices = presets({ modality: "PT", unit: "SUV", stated: { level: 9, width: 3 } }, range);
    expect(choices.map(({ level, width }) => [level, width])).toEqual([
      [2.5, 5],
      [3.5, 7],
      [5, 10],
      [10, 20],
      [15.5, 31],
    ]);
  });

  it("that an image states come before its full range", () => {
    expect(presets({ modality: "CR", unit: "", stated: { level: 473, width: 1024 } }, range)[0]).toMatchObject({ level: 473, width: 1024 });
  });
});
