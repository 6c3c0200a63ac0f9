// What a package says beside its labels, as chips: findings of the whole image, protocol, odd shapes. Words, not colours alone.

import { text } from "../texts/texts.ts";
import { percent } from "./dom.ts";
import type { Route, SegmentScore, Task } from "./server.ts";

const WARNINGS = {
  VOLUME_LOW: "tags.volume-low",
  VOLUME_HIGH: "tags.volume-high",
  TOO_MANY_COMPONENTS: "tags.too-many-components",
  TOUCHES_EDGE: "tags.touches-edge",
} as const;

const warningText = (warning: string): string => (warning in WARNINGS ? text(WARNINGS[warning as keyof typeof WARNINGS]) : warning);

/** What chips need of a task. */
type Tagged = Pick<Task, "findings"> & { readonly route?: Route | null };

function Findings({ task, all }: { readonly task: Tagged; readonly all: boolean }) {
  const shown = (task.findings ?? []).filter((finding) => all || finding.present).sort((a, b) => b.score - a.score);
  return (
    <>
      {shown.map((finding) => (
        <span
          key={finding.code}
          class={"chip finding" + (finding.present ? "" : " absent-finding")}
          data-code={finding.code}
          title={text("tags.finding-score", { scheme: finding.scheme, code: finding.code, score: finding.score.toFixed(2) })}
        >
          {finding.present ? finding.meaning + " " : text("tags.not-found", { finding: finding.meaning }) + " "}
          <span class="chip-score">{percent(finding.score)}</span>
        </span>
      ))}
    </>
  );
}

const ruleOf = (route: Route): string => (route.rule ? text("tags.rule", { rule: route.rule }) : text("tags.routing"));

/** Protocol and findings in one line, or nothing; `all` also has the findings that are not present. */
export function TagLine({ task, all = false }: { readonly task: Tagged; readonly all?: boolean }) {
  const protocol = task.route?.protocol;
  const findings = (task.findings ?? []).some((finding) => all || finding.present);
  if (!protocol && !findings) return null;
  return (
    <span class="tags">
      {protocol && (
        <span class="chip protocol" title={ruleOf(task.route!)}>
          {text("tags.protocol", { protocol })}
        </span>
      )}
      <Findings task={task} all={all} />
    </span>
  );
}

export function Warnings({ score }: { readonly score: SegmentScore | undefined }) {
  return (
    <>
      {(score?.warnings ?? []).map((warning) => (
        <span key={warning} class="chip warning" data-warning={warning}>
          <span aria-hidden="true">⚠ </span>
          {warningText(warning)}
        </span>
      ))}
    </>
  );
}

/** How likely a segment is fine, and how far the passes of the network agree, as far as that is known. */
export function QualityFacts({ score, agreement = true }: { readonly score: SegmentScore | undefined; readonly agreement?: boolean }) {
  return (
    <>
      {typeof score?.quality === "number" && (
        <span class="quality" title={text("tags.quality-title")}>
          {text("tags.quality", { share: percent(score.quality) })}
        </span>
      )}
      {agreement && typeof score?.agreement === "number" && (
        <span class="agreement" title={text("tags.agreement-title")}>
          {text("tags.agreement", { share: percent(score.agreement) })}
        </span>
      )}
    </>
  );
}
