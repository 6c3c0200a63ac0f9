// The rows of the worklist. Only those in sight are elements; gaps of their height stand for the others.

import { text } from "../texts/texts.ts";
import { type Effort, type Entry, historyHash, openable } from "../worklist/entry.ts";
import { age, clock, shortUid } from "./dom.ts";
import { ReasonChips, strongest } from "./reasons.tsx";
import { ScoreCard } from "./score-card.tsx";
import { TagLine } from "./tags.tsx";

/** As the style sheet has it. */
export const ROW_HEIGHT = 46;

export interface TableProps {
  readonly rows: readonly Entry[];
  readonly from: number;
  readonly to: number;
  /** Of all rows, whether they are there or not. */
  readonly count: number;
  readonly selected: string | null;
  readonly reader: string;
  readonly mayRead: boolean;
  /** Whether cases may be looked at that cannot be opened. */
  readonly mayLook: boolean;
  readonly select: (id: string) => void;
  readonly open: (entry: Entry) => void;
}

export function WorklistTable(props: TableProps) {
  const { rows, from, to, count } = props;
  const top = Math.max(1, ...rows.slice(from, to).map((entry) => entry.score.total));
  const heads = [
    "#",
    text("worklist.column-why"),
    text("worklist.column-series"),
    text("worklist.column-modality"),
    text("worklist.column-package"),
    text("worklist.column-due"),
    text("worklist.column-effort"),
    text("worklist.column-reader"),
    text("worklist.column-age"),
  ];
  return (
    <table class="worklist" aria-label={text("worklist.table")} aria-rowcount={count + 1}>
      <thead>
        <tr aria-rowindex={1}>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <Gap rows={from} />
      <tbody>
        {rows.slice(from, to).map((entry, at) => (
          <Row key={entry.id} entry={entry} at={from + at} top={top} {...props} />
        ))}
      </tbody>
      <Gap rows={rows.length - to} />
    </table>
  );
}

function Gap({ rows }: { readonly rows: number }) {
  if (rows <= 0) return null;
  return (
    <tbody aria-hidden="true">
      <tr class="gap" style={{ height: rows * ROW_HEIGHT + "px" }} />
    </tbody>
  );
}

/** Whether the score says already what a chip would. */
const isTold = ({ way, score }: Entry) => way === "CLINICAL" && ["route", "asked"].includes(strongest(score)?.name ?? "");

function Row({ entry, at, top, selected, reader, mayRead, mayLook, select, open }: TableProps & { readonly entry: Entry; readonly at: number; readonly top: number }) {
  const opens = mayRead && openable(entry, reader);
  const uid = (
    <span class="uid" title={opens ? entry.series + " – " + text("worklist.open-title") : entry.series}>
      {shortUid(entry.series)}
    </span>
  );
  return (
    <tr
      data-task={entry.id}
      data-state={entry.state}
      aria-rowindex={at + 2}
      aria-current={entry.id === selected ? "true" : undefined}
      tabIndex={-1}
      class={(entry.id === selected ? "selected " : "") + (opens ? "openable" : "")}
      onClick={() => select(entry.id)}
      onDblClick={() => opens && open(entry)}
    >
      <td class="position">{at + 1}</td>
      <td class="score-cell">
        <ScoreCard score={entry.score} top={top} />
      </td>
      <td>
        {opens ? (
          <button type="button" class="open" aria-label={text("worklist.open", { series: shortUid(entry.series) })} onClick={() => open(entry)}>
            {uid}
          </button>
        ) : mayLook ? (
          <a class="look" href={historyHash(entry.id)} aria-label={text("history.look", { series: shortUid(entry.series) })}>
            {uid}
          </a>
        ) : (
          uid
        )}
      </td>
      <td>{entry.modality ?? "–"}</td>
      <td class="proposal">
        <span class="proposal-line">
          <span>{entry.package.name}</span>
          <span class="dim">{text("worklist.segments", { version: entry.package.version, segments: entry.segments })}</span>
        </span>
        <span class="row-marks">
          <ReasonChips task={{ ...entry, way: isTold(entry) ? null : (entry.way ?? null), score: null }} />
          <Marks entry={entry} />
          <TagLine task={entry} />
        </span>
      </td>
      <td>
        <Due due={entry.due ?? null} />
      </td>
      <td>
        <Minutes effort={entry.effort ?? null} />
      </td>
      <td>
        <Reader entry={entry} />
      </td>
      <td title={entry.arrived}>{age(entry.arrived)}</td>
    </tr>
  );
}

/** What colleagues said of it. */
function Marks({ entry }: { readonly entry: Entry }) {
  const { handedTo, handedBy, handoverNote, flag } = entry;
  return (
    <>
      {handedTo && (
        <span class="chip handed" title={handoverNote ?? ""}>
          {text("worklist.handed", { to: handedTo, by: handedBy ?? "" })}
        </span>
      )}
      {flag && (
        <span class="chip flagged" title={text("worklist.flag-comment", { by: flag.by, comment: flag.comment })}>
          <span aria-hidden="true">⚑ </span>
          {text("worklist.flagged")}
        </span>
      )}
    </>
  );
}

function Due({ due }: { readonly due: string | null }) {
  if (due === null) return <span class="dim">–</span>;
  const late = Date.parse(due) < Date.now();
  const today = new Date(due).toDateString() === new Date().toDateString();
  const time = today ? clock(due) : new Date(due).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short" });
  return (
    <span title={due} class={late ? "late-due" : ""}>
      {late ? text("worklist.late", { time }) : time}
    </span>
  );
}

const BASIS = { PROTOCOL: "worklist.effort-protocol", PACKAGE: "worklist.effort-package", ALL: "worklist.effort-all" } as const;

function Minutes({ effort }: { readonly effort: Effort | null }) {
  if (effort === null) {
    return (
      <span class="dim" title={text("worklist.effort-unknown")}>
        –
      </span>
    );
  }
  return <span title={text(BASIS[effort.basis], { readings: effort.readings })}>{text("worklist.minutes", { minutes: effort.minutes })}</span>;
}

function Reader({ entry }: { readonly entry: Entry }) {
  const { lease, ended, state } = entry;
  if (lease) {
    const over = Date.parse(lease.until) <= Date.now();
    return <span class="state state-claimed">{text(over ? "worklist.lease-over" : "worklist.held", { reader: lease.holder, time: clock(lease.until) })}</span>;
  }
  if (state === "RETURNED" && ended) return <span class="state state-waiting">{text("worklist.returned", { reader: ended.by })}</span>;
  if (!ended) return <span class="dim">–</span>;
  return (
    <span class={"state state-" + (state === "DISCONTINUED" ? "discontinued" : "accepted")} title={ended.at}>
      {ended.by + (ended.meaning ? ": " + ended.meaning : "")}
    </span>
  );
}
