import { expect, test } from "vitest";
import { type Figure, aligned, at, charts, segmentsOf, spans } from "../../../src/page/quality/figures.ts";
import { loadTexts, speak } from "../../../src/texts/texts.ts";
import { curveWord, dayWord, titleOf, toolWord, valueWord } from "../../../src/page/quality/words.ts";

const NONE = { ACCEPT: 0, MINOR: 0, MAJOR: 0, REJECT: 0, MISSING: 0, NOT_ASSESSABLE: 0 };
const figure = (start: string, name: string, more: Partial<Figure>): Figure => ({ start, name, cases: 1, verdicts: NONE, ...more });
const WEEKS = [
  figure("2026-11-02", "", { cases: 2, verdicts: { ...NONE, ACCEPT: 3, MINOR: 1 }, dice: 0.9, activeSeconds: 60 }),
  figure("2026-11-09", "", { verdicts: { ...NONE, ACCEPT: 1 }, dice: null }),
];
const VERSIONS = [
  figure("2026-11-02", "a 1", { cases: 1, verdicts: { ...NONE, ACCEPT: 1, MAJOR: 1 }, addedPathMm: 10, drawingSeconds: 5, activeSeconds: 9 }),
  figure("2026-11-09", "a 1", { cases: 1 }),
  figure("2026-11-09", "a 2", { cases: 5, verdicts: { ...NONE, ACCEPT: 4 } }),
];

test("together there is one curve for each verdict that was given, as a share of segments", () => {
  const shares = charts(WEEKS, "none")[0]!;
  expect(shares.kind).toBe("shares");
  expect(shares.curves.map(({ verdict }) => verdict)).toEqual(["ACCEPT", "MINOR"]);
  expect(shares.curves[0]!.points.map(({ value }) => value)).toEqual([75, 100]);
  expect(shares.curves[1]!.points).toEqual([
    { start: "2026-11-02", cases: 2, value: 25 },
    { start: "2026-11-09", cases: 1, value: 0 },
  ]);
});

test("set apart there is one curve for each name, the one with the most cases first", () => {
  const [accepted, , , path, time] = charts(VERSIONS, "version");
  expect(accepted!.curves.map(({ name }) => name)).toEqual(["a 2", "a 1"]);
  expect(accepted!.curves[1]!.points.map(({ value }) => value)).toEqual([50, null]);
  expect(at(path!.curves[1]!, "2026-11-02")?.value).toBe(10);
  expect(at(time!.curves[1]!, "2026-11-02")?.value).toBe(9);
  expect(at(charts(VERSIONS, "segment")[4]!.curves[1]!, "2026-11-02")?.value).toBe(5);
});

test("all curves have a value or a gap at each span", () => {
  const chart = charts(VERSIONS, "version")[0]!;
  expect(spans(chart)).toEqual(["2026-11-02", "2026-11-09"]);
  expect(aligned(chart, chart.curves)).toEqual([
    [Date.UTC(2026, 10, 2) / 1000, Date.UTC(2026, 10, 9) / 1000],
    [null, 100],
    [50, null],
  ]);
  expect(segmentsOf(VERSIONS[0]!)).toBe(2);
});

test("without a figure there is no curve", () => {
  expect(charts([], "none").every(({ curves }) => curves.length === 0)).toBe(true);
});

test("figures are written as people of the language read them", async () => {
  const [shares, dice] = charts(WEEKS, "none");
  speak("de");
  await loadTexts("quality");
  expect(valueWord(0.5, "ratio")).toBe("0,500");
  expect(valueWord(12.34, "mm")).toBe("12,3 mm");
  expect(valueWord(0.254, "mm")).toBe("0,25 mm");
  expect(valueWord(7.25, "seconds")).toBe("7,3 s");
  expect(curveWord(shares!.curves[0]!, "none")).toBe("Unverändert bestätigt");
  expect(toolWord("brush")).toBe("Pinsel");
  speak("en");
  await loadTexts("quality");
  expect(valueWord(null, "percent")).toBe("–");
  expect(valueWord(61.4, "seconds")).toBe("61 s");
  expect(curveWord(dice!.curves[0]!, "none")).toBe("All together");
  expect(curveWord({ name: "", points: [] }, "scanner")).toBe("Not known");
  expect(titleOf(charts(VERSIONS, "segment")[4]!, "segment")).toBe("Drawing time on the segment, mean");
  expect(dayWord("2026-11-02")).toBe("Nov 2, 2026");
  expect(toolWord("of-tomorrow")).toBe("of-tomorrow");
});
