// How a case ends here: submitted, handed to a colleague, discontinued; or shown only, because it goes on elsewhere.

import type { LabelArray } from "../core/labels.ts";
import { type TextKey, text } from "../texts/texts.ts";
import type { Activity } from "./activity.ts";
import type { Ahead } from "./ahead.ts";
import { ApiError, api } from "./api.ts";
import type { CaseFrame } from "./case-frame.tsx";
import { messageOf, notice } from "./dom.ts";
import { draftKey } from "./draft.ts";
import type { Editing } from "./editing.ts";
import type { Lease } from "./lease.ts";
import type { Recorded } from "./receipts.tsx";
import type { SegmentList } from "./segment-list.tsx";
import type { Claim, Flag, Task } from "./server.ts";

/** For how long, in ms, the page asks to be able to undo. */
const GRACE = 10_000;

const dialogs = () => import("./at-hand.ts");

export interface CaseActions {
  /** Goes to the worklist. */
  readonly leave: () => void;
  readonly open: (claim: Claim) => Promise<void>;
  /** Claims a case and opens it, wherever it was open before. */
  readonly reopen: (task: string) => Promise<void>;
  /** A submission was taken. */
  readonly recorded: (recorded: Recorded) => void;
  readonly reader: string;
  /** What the reader was at work on the case before it was opened again. */
  readonly activeMillis: number;
  /** The case that comes next, loaded while this one is read. */
  readonly ahead: Ahead;
}

/** What is ended. */
export interface EndingCase {
  readonly task: Task;
  readonly lease: Lease;
  readonly segments: SegmentList;
  readonly activity: Activity;
  readonly frame: CaseFrame;
  /** What was changed, once the case is loaded. */
  readonly work: () => { readonly editing: Editing; readonly labels: LabelArray; /** Whether nothing is missing; says what is. */ readonly answered: () => boolean } | null;
  readonly select: (segment: number) => void;
  /** Tools are put away for good. */
  readonly putAway: () => void;
}

export class CaseEnding {
  /** The case goes on elsewhere. */
  gone = false;
  private readonly on: EndingCase;
  private readonly actions: CaseActions;
  private busy = false;
  private flagged: Flag | null;

  constructor(on: EndingCase, actions: CaseActions) {
    this.on = on;
    this.actions = actions;
    this.flagged = on.task.flag ?? null;
    on.frame.showMarks(on.task, this.flagged);
  }

  /** Shows what can be done. */
  show(): void {
    const { frame, segments, work } = this.on;
    const all = segments.decision().every((one) => one.verdict === "ACCEPT");
    frame.showSubmit({ loaded: work() !== null, disabled: !this.mayEnd, all, open: segments.openCount, flagged: this.flagged !== null });
  }

  private get mayEnd(): boolean {
    return this.on.work() !== null && !this.busy && !this.gone && !this.on.lease.lost;
  }

  async submit(): Promise<void> {
    const { segments, task, lease, select } = this.on;
    const wrong = segments.firstContradiction;
    if (wrong && this.mayEnd) {
      select(wrong.segment.number);
      notice(text("life.contradicts", { segment: wrong.segment.label, why: text(`verdict.${wrong.why}`) }), { error: true, title: text("life.contradicts-title") });
      return;
    }
    if (this.mayEnd && !this.on.work()!.answered()) return;
    await this.ending("case.not-submitted", async () => {
      const { number, values } = await this.settled();
      const activeMillis = Math.round(this.actions.activeMillis + this.on.activity.millis);
      const decision = { segments: segments.decision(), activeMillis, journal: number, graceMillis: GRACE };
      const submitted = { values, keptOut: segments.keptOut };
      const verdicts = [...segments.verdicts];
      const receipt = await api.submit(task.id, lease.transaction, decision);
      this.ended();
      this.actions.recorded({ task, transaction: lease.transaction, receipt, submitted, verdicts, activeMillis });
      await this.next();
    });
  }

