// The quality page: agreement and effort over time, for whom they are meant. Loaded only when it is opened.

import { render } from "preact";
import { type TextKey, text } from "../../texts/texts.ts";
import { isAbort } from "../api.ts";
import { h, messageOf, notice } from "../dom.ts";
import { Alarms } from "./alarms.tsx";
import { type Alarm, type CaseDetail, type Choices, type Scope, type ToolUse, answers } from "./answers.ts";
import { CaseDetailView, type CasesState, CasesView, Tools } from "./cases.tsx";
import { ChartView } from "./chart.tsx";
import { Choosing } from "./choosing.tsx";
import { type Chart, charts } from "./figures.ts";
import { type Query, dayOf, hashOf, readQuery } from "./query.ts";

type Content =
  | { readonly kind: "loading" }
  | { readonly kind: "charts"; readonly charts: readonly Chart[]; readonly tools: readonly ToolUse[]; readonly alarms: readonly Alarm[] }
  | ({ readonly kind: "cases" } & CasesState)
  | { readonly kind: "case"; readonly detail: CaseDetail };

const SCOPES: Readonly<Record<Scope, TextKey>> = { OWN: "quality.own", WITHOUT_NAMES: "quality.without-names", ALL: "quality.of-all" };

interface QualityProps {
  readonly query: Query;
  readonly choices: Choices | null;
  readonly content: Content;
  readonly choose: (query: Query) => void;
  readonly acknowledge: (alarm: Alarm, note: string) => void;
  /** What the figures were asked for that led to cases. */
  readonly figures: Query;
}

function Shown({ content, query, figures }: Pick<QualityProps, "content" | "query" | "figures">) {
  switch (content.kind) {
    case "loading":
      return <p class="dim">{text("quality.loading")}</p>;
    case "cases":
      return <CasesView query={query} state={content} back={hashOf(figures)} />;
    case "case":
      return <CaseDetailView detail={content.detail} back={hashOf(query)} />;
    case "charts":
      if (!content.charts.some(({ curves }) => curves.length)) return <p class="empty">{text("quality.nothing")}</p>;
      return (
        <>
          {content.charts.map((chart) => (
            <ChartView key={chart.kind} chart={chart} query={query} />
          ))}
          <Tools tools={content.tools} />
        </>
      );
  }
}

function Quality({ query, choices, content, choose, acknowledge, figures }: QualityProps) {
  return (
    <>
      <header class="quality-head">
        <h1>{text("quality.title")}</h1>
        {choices && <p class="dim">{text(SCOPES[choices.scope])}</p>}
      </header>
      {choices && content.kind !== "case" && <Choosing query={query} choices={choices} choose={choose} />}
      {content.kind === "charts" && <Alarms alarms={content.alarms} acknowledge={choices?.scope === "ALL" ? acknowledge : null} />}
      <div class="quality-content" aria-live="polite" aria-busy={content.kind === "loading"}>
        <Shown content={content} query={query} figures={figures} />
      </div>
    </>
  );
}

export class QualityView {
  readonly element = h("section", { class: "quality" });
  private readonly abort = new AbortController();
  private reading = new AbortController();
  private choices: Choices | null = null;
  private query: Query = readQuery("", dayOf(new Date()));
  private figures: Query = this.query;
  private content: Content = { kind: "loading" };

  /** Shows what the address asks for; called anew whenever it changes. */
  async show(hash: string): Promise<void> {
    this.reading.abort();
    this.reading = new AbortController();
    const { signal } = this.reading;
    const correction = /^#\/quality\/case\/([0-9a-f-]+)$/.exec(hash)?.[1];
    if (!correction) this.query = readQuery(hash.replace(/^#\/quality\??/, ""), dayOf(new Date()));
    if (!correction && !this.query.cases) this.figures = this.query;
    delete this.element.dataset["loaded"];
    this.content = { kind: "loading" };
    this.draw();
    try {
      this.choices ??= await answers.choices(this.abort.signal);
      this.content = correction ? { kind: "case", detail: await answers.one(correction, signal) } : await this.asked(this.query, signal);
      this.draw();
      this.element.dataset["loaded"] = "true";
    } catch (failure) {
      if (!isAbort(failure)) notice(messageOf(failure), { error: true, title: text("quality.failed") });
    }
  }

  private async asked(query: Query, signal: AbortSignal): Promise<Content> {
    if (query.cases) return { kind: "cases", ...(await answers.cases(query, signal)) };
    // Alarms are of everybody's work.
    const alarms = this.choices?.scope === "OWN" ? [] : answers.alarms(signal);
    const [figures, tools, raised] = await Promise.all([answers.figures(query, signal), answers.tools(query, signal), alarms]);
    return { kind: "charts", charts: charts(figures, query.by), tools, alarms: raised };
  }

  private async acknowledge(alarm: Alarm, note: string): Promise<void> {
    try {
      await answers.acknowledge(alarm.id, note);
      await this.show(location.hash);
    } catch (failure) {
      notice(messageOf(failure), { error: true, title: text("quality.failed") });
    }
  }

  private draw(): void {
    const choose = (query: Query) => (location.hash = hashOf(query));
    render(<Quality query={this.query} choices={this.choices} content={this.content} choose={choose} acknowledge={(alarm, note) => void this.acknowledge(alarm, note)} figures={this.figures} />, this.element);
  }

  dispose(): void {
    this.abort.abort();
    this.reading.abort();
    render(null, this.element);
  }
}
