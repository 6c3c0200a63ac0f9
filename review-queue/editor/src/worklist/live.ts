// Following the worklist live, by server-sent events, and knowing when that has ended: what is no longer live must not look as if it were.

/** What a page does with what it hears. */
export interface Follower {
  /** A task changed. */
  readonly changed: (task: string) => void;
  /** Something may have been missed: everything is to be read anew. */
  readonly reread: () => void;
  /** Whether what is shown is kept up to date. */
  readonly live: (live: boolean) => void;
}

/** As much of an EventSource as is needed. */
export interface Stream {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { readonly data?: string }) => void): void;
  close(): void;
}

export interface Surroundings {
  readonly open: () => Stream;
  readonly later: (what: () => void, millis: number) => () => void;
}

/** The server says every ten seconds that all is well. */
const SILENCE = 25_000;
/** A stream that ends after its time is opened again by the browser within this. */
const REOPENING = 6_000;
const TRY_AGAIN = 10_000;
const CLOSED = 2;

export class Live {
  private readonly follower: Follower;
  private readonly around: Surroundings;
  private stream: Stream | null = null;
  private cancel: () => void = () => {};
  private isLive = false;

  constructor(follower: Follower, around: Surroundings) {
    this.follower = follower;
    this.around = around;
  }

  start(): void {
    this.stop();
    const stream = this.around.open();
    this.stream = stream;
    const on = (type: string, act: (data: string) => void) =>
      stream.addEventListener(type, (event) => {
        if (this.stream === stream) act(event.data ?? "");
      });
    on("ready", () => {
      this.heard(true);
      this.follower.reread();
    });
    on("reread", () => {
      this.heard(true);
      this.follower.reread();
    });
    on("task", (data) => {
      this.heard(true);
      this.follower.changed((JSON.parse(data) as { task: string }).task);
    });
    on("beat", () => this.heard(true));
    on("deaf", () => this.heard(false));
    on("error", () => this.broken(stream));
    this.expect(SILENCE);
  }

  stop(): void {
    this.cancel();
    this.stream?.close();
    this.stream = null;
  }

  private heard(live: boolean): void {
    this.expect(SILENCE);
    this.say(live);
  }

  private broken(stream: Stream): void {
    if (stream.readyState !== CLOSED) {
      this.expect(REOPENING);
      return;
    }
    this.say(false);
    this.cancel();
    this.cancel = this.around.later(() => this.start(), TRY_AGAIN);
  }

  /** Unless something is heard by then, it is no longer live and is opened anew. */
  private expect(millis: number): void {
    this.cancel();
    this.cancel = this.around.later(() => {
      this.say(false);
      this.start();
    }, millis);
  }

  private say(live: boolean): void {
    if (this.isLive === live) return;
    this.isLive = live;
    this.follower.live(live);
  }
}
