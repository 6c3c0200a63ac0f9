// The group of actions for findings, and its page of the tool panel.

import { useState } from "preact/hooks";
import type { AskedFinding } from "../core/asked.ts";
import { type DrawnKind, type Finding, isDrawn } from "../core/finding.ts";
import { text } from "../texts/texts.ts";
import type { Action, ActionGroup } from "./action.ts";
import type { Marks } from "./marks.ts";

const KEYS: Readonly<Record<DrawnKind, string>> = { length: "m", area: "Shift+m", contour: "Shift+g", box: "Shift+b", point: "Shift+q" };
const KINDS = Object.keys(KEYS) as readonly DrawnKind[];

const named = (id: DrawnKind | "at-cross" | "remove", ...keys: string[]) => ({ id: "marks-" + id, name: `marks.${id}`, hint: `marks.${id}.hint`, keys }) as const;

export function markGroup(marks: Marks): ActionGroup {
  return {
    id: "marks",
    title: "marks.title",
    actions: [
      ...KINDS.map((kind) => tool(marks, kind)),
      { ...named("at-cross", "Shift+n"), run: () => marks.putAtCross(), hindrance: () => (marks.held === null ? "marks.no-tool" : marks.hindrance(marks.questionOf(marks.held))) },
      { ...named("remove", "Delete"), keyOnly: true, run: () => marks.remove(marks.marking.selected!.id), hindrance: () => (marks.marking.selected ? null : "marks.none-selected") },
    ],
    page: () => <MarksPage marks={marks} />,
  };
}

function tool(marks: Marks, kind: DrawnKind): Action {
  return {
    ...named(kind, KEYS[kind]),
    tool: true,
    run: () => marks.choose(kind),
    pressed: () => marks.held === kind,
    hindrance: () => (marks.held === kind ? null : marks.hindrance(marks.questionOf(kind))),
  };
}

function MarksPage({ marks }: { readonly marks: Marks }) {
  const { instructions } = marks.protocol;
  return (
    <div class="marks">
      {instructions && <p class="marks-instructions">{instructions}</p>}
      <StillAsked marks={marks} />
      <Question marks={marks} />
      <FindingList marks={marks} />
      <div class="marks-asked">
        {marks.asked("tag").map((asked) => <Tag key={keyOf(asked)} marks={marks} asked={asked} />)}
        {marks.asked("comment").map((asked) => <Comment key={keyOf(asked)} marks={marks} asked={asked} />)}
      </div>
    </div>
  );
}

const keyOf = ({ concept, kind, appliesTo, segments }: AskedFinding): string => [concept.scheme, concept.value, kind, appliesTo, ...segments].join(" ");

function StillAsked({ marks }: { readonly marks: Marks }) {
  const { open } = marks;
  if (open.length === 0) return null;
  return (
    <div class="marks-open">
      <strong>{text("marks.still")}</strong>
      <ul>
        {open.map(({ asked, segment, missing }) => (
          <li key={keyOf(asked) + segment}>{missing > 1 ? text("marks.still-more", { finding: marks.name(asked.concept, segment), count: missing }) : marks.name(asked.concept, segment)}</li>
        ))}
      </ul>
    </div>
  );
}

/** Which finding the held tool draws, if it may be several. */
function Question({ marks }: { readonly marks: Marks }) {
  const { held } = marks;
  const all = held ? marks.asked(held) : [];
  const current = held ? marks.questionOf(held) : null;
  if (!held || !current || all.length < 2) return null;
  return (
    <div class="marks-asked">
      <label>
        {text("marks.finding")}
        <select id="mark-question" value={keyOf(current)} onChange={(event) => marks.ask(held, all.find((asked) => keyOf(asked) === event.currentTarget.value)!)}>
          {all.map((asked) => (
            <option key={keyOf(asked)} value={keyOf(asked)}>
              {marks.name(asked.concept, marks.subjectOf(asked) ?? 0)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** A tag: one of its choices, or whether it is there. */
function Tag({ marks, asked }: { readonly marks: Marks; readonly asked: AskedFinding }) {
  const there = marks.tagOf(asked);
  const subject = marks.subjectOf(asked);
  if (subject === null) return null;
  const label = marks.name(asked.concept, subject);
  if (asked.choices.length === 0) {
    return (
      <label>
        {label}
        <input type="checkbox" data-tag={asked.concept.value} checked={there !== null} onChange={(event) => marks.tag(asked, event.currentTarget.checked ? {} : null)} />
      </label>
    );
  }
  const choose = (value: string) => {
    const choice = asked.choices.find((one) => one.value === value);
    marks.tag(asked, choice ? { choice } : null);
  };
  return (
    <label>
      {label}
      <select data-tag={asked.concept.value} value={there?.choice?.value ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{text("marks.choose")}</option>
        {asked.choices.map((choice) => (
          <option key={choice.scheme + choice.value} value={choice.value}>
            {choice.meaning}
          </option>
        ))}
      </select>
    </label>
  );
}

function Comment({ marks, asked }: { readonly marks: Marks; readonly asked: AskedFinding }) {
  const [words, setWords] = useState("");
  const subject = marks.subjectOf(asked);
  if (subject === null) return null;
  const label = text("marks.comment", { finding: marks.name(asked.concept, subject) });
  const add = () => {
    marks.comment(asked, words);
    setWords("");
  };
  return (
    <div class="marks-comment">
      <textarea rows={1} maxLength={2000} aria-label={label} placeholder={label} value={words} data-comment={asked.appliesTo} onInput={(event) => setWords(event.currentTarget.value)} />
      <button type="button" class="tool" aria-disabled={!words.trim()} onClick={add}>
        {text("marks.comment-add")}
      </button>
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function FindingList({ marks }: { readonly marks: Marks }) {
  const { findings } = marks;
  return (
    <section aria-label={text("marks.list")}>
      {findings.length === 0 && <p class="marks-instructions">{text("marks.none")}</p>}
      <ul class="marks-list" id="marks-list">
        {findings.map((finding) => <FindingLine key={finding.id} marks={marks} finding={finding} />)}
      </ul>
    </section>
  );
}

function FindingLine({ marks, finding }: { readonly marks: Marks; readonly finding: Finding }) {
  const name = marks.name(finding.concept, finding.segment);
  const said = finding.text ?? finding.choice?.meaning ?? marks.measure(finding);
  const selected = marks.marking.selected?.id === finding.id;
  // The arrows move what is drawn, and not the slice, while its line has the focus.
  const move = (event: KeyboardEvent) => {
    const by = ARROWS[event.key];
    if (!by || !selected || !isDrawn(finding.kind)) return;
    event.preventDefault();
    event.stopPropagation();
    marks.nudge(by[0], by[1], event.shiftKey ? "handle" : "whole");
  };
  return (
    <li data-finding={finding.kind}>
      <button type="button" class="mark-line" aria-pressed={selected} onClick={() => marks.select(finding)} onKeyDown={move}>
        <span>{name}</span>
        {said && <span class="mark-measure">{said}</span>}
      </button>
      <button type="button" class="mark-remove" aria-label={text("marks.take-away", { finding: name })} onClick={() => marks.remove(finding.id)}>
        ×
      </button>
    </li>
  );
}
