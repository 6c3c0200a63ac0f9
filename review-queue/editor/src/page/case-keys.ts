// From keys to actions: what is pressed, held and let go.

import type { TextKey } from "../texts/texts.ts";
import { type Action, type ActionGroup, byKey, keyOf } from "./action.ts";

const WRITES = 'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="range"])';

export class CaseKeys {
  private readonly table: Map<string, Action>;
  /** By the key on the keyboard, as its sign may change while it is down. */
  private readonly held = new Map<string, { readonly action: Action; readonly since: number }>();

  private readonly refused: (why: TextKey) => void;

  /** @param refused is told why what was pressed cannot be done now */
  constructor(groups: readonly ActionGroup[], refused: (why: TextKey) => void = () => {}) {
    this.table = byKey(groups);
    this.refused = refused;
  }

  press(event: KeyboardEvent): void {
    const key = keyOf(event);
    if (key === null || document.querySelector("dialog[open]")) return;
    if (key === "Escape" && isWriting(event)) document.getElementById("viewer")?.focus();
    if (isForControl(event, key)) return;
    const action = this.table.get(key);
    if (!action) return;
    event.preventDefault();
    if (event.repeat && !action.repeats) return;
    const why = action.hindrance?.() ?? null;
    if (why !== null) {
      this.refused(why);
      return;
    }
    if (action.release) this.held.set(event.code, { action, since: event.timeStamp });
    action.run(event);
  }

  lift(event: KeyboardEvent): void {
    const held = this.held.get(event.code);
    if (!held) return;
    this.held.delete(event.code);
    held.action.release!(event.timeStamp - held.since);
  }

  /** The window lost the keyboard: nothing is held any more. */
  liftAll(): void {
    for (const { action } of this.held.values()) action.release!(Infinity);
    this.held.clear();
  }
}

const isWriting = ({ target }: KeyboardEvent): boolean => target instanceof Element && target.matches(WRITES);

/** Whether the key belongs to the control that has the focus. */
function isForControl({ target }: KeyboardEvent, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches(WRITES)) return true;
  const onControl = target.closest("input, button, a, summary, [role=tab]") !== null;
  if (onControl && (key === "Enter" || key === " ")) return true;
  return key.startsWith("Arrow") && target.closest('input, [role="tab"], [role="radio"]') !== null;
}
