// What other viewers stored and somebody has to decide on: which segment is which, which one wins, what of the rest.

import { useState } from "preact/hooks";
import { type TextKey, text } from "../texts/texts.ts";
import { age, count, shortUid } from "./dom.ts";
import type { Schema } from "./server.ts";

export interface ForeignSegment {
  readonly number: number;
  readonly label: string;
  readonly target?: number | null;
  readonly by: string;
  readonly restored: boolean;
  readonly candidates: readonly number[];
}

/** An object that another program stored. */
export interface ForeignObject {
  readonly id: string;
  readonly series: string;
  readonly sender?: string | null;
  readonly arrived: string;
  readonly question: string;
  readonly task?: string | null;
  readonly tasks: readonly string[];
  readonly segments: readonly ForeignSegment[];
  readonly overlaps: readonly { readonly first: number; readonly second: number; readonly voxels: number }[];
  readonly missing: readonly number[];
}

/** What a reader says of it. */
export interface Said {
  readonly mapping: Readonly<Record<number, number>>;
  readonly winners: readonly number[];
  readonly missing: Readonly<Record<number, string>>;
  readonly task?: string;
}

const NOTHING_SAID: Said = { mapping: {}, winners: [], missing: {} };
const QUESTIONS: readonly string[] = ["FP1060", "FP1061", "FP1064", "FP1065", "FP1066", "FP1068"];
/** Nothing that a reader says now helps these. */
const NO_ANSWER: readonly string[] = ["FP1060", "FP1066"];

/** The task that it belongs to, if there is only one. */
export const taskOf = (one: ForeignObject): string | null => one.task ?? (one.tasks.length === 1 ? one.tasks[0]! : null);

export interface ForeignProps {
  readonly all: readonly ForeignObject[];
  /** By task. */
  readonly schemas: ReadonlyMap<string, Schema>;
  readonly mayDecide: boolean;
  readonly decide: (one: ForeignObject, said: Said) => void;
  readonly discard: (one: ForeignObject) => void;
}

export function Foreign(props: ForeignProps) {
  return (
    <section class="coming foreign" id="foreign" aria-labelledby="foreign-count" hidden={props.all.length === 0}>
      <h2 id="foreign-count" aria-live="polite">
        {text("foreign.count", { count: props.all.length })}
      </h2>
      <ul class="foreign-list">
        {props.all.map((one) => (
          <Item key={one.id} one={one} {...props} />
        ))}
      </ul>
    </section>
  );
}

function Item({ one, schemas, mayDecide, decide, discard }: ForeignProps & { readonly one: ForeignObject }) {
  const [said, say] = useState(NOTHING_SAID);
  const task = taskOf(one);
  const schema = task === null ? undefined : schemas.get(task);
  const answerable = !NO_ANSWER.includes(one.question);
  const question = QUESTIONS.includes(one.question) ? text(("foreign." + one.question) as TextKey) : one.question;
  return (
    <li data-foreign={one.id}>
      <span class="uid" title={one.series}>
        {shortUid(one.series)}
      </span>
      <span>{one.sender ? text("foreign.from", { sender: one.sender }) : text("foreign.imported")}</span>
      <span class="dim" title={one.arrived}>
        {age(one.arrived)}
      </span>
      <strong>{question}</strong>
      {schema && <Known one={one} schema={schema} />}
      {answerable && one.question === "FP1068" && (
        <Choice
          label={text("foreign.proposal")}
          options={one.tasks.map((id, at) => [id, text("foreign.proposal-number", { number: at + 1 })] as const)}
          chosen={(value) => say({ ...said, task: value })}
        />
      )}
      {answerable && schema && <Questions one={one} schema={schema} said={said} say={say} />}
      {mayDecide && answerable && (
        <button type="button" class="primary use" onClick={() => decide(one, said)}>
          {text("foreign.use")}
        </button>
      )}
      {mayDecide && (
        <button type="button" class="quiet discard" onClick={() => discard(one)}>
          {text("foreign.discard")}
        </button>
      )}
    </li>
  );
}

const nameOf = (schema: Schema, number: number): string => schema.segments.find((segment) => segment.number === number)?.label ?? text("foreign.segment", { number });

/** What is clear: "Segment 1 is Liver, restored by number". */
function Known({ one, schema }: { readonly one: ForeignObject; readonly schema: Schema }) {
  const known = one.segments.filter((segment) => segment.target);
  if (known.length === 0) return null;
  const sentences = known.map((segment) => {
    const values = { drawn: segment.label, segment: nameOf(schema, segment.target!), by: segment.by.toLowerCase() };
    return segment.restored ? text("foreign.is-restored", values) : text("foreign.is", values);
  });
  return <span class="dim">{sentences.join("; ")}</span>;
}

interface QuestionsProps {
  readonly one: ForeignObject;
  readonly schema: Schema;
  readonly said: Said;
  readonly say: (said: Said) => void;
}

function Questions({ one, schema, said, say }: QuestionsProps) {
  const segments = schema.segments.map((segment) => [segment.number, segment.label] as const);
  return (
    <>
      {one.segments
        .filter((segment) => segment.target === undefined || segment.target === null)
        .map((segment) => (
          <Choice
            key={"mapping" + segment.number}
            label={segment.label + " (" + segment.number + ")"}
            options={[...likelyFirst(segments, segment.candidates), [0, text("foreign.leave-out")]]}
            chosen={(value) => say({ ...said, mapping: { ...said.mapping, [segment.number]: Number(value) } })}
          />
        ))}
      {one.overlaps.map((pair) => (
        <Choice
          key={"overlap" + pair.first + "-" + pair.second}
          label={text("foreign.both", { voxels: count(pair.voxels) })}
          options={[pair.first, pair.second].map((number) => [number, text("foreign.wins", { segment: nameOf(schema, number) })] as const)}
          chosen={(value) => say({ ...said, winners: [...said.winners.filter((winner) => winner !== pair.first && winner !== pair.second), Number(value)] })}
        />
      ))}
      {one.missing.map((number) => (
        <Choice
          key={"missing" + number}
          label={text("foreign.missing", { segment: nameOf(schema, number) })}
          options={[
            ["ACCEPT", text("foreign.keep")],
            ["REJECT", text("foreign.remove")],
            ["NOT_ASSESSABLE", text("foreign.not-assessable")],
          ]}
          chosen={(value) => say({ ...said, missing: { ...said.missing, [number]: value } })}
        />
      ))}
    </>
  );
}

function likelyFirst(segments: readonly (readonly [number, string])[], candidates: readonly number[]): (readonly [number, string])[] {
  return [...segments].sort((a, b) => Number(candidates.includes(b[0])) - Number(candidates.includes(a[0])));
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly (readonly [string | number, string])[];
  readonly chosen: (value: string) => void;
}

/** A choice that is nobody's until somebody makes it. */
function Choice({ label, options, chosen }: ChoiceProps) {
  return (
    <label class="foreign-choice">
      {label + " "}
      <select onChange={(event) => event.currentTarget.value !== "" && chosen(event.currentTarget.value)}>
        <option value="">{text("foreign.choose")}</option>
        {options.map(([value, name]) => (
          <option key={value} value={String(value)}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
