// What a reader can do in a case, as one table: buttons, keys, the list of keys and the search all read it.

import type { ComponentChild } from "preact";
import type { TextKey } from "../texts/texts.ts";

export interface Action {
  readonly id: string;
  readonly name: TextKey;
  /** One sentence. */
  readonly hint: TextKey;
  /** As {@link keyOf} names them; each at one action only. */
  readonly keys: readonly string[];
  /** @param event the key that was pressed, or null of a button */
  readonly run: (event: KeyboardEvent | null) => void;
  /** Of an action that lasts as long as its key is held. */
  readonly release?: (heldMillis: number) => void;
  /** Whether the key goes on while it is held down. */
  readonly repeats?: boolean;
  /** Of something that is on or off. */
  readonly pressed?: () => boolean;
  /** Why it cannot be done now, or null. */
  readonly hindrance?: () => TextKey | null;
  /** By how much it works, as it is set now. */
  readonly amount?: () => string;
  /** Of a tool for the pointer: pressed as long as it is held. */
  readonly tool?: boolean;
  /** Not on a button of the tool panel. */
  readonly keyOnly?: boolean;
}

/** Actions that belong together. */
export interface ActionGroup {
  readonly id: string;
  readonly title: TextKey;
  readonly actions: readonly Action[];
  /** Its page of the tool panel: what is there beside its buttons. A group without one has keys only. */
  readonly page?: () => ComponentChild;
}

/** The name of a pressed key: a sign as it is printed, letters small, "Shift+" only before letters and named keys, "Ctrl+" before all. */
export function keyOf(event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "getModifierState">): string | null {
  // Where { and [ are printed with AltGr, the browser says that Ctrl and Alt are held.
  const printed = event.getModifierState("AltGraph");
  if (event.altKey && !printed) return null;
  const letter = /^\p{L}$/u.test(event.key);
  const shift = event.shiftKey && (letter || event.key.length > 1) ? "Shift+" : "";
  const control = (event.ctrlKey || event.metaKey) && !printed ? "Ctrl+" : "";
  return control + shift + (letter ? event.key.toLowerCase() : event.key);
}

const SIGNS: Readonly<Record<string, string>> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", PageUp: "Page ↑", PageDown: "Page ↓", Escape: "Esc", " ": "Space" };

/** As it stands on the key. */
export function keyText(key: string): string {
  const parts = key.split(/(?<=.)\+(?=.)/);
  const last = parts.pop()!;
  return [...parts.map((part) => (part === "Shift" ? "⇧" : part)), SIGNS[last] ?? (last.length === 1 ? last.toUpperCase() : last)].join(" ");
}

/** The keys of an action in short: a row of digits as its first and last. */
export const keysText = ({ keys }: Action): string => (keys.length > 4 ? keyText(keys[0]!) + " … " + keyText(keys.at(-1)!) : keys.map(keyText).join("  "));

/** The actions by their keys. */
export function byKey(groups: readonly ActionGroup[]): Map<string, Action> {
  const table = new Map<string, Action>();
  for (const action of groups.flatMap((group) => group.actions)) {
    for (const key of action.keys) {
      const other = table.get(key);
      if (other) throw new Error("the key " + key + " is of " + other.id + " and of " + action.id);
      table.set(key, action);
    }
  }
  return table;
}
