// Why a case is read now: the strongest reason in words, the score as a bar of its parts, and on hover or focus each part.

import { text } from "../texts/texts.ts";
import { reasonOf, strongest } from "./reasons.tsx";
import type { Score } from "./server.ts";

/** @param top the largest score that is shown, which fills the bar */
export function ScoreCard({ score, top }: { readonly score: Score; readonly top: number }) {
  const main = strongest(score);
  const total = score.total.toFixed(2);
  return (
    <button type="button" class="score" aria-label={text("worklist.score", { total, reasons: score.parts.map((part) => part.sentence).join(" ") })}>
      <span class="score-number">{total}</span>
      <span class="score-reason">
        <span>{main ? reasonOf(main) : ""}</span>
        <span class="score-bar" aria-hidden="true">
          {score.parts
            .filter((part) => part.points > 0)
            .map((part, at) => (
              <span key={part.name} class={"score-part score-part-" + (at % 6)} style={{ width: (100 * part.points) / top + "%" }} />
            ))}
        </span>
      </span>
      <span class="score-card" aria-hidden="true">
        <span class="score-strategy">{score.strategy}</span>
        <table>
          <tbody>
            {score.parts.map((part) => (
              <tr key={part.name}>
                <th scope="row">{reasonOf(part)}</th>
                <td class="points">{part.points.toFixed(2)}</td>
                <td lang="en">{part.sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </span>
    </button>
  );
}
