// The lease on a claimed task: renewed while somebody is at work, let go when not.

import type { Activity } from "./activity.ts";
import { ApiError, api } from "./api.ts";
import { text } from "../texts/texts.ts";
import { messageOf } from "./dom.ts";
import type { Claim } from "./server.ts";

const IDLE = 10 * 60_000;
const SHORTEST = 5_000;

export interface LeaseListener {
  /** It lasts longer now, or is lost. */
  readonly onchange: () => void;
  readonly onlost: (message: string) => void;
}

export class Lease {
  readonly transaction: string;
  until: string;
  lost = false;
  private readonly task: string;
  private readonly activity: Activity;
  private readonly listener: LeaseListener;
  private over = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ task, transaction, leaseUntil }: Claim, activity: Activity, listener: LeaseListener) {
    this.task = task.id;
    this.transaction = transaction;
    this.until = leaseUntil;
    this.activity = activity;
    this.listener = listener;
    this.schedule();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const left = Date.parse(this.until) - Date.now();
    this.timer = setTimeout(() => void this.renew(), Math.max(SHORTEST, left / 3));
  }

  private async renew(): Promise<void> {
    if (this.over || this.lost) return;
    // Whoever went away gives the case back by letting the lease run out.
    if (this.activity.idleMillis > IDLE) {
      this.schedule();
      return;
    }
    try {
      const answer = await api.renew(this.task, this.transaction);
      this.until = answer?.leaseUntil ?? this.until;
      this.listener.onchange();
      this.schedule();
    } catch (failure) {
      if (this.over) return;
      if (failure instanceof ApiError && (failure.status === 409 || failure.status === 404)) this.lose(text("life.lost-lease", { message: messageOf(failure) }));
      else this.schedule();
    }
  }

  lose(message: string): void {
    this.lost = true;
    clearTimeout(this.timer);
    this.listener.onlost(message);
  }

  /** The task was submitted or handed on, or is read in another tab: nothing to release. */
  end(): void {
    this.over = true;
    clearTimeout(this.timer);
  }

  letGo(leavingPage: boolean): void {
    if (this.over || this.lost) return;
    this.end();
    // If it fails the lease runs out by itself.
    api.release(this.task, this.transaction, leavingPage).catch(() => {});
  }
}
