// What stands beside the worklist: what is coming, what other viewers stored, and what this reader has read today.

import { text } from "../texts/texts.ts";
import { ApiError, api, isAbort, json } from "./api.ts";
import { messageOf, notice } from "./dom.ts";
import { type ForeignObject, type Said, taskOf } from "./foreign.tsx";
import type { Coming, Schema } from "./server.ts";

/** What is coming changes by itself, and no task tells of it. */
const AGAIN = 10_000;

/** What a reader has read, for that reader alone. */
export interface OwnCount {
  readonly cases: number;
  readonly activeMillis: number;
}

export class Aside {
  coming: readonly Coming[] = [];
  foreign: readonly ForeignObject[] = [];
  today: OwnCount | null = null;
  readonly schemas = new Map<string, Schema>();
  private readonly signal: AbortSignal;
  private readonly onchange: () => void;
  private countsMyself = true;
  private readonly timer = setInterval(() => document.hidden || void this.read(), AGAIN);

  constructor(signal: AbortSignal, onchange: () => void) {
    this.signal = signal;
    this.onchange = onchange;
  }

  async read(): Promise<void> {
    try {
      const [coming, foreign] = await Promise.all([api.coming(this.signal), api.foreign(this.signal) as Promise<ForeignObject[]>]);
      await this.readSchemas(foreign);
      await this.readMine();
      this.coming = coming;
      this.foreign = foreign;
      this.onchange();
    } catch (failure) {
      // What is beside the list is not worth a word of its own: the list says when the server does not answer.
      if (!isAbort(failure) && !(failure instanceof ApiError)) throw failure;
    }
  }

  private async readSchemas(foreign: readonly ForeignObject[]): Promise<void> {
    for (const task of foreign.map(taskOf)) {
      if (task !== null && !this.schemas.has(task)) this.schemas.set(task, (await api.task(task)).schema);
    }
  }

  // Nobody sees another one's numbers; a server that counts none is not asked again.
  private async readMine(): Promise<void> {
    if (!this.countsMyself) return;
    try {
      const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
      const { today } = await json<{ today: OwnCount }>("GET", "/api/me/counts?zone=" + zone, { signal: this.signal });
      this.today = today;
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      this.countsMyself = false;
    }
  }

  async decide(one: ForeignObject, said: Said): Promise<void> {
    try {
      const answer = await api.decideForeign(one.id, said);
      notice(text(answer.receipt ? "foreign.used" : "foreign.decided-before"), { title: text("foreign.stored") });
    } catch (failure) {
      notice(messageOf(failure), { error: true, title: text("foreign.not-used") });
    }
    await this.read();
  }

  async discard(one: ForeignObject): Promise<void> {
    try {
      await api.decideForeign(one.id, { discard: true });
    } catch (failure) {
      notice(messageOf(failure), { error: true, title: text("foreign.not-discarded") });
    }
    await this.read();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
