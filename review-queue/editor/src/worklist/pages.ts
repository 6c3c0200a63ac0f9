// The rows of a long list, as pages that follow one another by key. Only what is looked at is read, and read again when it changed.

import type { Entry, EntryPage } from "./entry.ts";

interface Loaded {
  readonly after: string | null;
  readonly rows: readonly Entry[];
  readonly next: string | null;
  /** Whether something may have changed since it was read. */
  readonly stale: boolean;
}

export class Pages {
  /** Of all rows, as far as the server has counted; null before the first page. */
  count: number | null = null;
  private pages: Loaded[] = [];
  private known: readonly Entry[] = [];
  private readonly read: (after: string | null) => Promise<EntryPage>;

  constructor(read: (after: string | null) => Promise<EntryPage>) {
    this.read = read;
  }

  /** The rows that are there, from the first one without a gap. */
  get rows(): readonly Entry[] {
    return this.known;
  }

  /** Whether there are rows behind those that are there. */
  get more(): boolean {
    return this.pages.length > 0 && this.pages.at(-1)!.next !== null;
  }

  /** Something changed: what is looked at from now on is read anew. */
  markStale(): void {
    this.pages = this.pages.map((page) => ({ ...page, stale: true }));
  }

  /** Reads what is needed to show these rows as they are now. */
  async show(from: number, to: number): Promise<void> {
    for (let at = this.wanted(from, to); at !== null; at = this.wanted(from, to)) await this.load(at);
  }

  /** The first page that has to be read for these rows, or null. */
  private wanted(from: number, to: number): number | null {
    let first = 0;
    for (const [at, page] of this.pages.entries()) {
      const end = first + page.rows.length;
      if (page.stale && first < Math.max(to, 1) && end >= from) return at;
      first = end;
    }
    return this.pages.length === 0 || (this.more && to >= first) ? this.pages.length : null;
  }

  private async load(at: number): Promise<void> {
    const after = at === 0 ? null : this.pages[at - 1]!.next;
    const page = await this.read(after);
    const next = page.next ?? null;
    this.pages[at] = { after, rows: page.tasks, next, stale: false };
    if (typeof page.count === "number") this.count = page.count;
    if (next === null) this.pages.length = at + 1;
    const behind = this.pages[at + 1];
    // It begins elsewhere now, so what it has is no longer what follows.
    if (behind && behind.after !== next) this.pages[at + 1] = { ...behind, after: next, stale: true };
    this.known = this.pages.flatMap((one) => one.rows);
  }
}

/** The rows that a list of this height shows, and some around them, so that scrolling finds them there. */
export function visibleRows(scrollTop: number, height: number, rowHeight: number, rows: number, around = 8): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - around);
  const to = Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + around);
  return { from: Math.min(from, to), to };
}
