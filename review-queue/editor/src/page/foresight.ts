// What would be claimed next is made ready by the server when it is asked for it.

import { ApiError, isAbort } from "./api.ts";
import { worklistApi } from "./worklist-api.ts";

export class Foresight {
  private readonly signal: AbortSignal;
  private first: string | undefined;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** The list begins with this one now; asks once for each. */
  async of(first: string | undefined): Promise<void> {
    if (first === undefined || first === this.first) return;
    this.first = first;
    try {
      await worklistApi.next({ signal: this.signal, open: true });
    } catch (failure) {
      // It is a favour: without it the case is made ready when it is opened.
      if (!isAbort(failure) && !(failure instanceof ApiError)) throw failure;
    }
  }
}
