// What can be done with the revisions of a case: shown one after the other, and compared with the proposal.

import type { Action, ActionGroup } from "../action.ts";
import type { ShownRevision } from "./shown-revision.ts";

/** A key that is held longer than this shows the changes only as long as it is held. */
const HELD = 400;

/** The revisions of a case, as their actions see them. */
export interface RevisionCommands {
  readonly shown: ShownRevision | null;
  readonly differing: boolean;
  stepRevision(by: number): void;
  compare(held: boolean): void;
  mark(differing: boolean): void;
  stepPlace(by: number): void;
}

export function revisionGroup(view: RevisionCommands): ActionGroup {
  const nothing = () => (view.shown?.places.length ? null : "tools.nothing-differs");
  const named = (id: "previous-revision" | "next-revision" | "proposal", key: string) => ({ id, name: `action.${id}`, hint: `action.${id}.hint`, keys: [key], keyOnly: true }) as const;
  const change = (id: "next-change" | "previous-change", key: string, by: number): Action => ({
    id,
    name: `tool.${id}`,
    hint: `tool.${id}.hint`,
    keys: [key],
    keyOnly: true,
    run: () => view.stepPlace(by),
    repeats: true,
    hindrance: nothing,
  });
  return {
    id: "revisions",
    title: "history.revisions",
    actions: [
      { ...named("previous-revision", "Shift+ArrowLeft"), run: () => view.stepRevision(-1) },
      { ...named("next-revision", "Shift+ArrowRight"), run: () => view.stepRevision(1) },
      { ...named("proposal", "p"), run: () => view.compare(true), release: () => view.compare(false) },
      {
        id: "changes",
        name: "tool.changes",
        hint: "tool.changes.hint",
        keys: ["Shift+c"],
        keyOnly: true,
        run: () => view.mark(!view.differing),
        release: (heldMillis) => heldMillis > HELD && view.mark(false),
      },
      change("next-change", "Shift+ArrowDown", 1),
      change("previous-change", "Shift+ArrowUp", -1),
    ],
  };
}
