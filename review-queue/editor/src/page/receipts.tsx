// What the server answered to a submission: compared with the labels here, and shown as long as it may be undone.

import { render } from "preact";
import { type Proof, type Submitted, agree } from "../core/receipt.ts";
import type { SaidVerdict } from "../core/verdict.ts";
import { text } from "../texts/texts.ts";
import { keyOf, keyText } from "./action.ts";
import { ApiError, api } from "./api.ts";
import { Background } from "./background.ts";
import { byId, count, h, messageOf, notice, shortUid } from "./dom.ts";
import type { Claim, Receipt, Task } from "./server.ts";

const SHOWN = 12_000;
const KEY = "Shift+Enter";

/** A submission with what it takes to check and to undo it. */
export interface Recorded {
  readonly task: Task;
  readonly transaction: string;
  readonly receipt: Receipt;
  /** The labels as they were here. */
  readonly submitted: Submitted;
  readonly verdicts: readonly [number, SaidVerdict][];
  readonly activeMillis: number;
}

type Check = "open" | "same" | "different" | "failed";

interface Shown {
  readonly recorded: Recorded;
  readonly end: number;
  check: Check;
  undoing: boolean;
}

export class Receipts {
  private readonly element = h("div", { class: "receipts" });
  private readonly undone: (recorded: Recorded, claim: Claim) => void;
  private shown: Shown | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** @param undone goes on with the case as it was */
  constructor(undone: (recorded: Recorded, claim: Claim) => void) {
    this.undone = undone;
    byId("notices").append(this.element);
    addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  show(recorded: Recorded): void {
    const shown: Shown = { recorded, end: Date.now() + recorded.receipt.undoMillis, check: "open", undoing: false };
    this.shown = shown;
    clearInterval(this.timer);
    this.timer = setInterval(() => this.tick(shown), 1000);
    setTimeout(() => this.shown === shown && this.dismiss(), Math.max(SHOWN, recorded.receipt.undoMillis));
    void this.check(shown);
    this.draw();
  }

  private async check(shown: Shown): Promise<void> {
    const background = new Background();
    const { receipt, submitted } = shown.recorded;
    try {
      const here: Proof = await background.ask({ kind: "proof", submitted });
      shown.check = agree(here, receipt) ? "same" : "different";
      if (shown.check === "different") this.alarm(here, receipt);
    } catch {
      shown.check = "failed";
    } finally {
      background.dispose();
    }
    this.draw();
  }

  private alarm(here: Proof, there: Proof): void {
    const say = ({ digest, voxels }: Proof) => digest.slice(0, 12) + ", " + count(sum(voxels));
    const sentence = text("receipt.differs", { here: say(here), there: say(there) });
    notice(sentence, { error: true, title: text("receipt.differs-title"), seconds: 0, id: "receipt-differs" });
  }

  private get secondsLeft(): number {
    return this.shown ? Math.ceil((this.shown.end - Date.now()) / 1000) : 0;
  }

  private tick(shown: Shown): void {
    if (this.shown !== shown || this.secondsLeft <= 0) clearInterval(this.timer);
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    if (keyOf(event) !== KEY || this.secondsLeft <= 0) return;
    if ((event.target as Element).matches?.("input, textarea, select") || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopPropagation();
    void this.undo();
  }

  private async undo(): Promise<void> {
    const { shown } = this;
    if (!shown || shown.undoing || this.secondsLeft <= 0) return;
    shown.undoing = true;
    this.draw();
    const { recorded } = shown;
    try {
      const claim = await api.undo(recorded.task.id, recorded.transaction);
      document.getElementById("receipt-differs")?.remove();
      this.dismiss();
      notice(text("undo.done"), { title: text("undo.done-title"), id: "undone" });
      this.undone(recorded, claim);
    } catch (failure) {
      const late = failure instanceof ApiError && failure.code === "TOO_LATE";
      notice(late ? text("undo.too-late") : messageOf(failure), { error: true, title: text("undo.failed") });
      shown.undoing = false;
      if (late) this.dismiss();
      else this.draw();
    }
  }

  private dismiss(): void {
    clearInterval(this.timer);
    this.shown = null;
    this.draw();
  }

  private draw(): void {
    const { shown } = this;
    const seconds = this.secondsLeft;
    render(
      shown && (
        <ReceiptNotice shown={shown} seconds={shown.undoing ? 0 : seconds} undo={() => void this.undo()} dismiss={() => this.dismiss()} />
      ),
      this.element,
    );
  }
}

interface NoticeProperties {
  readonly shown: Shown;
  readonly seconds: number;
  readonly undo: () => void;
  readonly dismiss: () => void;
}

function ReceiptNotice({ shown, seconds, undo, dismiss }: NoticeProperties) {
  const { receipt, task } = shown.recorded;
  const sentence = text("case.receipt", {
    series: shortUid(task.series),
    revision: receipt.revision,
    voxels: count(sum(receipt.voxels)),
    segments: Object.values(receipt.voxels).filter((voxels) => voxels > 0).length,
    receipt: receipt.correctionId.slice(0, 8),
    digest: receipt.digest.slice(0, 12),
  });
  return (
    <div class={"notice" + (shown.check === "different" ? " error" : "")} id="receipt" data-correction={receipt.correctionId} data-digest={receipt.digest} data-check={shown.check}>
      <div class="notice-text">
        <strong>{text("case.recorded")}</strong>
        <span>
          {sentence}
          {checkText(shown.check)}
        </span>
      </div>
      {seconds > 0 && (
        <button type="button" class="quiet" id="undo-submit" aria-label={text("undo.name")} onClick={undo}>
          {/* Not read out anew each second. */}
          <span aria-hidden="true">{text("undo.button", { seconds })}</span>
          <kbd aria-hidden="true">{keyText(KEY)}</kbd>
        </button>
      )}
      <button type="button" class="notice-close" aria-label={text("notice.dismiss")} onClick={dismiss}>
        ×
      </button>
    </div>
  );
}

function checkText(check: Check): string {
  if (check === "open") return "";
  if (check === "same") return " · " + text("receipt.matches");
  return " · " + text(check === "different" ? "receipt.differs-title" : "receipt.unchecked");
}

const sum = (voxels: Readonly<Record<string, number>>): number => Object.values(voxels).reduce((total, one) => total + one, 0);
