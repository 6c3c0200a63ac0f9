// The keys of the worklist.

import { THEME_KEY, turnTheme } from "./theme.ts";

/** What keys do there. */
export interface WorklistCommands {
  /** @param toRow whether the row is focused, too */
  move(step: number, toRow: boolean): void;
  /** How many rows are in sight. */
  page(): number;
  openSelected(): void;
  /** Shows what became of the selected one, whether or not it can be opened. */
  look(): void;
  next(): Promise<void>;
  toSearch(): void;
  leaveSearch(): void;
  toFilters(): void;
  chooseSection(number: number): void;
  priors(): Promise<void>;
  help(): void;
}

const ALL = Number.MAX_SAFE_INTEGER / 4;

export function worklistKey(event: KeyboardEvent, list: WorklistCommands): void {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], .login-box")) return;
  const target = event.target instanceof Element ? event.target : null;
  const done = target?.id === "worklist-search" ? inSearch(event, list) : target?.closest("select, input") ? false : anywhere(event, list, target);
  if (done) event.preventDefault();
}

function inSearch({ key }: KeyboardEvent, list: WorklistCommands): boolean {
  if (key === "Escape") list.leaveSearch();
  else if (key === "ArrowDown") list.move(1, false);
  else if (key === "ArrowUp") list.move(-1, false);
  else if (key === "Enter") list.openSelected();
  else return false;
  return true;
}

function anywhere(event: KeyboardEvent, list: WorklistCommands, target: Element | null): boolean {
  const { key } = event;
  const moved = stepOf(key, list);
  if (moved !== 0) list.move(moved, true);
  else if (event.repeat) return false;
  else if (key === "n") void list.next();
  else if (key === "/") list.toSearch();
  else if (key === "f") list.toFilters();
  else if (key === "p") void list.priors();
  else if (key === "l") list.look();
  else if (key === "?") list.help();
  else if (key === THEME_KEY) turnTheme();
  else if (/^[1-4]$/.test(key)) list.chooseSection(Number(key) - 1);
  // A button that is focused is pressed by its own Enter.
  else if (key === "Enter" && !target?.closest("button, a")) list.openSelected();
  else return false;
  return true;
}

function stepOf(key: string, list: WorklistCommands): number {
  if (key === "ArrowDown" || key === "j") return 1;
  if (key === "ArrowUp" || key === "k") return -1;
  if (key === "PageDown") return list.page();
  if (key === "PageUp") return -list.page();
  if (key === "Home") return -ALL;
  return key === "End" ? ALL : 0;
}