  async discontinue(): Promise<void> {
    const reason = this.mayEnd ? await (await dialogs()).discontinueDialog() : null;
    if (!reason) return;
    await this.ending("case.not-discontinued", async () => {
      await api.discontinue(this.on.task.id, this.on.lease.transaction, reason);
      this.ended();
      notice(text(`discontinue.${reason}`), { title: text("case.discontinued") });
      await this.next();
    });
  }

  async handOver(): Promise<void> {
    if (!this.mayEnd) return;
    const readers = await api.readers().catch(() => []);
    const others = readers.filter((name) => name !== this.actions.reader);
    if (others.length === 0) {
      notice(text("handover.nobody"), { error: true, title: text("handover.failed") });
      return;
    }
    const wish = await (await dialogs()).handOverDialog(others);
    if (!wish) return;
    await this.ending("handover.failed", async () => {
      await this.settled();
      await api.handOver(this.on.task.id, this.on.lease.transaction, wish.to, wish.note);
      this.ended();
      notice(text("handover.done", { to: wish.to }), { title: text("handover.done-title"), id: "handed-over" });
      await this.next();
    });
  }

  async flag(): Promise<void> {
    const { task, frame } = this.on;
    const comment = await (await dialogs()).flagDialog(this.flagged);
    if (comment === null) return;
    try {
      await (comment ? api.flag(task.id, comment) : api.unflag(task.id));
      this.flagged = comment ? { by: this.actions.reader, comment, at: new Date().toISOString() } : null;
      frame.showMarks(task, this.flagged);
      this.show();
    } catch (failure) {
      notice(messageOf(failure), { error: true, title: text("flag.failed") });
    }
  }

  /** Another tab goes on: what is on the way is brought to the server first. */
  async give(): Promise<void> {
    await this.settled().catch(() => {});
    this.showOnly(text("tabs.elsewhere"));
  }

  /** From now on the case is only shown here. */
  showOnly(message: string): void {
    if (this.gone) return;
    this.gone = true;
    this.on.lease.end();
    this.on.work()?.editing.freeze();
    this.on.putAway();
    this.on.frame.showGone(message, () => void this.actions.reopen(this.on.task.id));
    this.show();
  }

  /** The lease is lost. */
  lost(message: string): void {
    this.show();
    notice(message, { error: true, title: text("case.lost"), seconds: 0, id: "lost" });
  }

  /** Does what ends the case, while nothing else does. */
  private async ending(failed: TextKey, work: () => Promise<void>): Promise<void> {
    if (!this.mayEnd) return;
    this.busy = true;
    this.show();
    this.on.activity.touch();
    try {
      await work();
    } catch (failure) {
      this.busy = false;
      this.on.work()!.editing.session.frozen = this.gone;
      this.show();
      if (failure instanceof ApiError && failure.code === "STALE_LEASE") this.on.lease.lose(lostTo(failure));
      else notice(messageOf(failure), { error: true, title: text(failed) });
    }
  }

  /** Nothing is changed any more, and everything is with the server: the last step, and what it led to. */
  private async settled(): Promise<{ readonly number: number; readonly values: LabelArray }> {
    const work = this.on.work();
    if (!work) return { number: 0, values: new Uint8Array() };
    const { editing, labels } = work;
    editing.freeze();
    await editing.courier.settled();
    return { number: editing.session.number, values: labels.slice() };
  }

  private ended(): void {
    this.on.lease.end();
    sessionStorage.removeItem(draftKey(this.on.task.id));
  }

  private async next(): Promise<void> {
    try {
      const claim = await api.next();
      if (claim) await this.actions.open(claim);
      else this.actions.leave();
    } catch (failure) {
      notice(messageOf(failure), { error: true, title: text("case.no-next") });
      this.actions.leave();
    }
  }
}

/** Where what was submitted too late is kept. */
function lostTo({ body, message }: ApiError): string {
  const revision = body["sideRevision"];
  return typeof revision === "string" ? text("life.aside", { revision: revision.slice(0, 8) }) : text("life.lost-lease", { message });
}
