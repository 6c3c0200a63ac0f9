// The few questions that the page asks in a dialog.

import { type ComponentChild, render } from "preact";
import { text } from "../texts/texts.ts";
import type { Flag } from "./server.ts";

/** Reasons of PS3.16 CID 9300 that a reader may have. */
const REASONS = ["110531", "110532", "110523", "110522", "110514", "110513"] as const;
export type Reason = (typeof REASONS)[number];

const LONGEST_TEXT = 500;

interface Question {
  readonly title: string;
  readonly lead: string;
  readonly fields?: ComponentChild;
  readonly no: string;
  /** Answers other than no: their values and names, the weightiest one last. */
  readonly answers: readonly { readonly value: string; readonly name: string; readonly danger?: boolean }[];
}

/** Asks; answers the value that was chosen with what was filled in, or null for no. */
export function ask(question: Question): Promise<{ readonly value: string; readonly fields: FormData } | null> {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", question.title);
    render(<Form question={question} />, dialog);
    dialog.addEventListener("close", () => {
      const fields = new FormData(dialog.querySelector("form")!);
      render(null, dialog);
      dialog.remove();
      document.getElementById("viewer")?.focus();
      resolve(dialog.returnValue ? { value: dialog.returnValue, fields } : null);
    });
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector("[data-first]") as HTMLElement | null)?.focus();
  });
}

function Form({ question }: { readonly question: Question }) {
  const last = question.answers.length - 1;
  return (
    <form method="dialog">
      <h2>{question.title}</h2>
      <p>{question.lead}</p>
      {question.fields}
      <div class="dialog-actions">
        <button type="submit" class="quiet" value="" formNoValidate>
          {question.no}
        </button>
        {question.answers.map(({ value, name, danger }, at) => (
          <button key={value} type="submit" class={at === last ? "primary" + (danger ? " danger" : "") : "quiet"} id={value + "-yes"} value={value} formNoValidate={at !== last} data-first={at === last && !question.fields ? "" : undefined}>
            {name}
          </button>
        ))}
      </div>
    </form>
  );
}

export async function discontinueDialog(): Promise<Reason | null> {
  const answer = await ask({
    title: text("discontinue.title"),
    lead: text("discontinue.lead"),
    fields: (
      <fieldset>
        <legend class="hidden">{text("discontinue.reason")}</legend>
        {REASONS.map((code, at) => (
          <label key={code} class="reason">
            <input type="radio" name="reason" value={code} defaultChecked={at === 0} data-first={at === 0 ? "" : undefined} />
            <span>{text(`discontinue.${code}`)}</span>
            <span class="code">{code}</span>
          </label>
        ))}
      </fieldset>
    ),
    no: text("discontinue.keep"),
    answers: [{ value: "discontinue", name: text("discontinue.yes"), danger: true }],
  });
  return (answer?.fields.get("reason") as Reason | undefined) ?? null;
}

/** To whom, and with which note; null if it is not handed over. */
export async function handOverDialog(readers: readonly string[]): Promise<{ readonly to: string; readonly note: string } | null> {
  const answer = await ask({
    title: text("handover.title"),
    lead: text("handover.lead"),
    fields: (
      <>
        <label class="dialog-field">
          {text("handover.to")}
          <select name="to" required data-first="">
            {readers.map((reader) => (
              <option key={reader} value={reader}>
                {reader}
              </option>
            ))}
          </select>
        </label>
        <label class="dialog-field">
          {text("handover.note")}
          <textarea name="note" rows={3} maxLength={LONGEST_TEXT} />
        </label>
      </>
    ),
    no: text("life.cancel"),
    answers: [{ value: "hand-over", name: text("handover.yes") }],
  });
  return answer ? { to: String(answer.fields.get("to")), note: String(answer.fields.get("note")) } : null;
}

/** The comment, an empty one to take the mark away, or null to leave it as it is. */
export async function flagDialog(flag: Flag | null): Promise<string | null> {
  const answer = await ask({
    title: text("flag.title"),
    lead: text("flag.lead"),
    fields: (
      <label class="dialog-field">
        {text("flag.comment")}
        <textarea name="comment" rows={3} maxLength={LONGEST_TEXT} required defaultValue={flag?.comment ?? ""} data-first="" />
      </label>
    ),
    no: text("life.cancel"),
    answers: [...(flag ? [{ value: "lift", name: text("flag.lift") }] : []), { value: "flag", name: text("flag.yes") }],
  });
  if (!answer) return null;
  return answer.value === "lift" ? "" : String(answer.fields.get("comment")).trim() || null;
}

/** Whether to go on here with a case that is open in another tab. */
export async function takeOverDialog(): Promise<boolean> {
  const answer = await ask({
    title: text("tabs.title"),
    lead: text("tabs.lead"),
    no: text("tabs.leave"),
    answers: [{ value: "take", name: text("tabs.take") }],
  });
  return answer !== null;
}
