// The one catalogue: every text that a person sees, in each language. A test holds that no view has words of its own.

import { assist } from "./assist.ts";
import { cases } from "./cases.ts";
import { common } from "./common.ts";
import { history } from "./history.ts";
import { images } from "./images.ts";
import { life } from "./life.ts";
import { marks } from "./marks.ts";
import { places } from "./places.ts";
import { quality } from "./quality.ts";
import { tools } from "./tools.ts";
import { viewing } from "./viewing.ts";
import { worklist } from "./worklist.ts";

/** A text in English and in German; {name} is replaced by the value of that name. */
export type Entry = readonly [en: string, de: string];

const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Areas add their texts here; keys begin with the area's word. */
const catalogue = { ...assist, ...common, ...cases, ...history, ...images, ...life, ...marks, ...places, ...quality, ...tools, ...viewing, ...worklist } as const satisfies Readonly<Record<string, Entry>>;

export type TextKey = keyof typeof catalogue;

const KEPT = "firstpass.language";
let current: Language = initial();

function initial(): Language {
  const wished = globalThis.localStorage?.getItem(KEPT) ?? globalThis.navigator?.language ?? "en";
  return wished.toLowerCase().startsWith("de") ? "de" : "en";
}

export const language = (): Language => current;
export const languages = (): readonly Language[] => LANGUAGES;

/** From now on in this language, also after a reload. */
export function speak(wished: Language): void {
  current = wished;
  globalThis.localStorage?.setItem(KEPT, wished);
}

export function text(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  const [en, de] = catalogue[key];
  return (current === "de" ? de : en).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export const entries = (): Readonly<Record<string, Entry>> => catalogue;
