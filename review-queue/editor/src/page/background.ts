// Asks the worker; without one, computes here.

import type { AnswerTo, Question } from "../editing/background.ts";
import { transfers } from "../editing/transfers.ts";

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly failure?: string;
}

interface Open {
  readonly resolve: (answer: never) => void;
  readonly reject: (failure: Error) => void;
}

export class Background {
  private worker: Worker | null = null;
  private begun = false;
  private readonly open = new Map<number, Open>();
  private last = 0;

  /** Loads the worker, which is otherwise done when something is asked first. */
  start(): void {
    if (this.begun) return;
    this.begun = true;
    this.worker = started();
    if (!this.worker) return;
    this.worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      const { id, failure } = data;
      const asked = this.open.get(id);
      this.open.delete(id);
      if (failure === undefined) asked?.resolve(data.answer as never);
      else asked?.reject(new Error(failure));
    };
    this.worker.onerror = () => this.fail();
  }

  ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
    this.start();
    const { worker } = this;
    if (!worker) return import("../editing/background.ts").then(({ answer }) => answer(question) as AnswerTo<Q>);
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      worker.postMessage({ id, question }, transfers(question));
    });
  }

  /** Ends the worker; nothing that was asked is answered any more. */
  dispose(): void {
    this.worker?.terminate();
    this.open.clear();
  }

  /** What was asked is lost, as it went to the worker for good; from now on it is computed here. */
  private fail(): void {
    this.worker = null;
    for (const { reject } of this.open.values()) reject(new Error("the page's worker does not answer"));
    this.open.clear();
  }
}

function started(): Worker | null {
  try {
    return new Worker("/page/worker.js", { type: "module" });
  } catch {
    return null;
  }
}
