// Why a reader has a case, in a word: the strongest part of its score, that it was drawn, that it is read a second time.

import { render } from "preact";
import { type TextKey, text } from "../texts/texts.ts";
import type { Score, ScorePart, Task } from "./server.ts";

const REASONS: readonly string[] = ["uncertainty", "quality", "waiting", "size", "not-found", "lot", "diversity", "disagreement", "novelty", "route", "asked"];

export const reasonOf = (part: ScorePart): string => (REASONS.includes(part.name) ? text(("why." + part.name) as TextKey) : part.name);

/** The part that counts most. The lot that breaks ties is no reason beside others. */
export const strongest = (score: Score): ScorePart | undefined => [...score.parts].sort((a, b) => Number(a.name === "lot") - Number(b.name === "lot") || b.points - a.points)[0];

/** What chips need of a task; `score` where a case that was first by it says why. */
type Reasoned = Pick<Task, "way" | "secondReading"> & { readonly score?: Score | null };

function Chip({ name, word, title }: { readonly name: string; readonly word: string; readonly title: string }) {
  return (
    <span class="chip why" data-reason={name} title={title}>
      {word}
    </span>
  );
}

function Way({ way, score }: Reasoned) {
  const main = score && strongest(score);
  if (way === "LOT") return <Chip name="drawn" word={text("why.drawn")} title={text("why.drawn-title")} />;
  if (way === "CLINICAL") return <Chip name="clinical" word={text("why.clinical")} title={text("why.clinical-title")} />;
  if (way === "ORDER" && main) return <Chip name={main.name} word={reasonOf(main)} title={main.sentence} />;
  return null;
}

/** How a case came to its reader; nothing of one that the reader chose. */
export function ReasonChips({ task }: { readonly task: Reasoned }) {
  return (
    <>
      <Way {...task} />
      {task.secondReading && <Chip name="second" word={text("why.second")} title={text("why.second-title")} />}
    </>
  );
}

/** Shows them where a case has its head. */
export function showReasons(task: Reasoned, box: HTMLElement): void {
  render(<ReasonChips task={task} />, box);
}
