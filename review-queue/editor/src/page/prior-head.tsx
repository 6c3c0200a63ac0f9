// Over an earlier image: which one it is, and how it is linked.

import type { LinkKind } from "../core/linked.ts";
import { text } from "../texts/texts.ts";
import type { PriorEntry } from "./server.ts";

interface Props {
  readonly entries: readonly PriorEntry[];
  readonly chosen: PriorEntry | null;
  /** Null while it is not there yet. */
  readonly kind: LinkKind | null;
  /** The name of the schema of its accepted labels, null if there are none. */
  readonly schema: string | null;
  readonly actions: {
    readonly choose: (entry: PriorEntry) => void;
    readonly link: () => void;
    readonly close: () => void;
  };
}

const SENTENCES = { position: "prior.position", offset: "prior.offset", none: "prior.unlinked" } as const;

export function PriorHead({ entries, chosen, kind, schema, actions }: Props) {
  const choose = (event: Event) => {
    const entry = entries.find((one) => one.series === (event.currentTarget as HTMLSelectElement).value);
    if (entry) actions.choose(entry);
  };
  return (
    <>
      <select class="prior-choice" aria-label={text("prior.choose")} value={chosen?.series ?? ""} onChange={choose}>
        {entries.map((entry) => (
          <option key={entry.series} value={entry.series}>
            {nameOf(entry)}
          </option>
        ))}
      </select>
      {kind !== null && (
        <span class="prior-link" data-link={kind} role="status">
          {text(SENTENCES[kind])}
        </span>
      )}
      {schema !== null && <span class="prior-schema">{text("prior.labels", { schema })}</span>}
      {(kind === "none" || kind === "offset") && (
        <button type="button" class="toggle" id="prior-link" title={text("prior.link-title")} onClick={actions.link}>
          {text(kind === "none" ? "prior.link" : "prior.unlink")}
        </button>
      )}
      <button type="button" class="quiet prior-close" aria-label={text("prior.close")} title={text("prior.close")} onClick={actions.close}>
        ×
      </button>
    </>
  );
}

const nameOf = ({ date, modality, sameStudy }: PriorEntry): string =>
  [date ?? text("prior.undated"), modality, sameStudy && text("prior.same-study")].filter(Boolean).join("  ·  ");
