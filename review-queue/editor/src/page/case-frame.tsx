// The frame of a case: boxes for image and tools, the head, the footer with what ends the case.

import { render } from "preact";
import { type TextKey, text } from "../texts/texts.ts";
import { clock, h, shortUid } from "./dom.ts";
import type { Flag, Task } from "./server.ts";
import { TagLine } from "./tags.tsx";

export interface FrameActions {
  readonly submit: () => void;
  readonly discontinue: () => void;
  readonly handOver: () => void;
  readonly flag: () => void;
  readonly back: () => void;
}

export interface SubmitState {
  readonly loaded: boolean;
  readonly disabled: boolean;
  /** Whether everything is accepted as proposed. */
  readonly all: boolean;
  /** How many segments are not judged yet. */
  readonly open: number;
  readonly flagged: boolean;
}

function Head({ task }: { readonly task: Task }) {
  const facts = [task.modality, task.package.name + " " + task.package.version, task.schema.name, task.proposal?.device];
  return (
    <>
      <h1 title={task.series}>{text("case.series", { series: shortUid(task.series) })}</h1>
      <p class="case-facts" title={facts.filter(Boolean).join("  ·  ")}>
        {facts.filter(Boolean).join("  ·  ")}
      </p>
      <TagLine task={task} all />
    </>
  );
}

/** Who handed the case on, and what is to be discussed. */
function Marks({ task, flag }: { readonly task: Task; readonly flag: Flag | null }) {
  const { handedBy, handoverNote } = task;
  return (
    <>
      {handedBy && <p class="mark handed">{handoverNote ? text("handover.by-note", { by: handedBy, note: handoverNote }) : text("handover.by", { by: handedBy })}</p>}
      {flag && <p class="mark flagged">{text("flag.by", { by: flag.by, comment: flag.comment })}</p>}
    </>
  );
}

function Gone({ message, reopen }: { readonly message: string; readonly reopen: () => void }) {
  return (
    <div class="gone" role="alert">
      <p>{message}</p>
      <button type="button" id="reopen" onClick={reopen}>
        {text("tabs.take")}
      </button>
    </div>
  );
}

function Footer({ state, actions }: { readonly state: SubmitState; readonly actions: FrameActions }) {
  return (
    <>
      <button type="button" class="primary submit" id="submit" disabled={state.disabled} onClick={actions.submit}>
        <span>{submitText(state)}</span>
        <kbd>Enter</kbd>
      </button>
      <div class="case-more">
        <More id="discontinue" name="case.discontinue" hint="action.discontinue.hint" keys="⇧ Del" state={state} act={actions.discontinue} />
        <More id="hand-over" name="handover.open" hint="action.hand-over.hint" keys="@" state={state} act={actions.handOver} />
        <More id="flag" name={state.flagged ? "flag.opened" : "flag.open"} hint="action.flag.hint" keys="!" pressed={state.flagged} act={actions.flag} />
        <More id="back" name="case.back" hint="case.back-title" keys="Esc" act={actions.back} />
      </div>
    </>
  );
}

interface MoreProps {
  readonly id: string;
  readonly name: TextKey;
  readonly hint: TextKey;
  readonly keys: string;
  readonly act: () => void;
  readonly pressed?: boolean;
  /** Of what can only be done while the case is the reader's. */
  readonly state?: SubmitState;
}

function More({ id, name, hint, keys, act, pressed, state }: MoreProps) {
  return (
    <button type="button" class="quiet" id={id} title={text(hint) + " (" + keys + ")"} disabled={state?.disabled} aria-pressed={pressed} onClick={act}>
      {text(name)}
    </button>
  );
}

function submitText({ loaded, all, open }: SubmitState): string {
  if (!loaded) return text("case.loading-short");
  if (all) return text("case.accept-all");
  return open ? text("case.accept-others", { open }) : text("case.submit");
}

export class CaseFrame {
  readonly element: HTMLElement;
  readonly tools = h("div", { class: "tools" });
  readonly stage = h("div", { class: "stage" }, h("div", { class: "stage-empty" }, text("case.loading")));
  readonly progress = h("progress", { class: "loading", max: 1, value: 0, "aria-label": text("case.image-loading") });
  readonly looks = h("div", { class: "looks" });
  private readonly imageBar = h("div", { class: "image-bar" }, this.tools, this.looks, this.progress);
  readonly imageBox = h("section", { class: "case-image", "aria-label": text("case.image") }, this.imageBar, this.stage);
  readonly segmentBox = h("div", { class: "segment-box" });
  readonly toolBox = h("div", { class: "tool-box" });
  /** Why the reader has the case. */
  readonly reasons = h("div", { class: "tags" });
  private readonly marks = h("div", {});
  private readonly gone = h("div", {});
  private readonly lease = h("p", { class: "lease" });
  private readonly footer = h("footer", { class: "case-actions" });
  private readonly actions: FrameActions;

  constructor(task: Task, actions: FrameActions) {
    this.actions = actions;
    const facts = h("div", {});
    render(<Head task={task} />, facts);
    const head = h("header", { class: "case-head" }, facts, this.reasons, this.marks, this.lease, this.gone);
    const panel = h("aside", { class: "case-panel", "aria-label": text("case.panel") }, head, this.segmentBox, this.toolBox, this.footer);
    this.element = h("div", { class: "case" }, this.imageBox, panel);
  }

  showLease({ lost, until }: { readonly lost: boolean; readonly until: string }): void {
    this.lease.textContent = lost ? text("case.no-longer-yours") : text("case.yours-until", { time: clock(until) });
    this.lease.title = lost ? "" : text("case.yours-title");
    this.lease.classList.toggle("lost", lost);
  }

  showMarks(task: Task, flag: Flag | null): void {
    render(<Marks task={task} flag={flag} />, this.marks);
  }

  /** The case is only shown here; it can be taken up again. */
  showGone(message: string, reopen: () => void): void {
    this.lease.hidden = true;
    render(<Gone message={message} reopen={reopen} />, this.gone);
  }

  showSubmit(state: SubmitState): void {
    render(<Footer state={state} actions={this.actions} />, this.footer);
  }
}
