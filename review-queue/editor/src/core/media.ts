// What the values of an image are, as the server says it, and what follows for showing them.

import type { ColourMap } from "./tint.ts";

/** Patient space (LPS, mm), or the plane of the image alone, in mm or in pixels. */
export type Space = "PATIENT" | "IMAGE_MILLIMETRES" | "IMAGE_PIXELS";

export type Calibration = "PATIENT_SPACE" | "PIXEL_SPACING" | "DETECTOR" | "SCANNED" | "ULTRASOUND_REGION" | "NONE";

export type SuvLack = "UNITS" | "NOT_CORRECTED" | "DECAY_CORRECTION" | "WEIGHT" | "DOSE" | "HALF_LIFE" | "INJECTION_TIME" | "SCAN_TIME" | "TIMES_DO_NOT_FIT";

export interface Media {
  readonly modality: string;
  readonly colour: boolean;
  readonly blackIsHigh: boolean;
  readonly calibration: Calibration;
  readonly frameMillis: readonly number[];
  readonly units: string;
  /** From rescaled values to uptake by body weight, in g/ml. */
  readonly suv?: number | null;
  readonly suvLack?: SuvLack | null;
  readonly window?: { readonly centre: number; readonly width: number } | null;
}

interface Values {
  readonly slope: number;
  readonly intercept: number;
}

/** From sent to shown values: uptake where its factor is known, else rescaled values. */
export function shownScale({ slope, intercept }: Values, media: Media): Values {
  const factor = media.suv ?? 1;
  return { slope: slope * factor, intercept: intercept * factor };
}

/** The unit of shown values, empty if they have none. */
export const shownUnit = (media: Media): string => (media.suv ? "SUV" : media.units);

/** PET is read dark on white; other images as their makers mean them. */
export function usualMap({ modality, blackIsHigh }: Media): ColourMap {
  if (isUptake(modality)) return "inverted";
  return blackIsHigh ? "inverted" : "grey";
}

/** Whether an image shows function: laid over another one it glows. */
export const isUptake = (modality: string): boolean => modality === "PT" || modality === "NM";
