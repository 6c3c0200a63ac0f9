import { expect, test } from "vitest";
import { type Entry, catalogue } from "../src/texts/catalogue.ts";

const named = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const entries: [string, Entry][] = Object.values(catalogue).flatMap((area) => Object.entries(area));

test("every text is there in both languages, with the same values in it", () => {
  for (const [key, [en, de]] of entries) {
    expect(en.trim(), key).not.toBe("");
    expect(de.trim(), key).not.toBe("");
    expect(named(de), key).toEqual(named(en));
  }
});

test("no text is in two areas", () => {
  const keys = entries.map(([key]) => key);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});
