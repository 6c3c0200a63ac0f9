// What became of a case: its revisions, what differs from the proposal, what was found, who held it when, and what it cost.

import type { ComponentChildren } from "preact";
import { type TextKey, text } from "../../texts/texts.ts";
import { amountText, placeText } from "../places-text.ts";
import { countWord, momentWord, toolWord, valueWord } from "../quality/words.ts";
import type { Revision } from "./answers.ts";
import type { HistoryView } from "./history-view.ts";
import { entryWords, revisionWord } from "./words.ts";

/** So many places are listed; the rest is counted. */
const LISTED = 12;

interface Shown {
  readonly view: HistoryView;
}

function Section({ id, title, children }: { readonly id: string; readonly title: TextKey; readonly children: ComponentChildren }) {
  return (
    <section id={"history-" + id} aria-labelledby={"history-title-" + id}>
      <h2 id={"history-title-" + id}>{text(title)}</h2>
      {children}
    </section>
  );
}

export function RevisionsSection({ view }: Shown) {
  const { revisions } = view.history;
  return (
    <Section id="revisions" title="history.revisions">
      <ol class="revisions">
        <Choice view={view} revision={null} />
        {revisions.map((revision) => (
          <Choice key={revision.id} view={view} revision={revision} />
        ))}
      </ol>
      {revisions.length === 0 && <p class="dim">{text("history.no-revision")}</p>}
    </Section>
  );
}

function Choice({ view, revision }: Shown & { readonly revision: Revision | null }) {
  const current = (view.shown?.revision.id ?? null) === (revision?.id ?? null);
  return (
    <li>
      <button type="button" class="revision" data-revision={revision?.id ?? "proposal"} aria-current={current} onClick={() => void view.show(revision)}>
        <span>{revision ? revisionWord(revision) : text("history.proposal")}</span>
        <time>{momentWord(revision?.at ?? view.task.proposal.time)}</time>
      </button>
    </li>
  );
}

export function ChangesSection({ view }: Shown) {
  const { shown } = view;
  if (!shown) return null;
  const { grid } = view.planes!;
  const labelOf = (segment: number) => view.task.schema.segments.find(({ number }) => number === segment)?.label ?? String(segment);
  return (
    <Section id="changes" title="history.changes">
      {shown.places.length === 0 && <p class="dim">{text("tools.nothing-differs")}</p>}
      {shown.places.length > 0 && (
        <button type="button" class="toggle" aria-pressed={view.differing} onClick={() => view.mark(!view.differing)}>
          {text("history.show-changes")} <kbd>⇧ C</kbd>
        </button>
      )}
      <ol class="changed-places" aria-label={text("tools.changed-places")}>
        {shown.places.slice(0, LISTED).map((place, at) => (
          <li key={place.middle.join(".")}>
            <button type="button" class="place-go" title={placeText(grid, place.middle)} onClick={() => view.goToPlace(at)}>
              {[...place.segments.keys()].map(labelOf).join(", ")} · {amountText(grid, place.voxels)} · {text("places.slice", { slice: place.middle[2] + 1 })}
            </button>
          </li>
        ))}
      </ol>
      {shown.places.length > LISTED && <p class="dim">{text("tools.more-places", { count: shown.places.length - LISTED })}</p>}
    </Section>
  );
}

export function FindingsSection({ view }: Shown) {
  const { shown } = view;
  if (!shown?.findings.length) return null;
  return (
    <Section id="findings" title="history.findings">
      <ul class="found">
        {shown.findings.map((finding) => (
          <li key={finding.id} data-finding={finding.kind}>
            {finding.points ? (
              <button type="button" class="place-go" onClick={() => view.goToFinding(finding)}>
                {finding.concept.meaning}
              </button>
            ) : (
              <span>{finding.concept.meaning}</span>
            )}
            <span class="found-words">{shown.wordsOf(finding)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function EntriesSection({ view }: Shown) {
  const { entries } = view.history;
  return (
    <Section id="entries" title="history.entries">
      {entries.length === 0 && <p class="dim">{text("history.no-entry")}</p>}
      <ol class="entries">
        {entries.map((entry, at) => (
          <li key={at} data-kind={entry.kind}>
            <time>{momentWord(entry.at)}</time>
            <span>{entryWords(entry)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

const seconds = (millis: number): string => valueWord(millis / 1000, "seconds");

/** Nothing where it is not for the user. */
export function EffortSection({ view }: Shown) {
  const revision = view.shown?.revision;
  if (!revision) return null;
  const { activeMillis, effort } = revision;
  const timed = typeof activeMillis === "number";
  if (!timed && !effort) return null;
  return (
    <Section id="effort" title="history.effort">
      <dl class="effort">
        {timed && <Fact name={text("quality.time")} value={seconds(activeMillis)} />}
        {effort && <Fact name={text("quality.drawing-time")} value={seconds(effort.drawingMillis)} />}
        {effort && <Fact name={text("quality.edits")} value={countWord(effort.edits)} />}
        {effort && <Fact name={text("quality.undos")} value={countWord(effort.undos)} />}
        {effort?.tools.map(({ tool, edits, drawingMillis }) => (
          <Fact key={tool} name={toolWord(tool)} value={countWord(edits) + " · " + seconds(drawingMillis)} />
        ))}
      </dl>
    </Section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
