// From brightness to colour, and two pictures in one.

/** Grey from dark to light, the other way round, or as glowing iron (PS3.6 B.1.1). */
export type ColourMap = "grey" | "inverted" | "hot";

export const COLOUR_MAPS: readonly ColourMap[] = ["grey", "inverted", "hot"];

const OPAQUE = 0xff000000;

/** The colour of a brightness 0 to 255, as 0xAABBGGRR. */
export function tint(map: ColourMap, brightness: number): number {
  switch (map) {
    case "grey":
      return packed(brightness, brightness, brightness);
    case "inverted":
      return packed(255 - brightness, 255 - brightness, 255 - brightness);
    case "hot":
      return packed(Math.min(255, 2 * brightness), clipped(2 * (brightness - 128)), clipped(4 * (brightness - 192)));
  }
}

/** The colour of each brightness. */
export function tints(map: ColourMap): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, brightness) => tint(map, brightness));
}

export function packed(red: number, green: number, blue: number): number {
  return (OPAQUE | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Lays one opaque picture over another: share 0 shows the lower one alone, 1 the upper one. */
export function layOver(lower: Uint32Array, upper: Uint32Array, share: number): void {
  const part = Math.round(256 * Math.min(1, Math.max(0, share)));
  const rest = 256 - part;
  for (let at = 0; at < lower.length; at++) {
    const under = lower[at]!;
    const over = upper[at]!;
    // Red and blue at once: neither runs into the other, for each has 8 bits free above it.
    const redBlue = (((under & 0xff00ff) * rest + (over & 0xff00ff) * part) / 256) & 0xff00ff;
    const green = (((under & 0xff00) * rest + (over & 0xff00) * part) / 256) & 0xff00;
    lower[at] = (OPAQUE | redBlue | green) >>> 0;
  }
}

const clipped = (value: number): number => Math.min(255, Math.max(0, value));
