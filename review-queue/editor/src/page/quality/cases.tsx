// The cases behind figures, and the figures of one of them.

import { text } from "../../texts/texts.ts";
import { historyHash } from "../../worklist/entry.ts";
import type { CaseDetail, CaseFigure, ToolUse } from "./answers.ts";
import { VERDICTS } from "./figures.ts";
import { type Query, hashOf } from "./query.ts";
import { countWord, momentWord, nameWord, toolWord, valueWord, verdictWord } from "./words.ts";

export const caseHash = (correction: string): string => "#/quality/case/" + correction;

const verdictsOf = (one: CaseFigure): string =>
  VERDICTS.filter((verdict) => one.verdicts[verdict])
    .map((verdict) => verdictWord(verdict) + " " + one.verdicts[verdict])
    .join(", ");

const caseHeads = () => [
  text("quality.when"),
  text("quality.who"),
  text("quality.version"),
  text("quality.scanner"),
  text("quality.protocol"),
  text("quality.verdicts"),
  text("quality.lowest-dice"),
  text("quality.path"),
  text("quality.time"),
  text("quality.edits"),
];

function CaseCells({ one, linked }: { readonly one: CaseFigure; readonly linked: boolean }) {
  const when = momentWord(one.at);
  return (
    <tr data-correction={one.correction}>
      <th scope="row">
        {linked ? (
          <a href={caseHash(one.correction)} aria-label={text("quality.open-case", { when })}>
            {when}
          </a>
        ) : (
          when
        )}
      </th>
      <td>{one.reader ?? "–"}</td>
      <td>{one.version}</td>
      <td>{nameWord(one.scanner)}</td>
      <td>{one.protocol}</td>
      <td>{verdictsOf(one)}</td>
      <td>{valueWord(one.dice, "ratio")}</td>
      <td>{valueWord(one.addedPathMm, "mm")}</td>
      <td>{valueWord(one.activeSeconds, "seconds")}</td>
      <td>{countWord(one.edits)}</td>
    </tr>
  );
}

function Heads({ heads }: { readonly heads: readonly string[] }) {
  return (
    <thead>
      <tr>
        {heads.map((head) => (
          <th scope="col" key={head}>
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

export interface CasesState {
  readonly cases: readonly CaseFigure[];
  readonly more: boolean;
}

interface CasesProps {
  readonly query: Query;
  readonly state: CasesState;
  /** The address of the figures that led here. */
  readonly back: string;
}

export function CasesView({ query, state: { cases, more }, back }: CasesProps) {
  return (
    <section class="cases">
      <h2>{text("quality.cases")}</h2>
      <div class="table-box" tabIndex={0} role="region" aria-label={text("quality.cases")}>
        <table class="figures">
          <Heads heads={caseHeads()} />
          <tbody>
            {cases.map((one) => (
              <CaseCells key={one.correction} one={one} linked />
            ))}
          </tbody>
        </table>
      </div>
      <nav class="pages">
        <a href={back}>{text("quality.back")}</a>
        {query.cases > 1 && <a href={hashOf({ ...query, cases: query.cases - 1 })}>{text("quality.later")}</a>}
        {more && <a href={hashOf({ ...query, cases: query.cases + 1 })}>{text("quality.earlier")}</a>}
      </nav>
    </section>
  );
}

export function Tools({ tools }: { readonly tools: readonly ToolUse[] }) {
  if (!tools.length) return null;
  return (
    <section class="tool-mix" aria-label={text("quality.tools")}>
      <h2>{text("quality.tools")}</h2>
      <table class="figures">
        <Heads heads={[text("quality.tool"), text("quality.edits"), text("quality.drawing-time")]} />
        <tbody>
          {tools.map(({ tool, edits, drawingSeconds }) => (
            <tr key={tool}>
              <th scope="row">{toolWord(tool)}</th>
              <td>{countWord(edits)}</td>
              <td>{valueWord(drawingSeconds, "seconds")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What is known of one case: no image and no patient, only figures. */
export function CaseDetailView({ detail, back }: { readonly detail: CaseDetail; readonly back: string }) {
  const heads = [
    text("quality.segment"),
    text("quality.verdict"),
    text("quality.dice"),
    text("quality.surface-dice"),
    text("quality.distance"),
    text("quality.path"),
    text("quality.edits"),
    text("quality.drawing-time"),
  ];
  return (
    <section class="one-case">
      <h2>{text("quality.case-title", { when: momentWord(detail.case.at) })}</h2>
      <p class="dim">
        {text("quality.series")} <span class="uid">{detail.series}</span> · {text("quality.undos")} {countWord(detail.undos)}
      </p>
      <p>
        <a class="button" id="see-case" href={historyHash(detail.case.task, detail.case.correction)}>
          {text("history.see")}
        </a>
      </p>
      <div class="table-box" tabIndex={0} role="region" aria-label={text("quality.case")}>
        <table class="figures">
          <Heads heads={caseHeads()} />
          <tbody>
            <CaseCells one={detail.case} linked={false} />
          </tbody>
        </table>
      </div>
      <div class="table-box" tabIndex={0} role="region" aria-label={text("quality.segment")}>
        <table class="figures" id="segments">
          <Heads heads={heads} />
          <tbody>
            {detail.segments.map((one) => (
              <tr key={one.label}>
                <th scope="row">{one.label}</th>
                <td>{verdictWord(one.verdict)}</td>
                <td>{valueWord(one.dice, "ratio")}</td>
                <td>{valueWord(one.surfaceDice, "ratio")}</td>
                <td>{valueWord(one.meanDistanceMm, "mm")}</td>
                <td>{valueWord(one.addedPathMm, "mm")}</td>
                <td>{countWord(one.edits)}</td>
                <td>{valueWord(one.drawingSeconds, "seconds")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Tools tools={detail.tools} />
      <nav class="pages">
        <a href={back}>{text("quality.back-to-cases")}</a>
      </nav>
    </section>
  );
}
