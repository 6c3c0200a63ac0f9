// The one catalogue: every text that a person sees, in each language. A test holds that no view has words of its own.

import { aids } from "./aids.ts";
import { history } from "./history.ts";
import { page } from "./page.ts";
import { quality } from "./quality.ts";
import { reasons } from "./reasons.ts";
import { worklist } from "./worklist.ts";

/** A text in English and in German; {name} is replaced by the value of that name. */
export type Entry = readonly [en: string, de: string];

/** By area, which is what is loaded at once; keys begin with a word of their area. The bundle makes a file of each for each language. */
export const catalogue = { aids, history, page, quality, reasons, worklist } as const satisfies Readonly<Record<string, Readonly<Record<string, Entry>>>>;
