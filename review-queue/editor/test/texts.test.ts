import { expect, test } from "vitest";
import { entries } from "../src/texts/texts.ts";

const named = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("every text is there in both languages, with the same values in it", () => {
  for (const [key, [en, de]] of Object.entries(entries())) {
    expect(en.trim(), key).not.toBe("");
    expect(de.trim(), key).not.toBe("");
    expect(named(de), key).toEqual(named(en));
  }
});
