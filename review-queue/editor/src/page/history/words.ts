// What became of a case, in words.

import { type TextKey, text } from "../../texts/texts.ts";
import { clock } from "../dom.ts";
import { momentWord } from "../quality/words.ts";
import type { Task } from "../server.ts";
import type { HistoryEntry, Revision } from "./answers.ts";

/** Why nothing can be changed. */
export function whyReadOnly({ state, ended, lease }: Pick<Task, "state" | "ended" | "lease">): string {
  if (lease && Date.parse(lease.until) > Date.now()) return text("history.only-held", { by: lease.holder, time: clock(lease.until) });
  if (!ended || state === "RETURNED" || state === "CLAIMED") return text("history.only-waiting");
  const values = { by: ended.by, at: momentWord(ended.at), reason: ended.meaning ?? "" };
  return text(state === "DISCONTINUED" ? "history.only-discontinued" : state === "SUBMITTED" ? "history.only-submitted" : "history.only-decided", values);
}

export function entryWords({ kind, by, to, words }: HistoryEntry): string {
  const values = { by: by || text("history.somebody"), to: to || text("history.somebody") };
  const said = text(`history.${kind}` as TextKey, values);
  return words ? text("history.with-words", { said, words }) : said;
}

export const standingWord = ({ standing }: Revision): string => text(`history.standing-${standing}`);

export function revisionWord(revision: Revision): string {
  const values = { number: revision.number, by: revision.author || text("history.somebody"), standing: standingWord(revision) };
  return text(revision.standing === "DRAFT" ? "history.draft" : "history.revision", values);
}
