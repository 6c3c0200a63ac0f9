// Lengths beside the image, in mm of the patient.

/** A length that reads well, as large as fits. */
export interface Ruler {
  readonly mm: number;
  /** Between two ticks. */
  readonly tickMm: number;
  readonly pixels: number;
}

const STEPS = [1, 2, 5] as const;

/**
 * The longest of 1, 2 or 5 times a power of ten that is no longer than `room` pixels.
 *
 * @param perMm pixels per mm along the ruler
 */
export function rulerFor(perMm: number, room: number): Ruler | null {
  const most = room / perMm;
  if (!(most > 0) || !Number.isFinite(most)) return null;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = STEPS.findLast((one) => one * power <= most * (1 + 1e-9)) ?? 1;
  const mm = step * power;
  return { mm, tickMm: mm / (step === 2 ? 4 : 5), pixels: mm * perMm };
}

/** The distance of each tick from the ruler's beginning in pixels, both ends among them. */
export function ticksOf({ mm, tickMm, pixels }: Ruler): number[] {
  const count = Math.round(mm / tickMm);
  return Array.from({ length: count + 1 }, (_, at) => (pixels * at) / count);
}

/** "5 cm", "20 mm", "0.5 mm"; "20 px" where pixels have no known size. */
export const lengthText = (mm: number, unit: "mm" | "px" = "mm"): string => (unit === "px" ? Number(mm.toPrecision(3)) + " px" : metric(mm));

const metric = (mm: number): string => (mm >= 10 && mm % 10 === 0 ? mm / 10 + " cm" : Number(mm.toPrecision(3)) + " mm");
