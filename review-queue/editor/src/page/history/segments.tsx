// The segments of a case that is only looked at: what was proposed, what was said of it, and how much changed.

import { text } from "../../texts/texts.ts";
import { count } from "../dom.ts";
import { Eye } from "../icons.tsx";
import { amountText } from "../places-text.ts";
import { valueWord, verdictWord } from "../quality/words.ts";
import type { Segment } from "../server.ts";
import type { HistoryView } from "./history-view.ts";

export function SegmentsSection({ view }: { readonly view: HistoryView }) {
  return (
    <ul class="segments" aria-label={text("segments.title")}>
      {view.task.schema.segments.map((segment, at) => (
        <Row key={segment.number} view={view} segment={segment} at={at} />
      ))}
    </ul>
  );
}

function Row({ view, segment, at }: { readonly view: HistoryView; readonly segment: Segment; readonly at: number }) {
  const { number, label } = segment;
  const style = view.display.styleOf(number)!;
  const selected = number === view.display.selected;
  const verdict = view.shown?.revision.decisions.find(({ segmentNumber }) => segmentNumber === number)?.verdict;
  return (
    <li class={"segment" + (selected ? " selected" : "")} data-segment={number}>
      <button type="button" class="segment-name" title={text("segments.select")} aria-current={selected} onClick={() => view.select(number, true)}>
        {at < 9 && <kbd>{at + 1}</kbd>}
        <span class="swatch" aria-hidden="true" style={{ backgroundColor: style.colour }} />
        <span class="segment-label">{label}</span>
      </button>
      <span class="segment-switches">
        <button
          type="button"
          class={"eye" + (style.hidden ? " on" : "")}
          aria-label={text(style.hidden ? "segments.show-one" : "segments.hide-one", { segment: label })}
          onClick={() => view.toggleVisibility(number)}
        >
          <Eye shut={style.hidden} />
        </button>
      </span>
      <div class="segment-facts">
        {verdict && (
          <strong class="said" data-verdict={verdict}>
            {verdictWord(verdict)}
          </strong>
        )}
        <Amounts view={view} number={number} />
      </div>
    </li>
  );
}

function Amounts({ view, number }: { readonly view: HistoryView; readonly number: number }) {
  const { shown, task } = view;
  if (!shown) return <span>{text("segments.voxels", { voxels: count(task.scores.find(({ segmentNumber }) => segmentNumber === number)?.voxels ?? 0) })}</span>;
  const changed = shown.difference.balance.get(number);
  const decision = shown.revision.decisions.find(({ segmentNumber }) => segmentNumber === number);
  return (
    <>
      <span>{text("segments.voxels", { voxels: count(shown.counts.total(number)) })}</span>
      {changed && (
        <span class="amounts">
          +{amountText(view.planes!.grid, changed.added)} −{amountText(view.planes!.grid, changed.removed)}
        </span>
      )}
      {changed && decision && <span>{text("history.dice", { dice: valueWord(decision.diceToProposal, "ratio") })}</span>}
    </>
  );
}
