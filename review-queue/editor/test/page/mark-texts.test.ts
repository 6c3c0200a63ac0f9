import { afterEach, describe, expect, it } from "vitest";
import { measureText, shortMeasure } from "../../src/page/mark-texts.ts";
import { speak } from "../../src/texts/texts.ts";

const HU = { millimetres: true, value: " HU" };
const area = { area: 1234.4, mean: 41.25, deviation: 12.04, least: -7, largest: 99.5 };

afterEach(() => speak("en"));

describe("what a finding measures, in words", () => {
  it("has its unit, and one digit of a millimetre", () => {
    speak("en");
    expect(shortMeasure({ length: 12.34 }, HU)).toBe("12.3 mm");
    expect(shortMeasure({ area }, HU)).toBe("1234 mm²");
    expect(shortMeasure({ value: 40 }, HU)).toBe("40 HU");
    expect(measureText({ area }, HU)).toBe("1234 mm² · mean 41.3 ± 12.0 HU, -7 to 99.5");
  });

  it("says pixels where nobody calibrated the image", () => {
    speak("en");
    expect(shortMeasure({ length: 12.34 }, { millimetres: false, value: "" })).toBe("12.3 px");
    expect(shortMeasure({ value: 0.5 }, { millimetres: false, value: "" })).toBe("0.5");
  });

  it("has the reader's decimal sign", () => {
    speak("de");
    expect(shortMeasure({ length: 12.34 }, HU)).toBe("12,3 mm");
  });

  it("says nothing of values where no pixel is inside", () => {
    speak("en");
    expect(measureText({ area: { area: 0.4, mean: NaN, deviation: NaN, least: NaN, largest: NaN } }, HU)).toBe("0.4 mm²");
    expect(measureText({}, HU)).toBe("");
  });
});
