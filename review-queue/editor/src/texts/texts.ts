// The texts of the catalogue in the language of the reader, area by area as they are needed.

import type { catalogue } from "./catalogue.ts";

const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

type Catalogue = typeof catalogue;
export type Area = keyof Catalogue;
export type TextKey = { [A in Area]: keyof Catalogue[A] }[Area];

const KEPT = "firstpass.language";
let current: Language = initial();

function initial(): Language {
  const wished = globalThis.localStorage?.getItem(KEPT) ?? globalThis.navigator?.language ?? "en";
  return wished.toLowerCase().startsWith("de") ? "de" : "en";
}

export const language = (): Language => current;
export const languages = (): readonly Language[] => LANGUAGES;

/** After a reload in this language. */
export function speak(wished: Language): void {
  current = wished;
  globalThis.localStorage?.setItem(KEPT, wished);
}

/** Set by the bundle; tests run without it, on the whole catalogue. */
declare const BUNDLED: boolean | undefined;

async function read(area: Area): Promise<Readonly<Record<string, string>>> {
  if (typeof BUNDLED === "undefined") {
    const { catalogue } = await import("./catalogue.ts");
    const entries = Object.values(catalogue).flatMap((one) => Object.entries(one));
    return Object.fromEntries(entries.map(([key, entry]) => [key, entry[LANGUAGES.indexOf(current)]!]));
  }
  const file = "/page/texts-" + area + "-" + current + ".js";
  return ((await import(file)) as { readonly texts: Readonly<Record<string, string>> }).texts;
}

const spoken: Record<string, string> = {};

/** From now on these texts are there. */
export async function loadTexts(...areas: Area[]): Promise<void> {
  Object.assign(spoken, ...(await Promise.all(areas.map(read))));
}

await loadTexts("page");

export function text(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  const sentence = spoken[key];
  if (sentence === undefined) throw new Error("the text " + key + " is not loaded");
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Whether there is such a text. */
export const isText = (key: string): key is TextKey => key in spoken;
