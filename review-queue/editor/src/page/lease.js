// The lease on a claimed task: renewed while somebody is at work, let go when not.

import { api } from "./api.ts";

const IDLE = 10 * 60_000;
const SHORTEST = 5_000;

export class Lease {
  constructor(id, claim, activity, { onchange, onlost }) {
    this.id = id;
    this.transaction = claim.transaction;
    this.until = claim.leaseUntil;
    this.activity = activity;
    this.onchange = onchange;
    this.onlost = onlost;
    this.lost = false;
    this.over = false;
    this.schedule();
  }

  schedule() {
    clearTimeout(this.timer);
    const left = Date.parse(this.until) - Date.now();
    this.timer = setTimeout(() => this.renew(), Math.max(SHORTEST, left / 3));
  }

  async renew() {
    if (this.over || this.lost) return;
    if (this.activity.idleMillis > IDLE) {
      // Whoever went away gives the case back by letting the lease run out.
      this.schedule();
      return;
    }
    try {
      const answer = await api.renew(this.id, this.transaction);
      this.until = answer?.leaseUntil ?? this.until;
      this.onchange();
      this.schedule();
    } catch (failure) {
      if (failure.status === 409 || failure.status === 404) this.lose(failure.message);
      else this.schedule();
    }
  }

  lose(message) {
    this.lost = true;
    clearTimeout(this.timer);
    this.onlost(message);
  }

  /** The task was submitted or discontinued: nothing to release. */
  end() {
    this.over = true;
    clearTimeout(this.timer);
  }

  letGo(leavingPage) {
    if (this.over || this.lost) return;
    this.end();
    // If it fails the lease runs out by itself.
    api.release(this.id, this.transaction, leavingPage).catch(() => {});
  }
}
