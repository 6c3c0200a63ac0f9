// What began to cost readers more: a short list above the figures, for those who may take note of it.

import { useState } from "preact/hooks";
import { type TextKey, text } from "../../texts/texts.ts";
import type { Alarm, Evidence } from "./answers.ts";
import { caseHash } from "./cases.tsx";
import { momentWord, valueWord } from "./words.ts";

const UNITS = { NOT_ACCEPTED: "percent", DICE_LOST: "ratio", ADDED_PATH: "mm", ACTIVE_TIME: "seconds" } as const;

const shown = (evidence: Evidence, value: number): string => valueWord(evidence.measure === "NOT_ACCEPTED" ? 100 * value : value, UNITS[evidence.measure]);

function EvidenceLine({ evidence }: { readonly evidence: Evidence }) {
  return (
    <li>
      {text("quality.alarm-evidence", {
        measure: text(("quality.alarm-" + evidence.measure.toLowerCase().replace("_", "-")) as TextKey),
        reference: shown(evidence, evidence.reference),
        before: evidence.referenceCases,
        recent: shown(evidence, evidence.recent),
        since: evidence.recentCases,
        low: shown(evidence, evidence.low),
        high: shown(evidence, evidence.high),
      })}
    </li>
  );
}

interface AlarmsProps {
  readonly alarms: readonly Alarm[];
  /** Whoever may take note of an alarm does it by this. */
  readonly acknowledge: ((alarm: Alarm, note: string) => void) | null;
}

function AlarmItem({ alarm, acknowledge }: { readonly alarm: Alarm; readonly acknowledge: AlarmsProps["acknowledge"] }) {
  const [note, setNote] = useState("");
  const { protocol, axis, name } = alarm.group;
  return (
    <li data-alarm={alarm.id} class={alarm.acknowledged ? "noted" : ""}>
      <p class="alarm-head">
        <strong>{text("quality.alarm-of", { protocol, name: name || text("quality.alarm-whole"), axis: text(("quality.alarm-axis-" + axis.toLowerCase()) as TextKey) })}</strong>
        <span class="dim">{text("quality.alarm-since", { since: momentWord(alarm.since), versions: alarm.versions.join(", ") })}</span>
      </p>
      <ul>
        {alarm.evidence.map((evidence) => (
          <EvidenceLine key={evidence.measure} evidence={evidence} />
        ))}
      </ul>
      <p>
        {text("quality.alarm-worst")}{" "}
        {alarm.worst.map((correction, at) => (
          <a key={correction} class="alarm-case" href={caseHash(correction)} aria-label={text("quality.alarm-case", { number: at + 1 })}>
            {at + 1}
          </a>
        ))}
      </p>
      {alarm.acknowledged ? (
        <p class="dim">{text("quality.alarm-noted", { by: alarm.acknowledged.by, when: momentWord(alarm.acknowledged.at), note: alarm.acknowledged.note })}</p>
      ) : (
        acknowledge && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              acknowledge(alarm, note);
            }}
          >
            <label>
              {text("quality.alarm-note")} <input name="note" maxLength={1000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
            </label>{" "}
            <button type="submit">{text("quality.alarm-take-note")}</button>
          </form>
        )
      )}
    </li>
  );
}

export function Alarms({ alarms, acknowledge }: AlarmsProps) {
  if (!alarms.length) return null;
  return (
    <section class="alarms" aria-label={text("quality.alarms")}>
      <h2>{text("quality.alarms")}</h2>
      <ul>
        {alarms.map((alarm) => (
          <AlarmItem key={alarm.id} alarm={alarm} acknowledge={acknowledge} />
        ))}
      </ul>
    </section>
  );
}
