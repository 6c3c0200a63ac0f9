// The frame of a case that is only looked at: the image, and beside it what became of the case.

import { render } from "preact";
import { text } from "../../texts/texts.ts";
import { h, shortUid } from "../dom.ts";
import { TagLine } from "../tags.tsx";
import type { HistoryView } from "./history-view.ts";
import { ChangesSection, EffortSection, EntriesSection, FindingsSection, RevisionsSection } from "./sections.tsx";
import { SegmentsSection } from "./segments.tsx";
import { whyReadOnly } from "./words.ts";

function Head({ view: { task } }: { readonly view: HistoryView }) {
  const facts = [task.modality, task.package.name + " " + task.package.version, task.schema.name];
  return (
    <header class="case-head">
      <h1 title={task.series}>{text("case.series", { series: shortUid(task.series) })}</h1>
      <p>{facts.filter(Boolean).join("  ·  ")}</p>
      <TagLine task={task} all />
      <p class="read-only" role="status">
        <strong>{text("history.read-only")}</strong> {whyReadOnly(task)}
      </p>
    </header>
  );
}

function Panel({ view }: { readonly view: HistoryView }) {
  return (
    <>
      <Head view={view} />
      <div class="history" tabIndex={0} role="region" aria-label={text("history.title")}>
        <SegmentsSection view={view} />
        <RevisionsSection view={view} />
        <ChangesSection view={view} />
        <FindingsSection view={view} />
        <EntriesSection view={view} />
        <EffortSection view={view} />
      </div>
      <footer class="case-actions">
        <button type="button" id="back" onClick={() => view.escape()}>
          {text("history.leave")} <kbd>Esc</kbd>
        </button>
      </footer>
    </>
  );
}

export class HistoryFrame {
  readonly element: HTMLElement;
  readonly tools = h("div", { class: "tools" });
  readonly stage = h("div", { class: "stage" }, h("div", { class: "stage-empty" }, text("case.loading")));
  readonly progress = h("progress", { class: "loading", max: 1, value: 0, "aria-label": text("case.image-loading") });
  readonly looks = h("div", { class: "looks" });
  readonly imageBox = h("section", { class: "case-image", "aria-label": text("history.image") }, this.tools, this.looks, this.stage, this.progress);
  private readonly panel = h("aside", { class: "case-panel", "aria-label": text("history.title") });
  private readonly view: HistoryView;

  constructor(view: HistoryView) {
    this.view = view;
    this.element = h("div", { class: "case looked-at" }, this.imageBox, this.panel);
    this.show();
  }

  show(): void {
    render(<Panel view={this.view} />, this.panel);
  }

  dispose(): void {
    render(null, this.panel);
  }
}
