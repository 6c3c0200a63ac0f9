// Brings the steps of a reader to the server, each within a second, and keeps them here as long as it cannot.

import type { WireEntry } from "./wire.ts";

/** Where steps wait that the server does not have yet; outlives the page. */
export interface Shelf {
  put(entry: WireEntry): Promise<void>;
  /** Those with a number up to this one are with the server. */
  drop(upTo: number): Promise<void>;
  all(): Promise<WireEntry[]>;
}

/** How it goes: all is kept, some is on its way, the server does not answer, or it refuses. */
export type Situation =
  | { readonly kind: "kept"; readonly last: number }
  | { readonly kind: "sending"; readonly waiting: number }
  | { readonly kind: "away"; readonly waiting: number }
  | { readonly kind: "refused"; readonly waiting: number; readonly message: string };

/** What sending fails with. */
export interface SendFailure {
  /** Whether it is worth trying again: the server was not reached, or has trouble. */
  readonly passing: boolean;
  readonly message: string;
}

export interface CourierConfig {
  readonly send: (entries: readonly WireEntry[]) => Promise<number>;
  readonly failure: (thrown: unknown) => SendFailure;
  readonly shelf: Shelf;
  readonly wait: (millis: number) => Promise<void>;
  readonly changed: (situation: Situation) => void;
}

const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const MOST_AT_ONCE = 200;

export class Courier {
  private readonly config: CourierConfig;
  private readonly waiting: WireEntry[] = [];
  private shelving: Promise<unknown> = Promise.resolve();
  private running: Promise<void> | null = null;
  private last: number;
  private refusal: string | null = null;

  /** @param last the number of the last step that the server has */
  constructor(config: CourierConfig, last: number) {
    this.config = config;
    this.last = last;
  }

  /** Takes a step: on the shelf at once, then to the server. */
  take(entry: WireEntry): void {
    this.waiting.push(entry);
    this.shelving = this.shelving.then(() => this.config.shelf.put(entry)).catch(() => {});
    this.running ??= this.run().finally(() => (this.running = null));
  }

  /** Ends when the server has everything, or refuses; then it throws. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
    await this.shelving;
    if (this.refusal !== null) throw new Error(this.refusal);
  }

  get unsent(): number {
    return this.waiting.length;
  }

  private async run(): Promise<void> {
    let pause = SHORTEST_WAIT;
    while (this.waiting.length > 0) {
      if (this.refusal !== null) {
        this.show();
        return;
      }
      this.config.changed({ kind: "sending", waiting: this.waiting.length });
      const parcel = this.waiting.slice(0, MOST_AT_ONCE);
      try {
        this.last = await this.config.send(parcel);
        this.waiting.splice(0, parcel.length);
        const upTo = parcel[parcel.length - 1]!.number;
        this.shelving = this.shelving.then(() => this.config.shelf.drop(upTo)).catch(() => {});
        pause = SHORTEST_WAIT;
      } catch (thrown) {
        const failure = this.config.failure(thrown);
        if (!failure.passing) {
          this.refusal = failure.message;
          continue;
        }
        this.config.changed({ kind: "away", waiting: this.waiting.length });
        await this.config.wait(pause);
        pause = Math.min(LONGEST_WAIT, pause * 2);
      }
    }
    this.show();
  }

  private show(): void {
    this.config.changed(
      this.refusal === null
        ? { kind: "kept", last: this.last }
        : { kind: "refused", waiting: this.waiting.length, message: this.refusal },
    );
  }
}
