// The case that comes next, loaded while the present one is read, so that its first picture is there at once. One case, within bounds, and let
// go as soon as another one turns out to be next: what nobody is about to read must not stay in memory.

import { Grid } from "../core/grid.ts";
import { highestLabelOf } from "../core/labels.ts";
import { ApiError, api, isAbort } from "./api.ts";
import { CaseLoading, type Wanted, bytesOf, labelRuns } from "./case-loading.ts";
import type { CaseGeometry, Task } from "./server.ts";
import { worklistApi } from "./worklist-api.ts";

/** Images and labels of both cases; where they take more, the next one is only made ready by the server. */
const MOST_BYTES = 640 * 2 ** 20;
/** How often it is asked whether the same case is still next. */
const LOOK_AGAIN = 20_000;

/** A case with its image and labels on their way. */
export interface OpenedCase {
  readonly geometry: CaseGeometry;
  readonly grid: Grid;
  readonly loading: CaseLoading;
}

interface Held extends OpenedCase {
  readonly id: string;
  readonly abort: AbortController;
}

/** What belongs to a case; nothing is loaded before somebody runs it. */
export async function openedCase(task: Task, signal: AbortSignal): Promise<OpenedCase> {
  const labels = labelRuns(task.id, "/label-runs", signal);
  return opened(task, await api.geometry(task.id, signal), labels, signal, false);
}

function opened(task: Task, geometry: CaseGeometry, labels: Wanted["labels"], signal: AbortSignal, ahead: boolean): OpenedCase {
  const grid = new Grid(geometry);
  const wanted = { image: "/image", ahead, labels, highestLabel: highestLabelOf(task.schema.segments) };
  return { geometry, grid, loading: new CaseLoading(task.id, grid, wanted, signal) };
}

export class Ahead {
  private held: Held | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  /**
   * Looks for what comes after this case until the signal is given.
   *
   * @param bytes what the present one takes in memory
   */
  follow(present: string, bytes: number, signal: AbortSignal): void {
    clearInterval(this.timer);
    if (signal.aborted) return;
    const look = () => {
      if (!document.hidden) void this.look(present, bytes, signal);
    };
    const timer = setInterval(look, LOOK_AGAIN);
    this.timer = timer;
    signal.addEventListener("abort", () => clearInterval(timer), { once: true });
    look();
  }

  /** The case if it is the one that was loaded; whatever else was loaded is let go. */
  take(id: string, signal: AbortSignal): OpenedCase | null {
    const { held } = this;
    if (held === null || held.id !== id) {
      this.drop();
      return null;
    }
    this.held = null;
    signal.addEventListener("abort", () => held.abort.abort(), { once: true });
    return held;
  }

  drop(): void {
    this.held?.abort.abort();
    this.held = null;
  }

  private async look(present: string, bytes: number, signal: AbortSignal): Promise<void> {
    try {
      const next = await worklistApi.next({ signal, open: true });
      if (signal.aborted || next?.id === this.held?.id) return;
      this.drop();
      if (next !== null && next.id !== present) await this.load(next.id, bytes, signal);
    } catch (failure) {
      // It is a favour: without it the case is loaded when it is opened.
      if (!isAbort(failure) && !(failure instanceof ApiError)) throw failure;
    }
  }

  private async load(id: string, present: number, signal: AbortSignal): Promise<void> {
    // The server reads the image as soon as it is asked where it lies.
    const [task, geometry] = await Promise.all([api.task(id), api.geometry(id, signal)]);
    if (signal.aborted || present + bytesOf(new Grid(geometry), highestLabelOf(task.schema.segments)) > MOST_BYTES) return;
    this.drop();
    const abort = new AbortController();
    const held = { id, abort, ...opened(task, geometry, labelRuns(id, "/label-runs", abort.signal), abort.signal, true) };
    this.held = held;
    held.loading.run().catch(() => {
      // Half a case is none: whoever opens it loads it anew.
      if (this.held === held) this.drop();
    });
  }
}
