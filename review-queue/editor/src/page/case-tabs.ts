// Which tab of this browser works on a case: one at a time; another one may take it over, and the first then only shows it.

const CHANNEL = "firstpass.cases";
const PATIENCE = 250;

interface Word {
  readonly kind: "who" | "mine" | "take" | "given";
  readonly name: string;
  readonly from: string;
}

/** The way to the other tabs; a BroadcastChannel, or what a test puts in its place. */
export interface TabChannel {
  postMessage(word: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}

export class CaseTabs {
  private readonly id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  private readonly channel: TabChannel;
  private readonly patience: number;
  private readonly listeners = new Set<(word: Word) => void>();
  /** The case that this tab works on, and how it lets go of it. */
  private held: { readonly name: string; readonly give: () => Promise<void> } | null = null;

  constructor(channel: TabChannel = new BroadcastChannel(CHANNEL), patience = PATIENCE) {
    this.channel = channel;
    this.patience = patience;
    channel.addEventListener("message", ({ data }) => this.hear(data as Word));
  }

  /** Whether another tab works on the case. */
  async isElsewhere(name: string): Promise<boolean> {
    return this.answered("who", "mine", name, this.patience);
  }

  /** Ends when the other tab has brought everything to the server, or does not answer. */
  async take(name: string): Promise<void> {
    if (await this.isElsewhere(name)) await this.answered("take", "given", name, 40 * this.patience);
  }

  /** This tab works on the case until it lets go, or another tab takes it; then `give` brings away what is on the way. */
  hold(name: string, give: () => Promise<void>): () => void {
    const held = { name, give };
    this.held = held;
    return () => {
      if (this.held === held) this.held = null;
    };
  }

  private answered(question: Word["kind"], answer: Word["kind"], name: string, patience: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (answered: boolean) => {
        clearTimeout(timer);
        this.listeners.delete(listener);
        resolve(answered);
      };
      const listener = (word: Word) => word.kind === answer && word.name === name && end(true);
      const timer = setTimeout(() => end(false), patience);
      this.listeners.add(listener);
      this.say(question, name);
    });
  }

  private hear(word: Word): void {
    if (word.from === this.id) return;
    for (const listener of [...this.listeners]) listener(word);
    const { held } = this;
    if (held?.name !== word.name) return;
    if (word.kind === "who") this.say("mine", word.name);
    if (word.kind === "take") {
      this.held = null;
      void held.give().catch(() => {}).then(() => this.say("given", word.name));
    }
  }

  private say(kind: Word["kind"], name: string): void {
    this.channel.postMessage({ kind, name, from: this.id } satisfies Word);
  }
}
