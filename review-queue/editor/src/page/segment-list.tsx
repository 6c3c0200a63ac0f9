// The segments of a case and what the reader says of each.

import { render } from "preact";
import type { Balance } from "../core/difference.ts";
import { type Contradiction, type SaidVerdict, contradiction, verdictsFor } from "../core/verdict.ts";
import { text } from "../texts/texts.ts";
import { keyText } from "./action.ts";
import { count, h, percent } from "./dom.ts";
import { Eye, Padlock } from "./icons.tsx";
import type { OverlayStyle, SegmentStyle } from "./overlay-style.ts";
import type { Decision, Segment, SegmentScore } from "./server.ts";
import { QualityFacts, Warnings } from "./tags.tsx";

/** The keys of verdicts; what was not proposed has MISSING where others have MINOR. */
export const VERDICT_KEYS: Readonly<Record<SaidVerdict, string>> = {
  ACCEPT: "a",
  MINOR: ";",
  MISSING: ";",
  MAJOR: ":",
  REJECT: "r",
  NOT_ASSESSABLE: "n",
};

const SIGNS: Readonly<Record<SaidVerdict, string>> = { ACCEPT: "✓", MINOR: "≈", MISSING: "+", MAJOR: "≠", REJECT: "✕", NOT_ASSESSABLE: "?" };

export interface SegmentActions {
  readonly select: (segment: number) => void;
  readonly judge: (segment: number, verdict: SaidVerdict, byPointer: boolean) => void;
  readonly toggle: (segment: number) => void;
  readonly lock: (segment: number) => void;
}

interface Row {
  readonly segment: Segment;
  readonly position: number;
  readonly score: SegmentScore | undefined;
  readonly style: SegmentStyle;
  readonly selected: boolean;
  readonly offered: readonly SaidVerdict[];
  readonly verdict: SaidVerdict | undefined;
  readonly painted: boolean;
  /** Null as long as nothing can be painted. */
  readonly locked: boolean | null;
  readonly contradiction: Contradiction | null;
}

export class SegmentList {
  readonly element = h("div", {});
  readonly verdicts: Map<number, SaidVerdict>;
  private readonly segments: readonly Segment[];
  private readonly scores: Map<number, SegmentScore>;
  private readonly display: OverlayStyle;
  private readonly actions: SegmentActions;
  private proposed: (segment: number) => number;
  private changes: ReadonlyMap<number, Balance> = new Map();
  private locked: ReadonlySet<number> | null = null;

  /** @param said verdicts that were said before a reload */
  constructor(segments: readonly Segment[], scores: readonly SegmentScore[], display: OverlayStyle, said: Iterable<[number, SaidVerdict]>, actions: SegmentActions) {
    this.segments = segments;
    this.scores = new Map(scores.map((score) => [score.segmentNumber, score]));
    this.display = display;
    this.verdicts = new Map(said);
    this.actions = actions;
    this.proposed = (segment) => this.scores.get(segment)?.voxels ?? 0;
    this.refresh();
  }

  select(segment: number): void {
    this.display.selected = segment;
    this.refresh();
    this.element.querySelector(`[data-segment="${segment}"]`)?.scrollIntoView({ block: "nearest" });
  }

  /** The verdicts that can be said of a segment. */
  offered(segment: number): readonly SaidVerdict[] {
    return verdictsFor(this.proposed(segment));
  }

  setVerdict(segment: number, verdict: SaidVerdict): void {
    this.verdicts.set(segment, verdict);
    this.refresh();
  }

  /** The proposed labels are there: so many voxels of each segment. */
  setProposed(voxels: (segment: number) => number): void {
    const known = new Map(this.segments.map(({ number }) => [number, voxels(number)]));
    this.proposed = (segment) => known.get(segment) ?? 0;
    this.refresh();
  }

  /** Segments that differ from the proposal: they are corrected, unless the reader says that they are no good at all. */
  setChanged(changes: ReadonlyMap<number, Balance>): void {
    this.changes = changes;
    for (const [segment, verdict] of this.verdicts) if (changes.has(segment) && verdict === "ACCEPT") this.verdicts.delete(segment);
    this.refresh();
  }

  /** Segments that no tool changes; null if there are no tools. */
  setLocked(locked: ReadonlySet<number> | null): void {
    if (this.locked?.size === locked?.size) return;
    this.locked = locked && new Set(locked);
    this.refresh();
  }

  /** The segment after this one that has no verdict yet, or undefined. */
  nextOpen(segment: number): number | undefined {
    const numbers = this.segments.map(({ number }) => number);
    const from = numbers.indexOf(segment) + 1;
    return [...numbers.slice(from), ...numbers.slice(0, from)].find((one) => this.isOpen(one));
  }

  get openCount(): number {
    return this.segments.filter(({ number }) => this.isOpen(number)).length;
  }

  /** The first segment whose verdict does not fit to what is painted, and why. */
  get firstContradiction(): { readonly segment: Segment; readonly why: Contradiction } | null {
    for (const segment of this.segments) {
      const why = this.contradictionOf(segment.number);
      if (why) return { segment, why };
    }
    return null;
  }

  /** Segments that are in no accepted labels. */
  get keptOut(): number[] {
    return [...this.verdicts].filter(([, verdict]) => verdict === "REJECT" || verdict === "NOT_ASSESSABLE").map(([segment]) => segment);
  }

  /** What was drawn on counts as painted, everything else that was not judged as accepted. */
  decision(): Decision["segments"] {
    return this.segments.map(({ number }) => ({ number, verdict: this.verdicts.get(number) ?? (this.changes.has(number) ? "AS_PAINTED" : "ACCEPT") }));
  }

  refresh(): void {
    const rows = this.segments.map((segment, position) => this.row(segment, position));
    render(
      <ul class="segments" aria-label={text("segments.title")}>
        {rows.map((row) => (
          <SegmentRow key={row.segment.number} row={row} actions={this.actions} />
        ))}
      </ul>,
      this.element,
    );
  }

  private row(segment: Segment, position: number): Row {
    const { number } = segment;
    return {
      segment,
      position,
      score: this.scores.get(number),
      style: this.display.styleOf(number)!,
      selected: number === this.display.selected,
      offered: this.offered(number),
      verdict: this.verdicts.get(number),
      painted: this.changes.has(number),
      locked: this.locked && this.locked.has(number),
      contradiction: this.contradictionOf(number),
    };
  }

  private isOpen(segment: number): boolean {
    return !this.verdicts.has(segment) && !this.changes.has(segment);
  }

  contradictionOf(segment: number): Contradiction | null {
    const verdict = this.verdicts.get(segment);
    const { added, removed } = this.changes.get(segment) ?? { added: 0, removed: 0 };
    return verdict ? contradiction(verdict, { proposed: this.proposed(segment), added, removed }) : null;
  }
}

function SegmentRow({ row, actions }: { readonly row: Row; readonly actions: SegmentActions }) {
  const { segment, style, verdict, painted } = row;
  const { number, label } = segment;
  const classes = ["segment", row.selected && "selected", verdict && "judged", painted && "painted"].filter(Boolean).join(" ");
  return (
    <li class={classes} data-segment={number}>
      <button type="button" class="segment-name" title={label + " – " + text("segments.select")} aria-current={row.selected} onClick={() => actions.select(number)}>
        {row.position < 9 && <kbd>{row.position + 1}</kbd>}
        <span class="swatch" aria-hidden="true" style={{ backgroundColor: style.colour }} />
        <span class="segment-label">{label}</span>
      </button>
      <SegmentSwitches row={row} actions={actions} />
      <div class="segment-facts">
        <span class="corrected" hidden={!painted || verdict !== undefined}>
          {text("segments.corrected")}
        </span>
        <Facts score={row.score} />
      </div>
      {row.contradiction && (
        <p class="contradiction" role="status">
          {text(`verdict.${row.contradiction}`)}
        </p>
      )}
      <div class="verdicts" role="group" aria-label={text("segments.verdict-on", { segment: label })}>
        {row.offered.map((one) => (
          <VerdictButton key={one} verdict={one} said={one === verdict} label={label} judge={(byPointer) => actions.judge(number, one, byPointer)} />
        ))}
      </div>
    </li>
  );
}

/** Locked or not, seen or not. */
function SegmentSwitches({ row, actions }: { readonly row: Row; readonly actions: SegmentActions }) {
  const { number, label } = row.segment;
  const { hidden } = row.style;
  const locked = row.locked === true;
  const lock = text(locked ? "segments.unlock-one" : "segments.lock-one", { segment: label });
  const eye = text(hidden ? "segments.show-one" : "segments.hide-one", { segment: label });
  return (
    <span class="segment-switches">
      <button type="button" class={"lock" + (locked ? " on" : "")} disabled={row.locked === null} aria-label={lock} title={lock + " (⇧ V)"} onClick={() => actions.lock(number)}>
        <Padlock open={!locked} />
      </button>
      <button type="button" class={"eye" + (hidden ? " on" : "")} aria-label={eye} title={eye + " (V)"} onClick={() => actions.toggle(number)}>
        <Eye shut={hidden} />
      </button>
    </span>
  );
}

function VerdictButton({ verdict, said, label, judge }: { readonly verdict: SaidVerdict; readonly said: boolean; readonly label: string; readonly judge: (byPointer: boolean) => void }) {
  const name = text(`verdict.${verdict}`);
  return (
    <button
      type="button"
      class={"verdict verdict-" + verdict.toLowerCase().replaceAll("_", "-")}
      data-verdict={verdict}
      title={name + " (" + keyText(VERDICT_KEYS[verdict]) + ")"}
      aria-label={text("verdict.on", { verdict: name, segment: label })}
      aria-pressed={said}
      onClick={(event) => judge(event.detail > 0)}
    >
      <span aria-hidden="true">{SIGNS[verdict]}</span>
      <span class="verdict-text">{name}</span>
      <kbd aria-hidden="true">{keyText(VERDICT_KEYS[verdict])}</kbd>
    </button>
  );
}

function Facts({ score }: { readonly score: SegmentScore | undefined }) {
  if (!score || score.voxels === 0) {
    return (
      <>
        <span class="absent">{text("segments.absent")}</span>
        <QualityFacts score={score} agreement={false} />
        <Warnings score={score} />
      </>
    );
  }
  const unsure = percent(score.uncertainty);
  return (
    <>
      {/* An image without a place in patient space has no volumes. */}
      {score.volumeMl > 0 && <span>{score.volumeMl >= 10 ? count(score.volumeMl) : score.volumeMl.toFixed(2)} ml</span>}
      <span class="voxels">{text("segments.voxels", { voxels: count(score.voxels) })}</span>
      <span class="uncertainty" title={text("segments.unsure-title")}>
        <span class="meter" aria-hidden="true" style={{ "--part": unsure.replace(/\s/g, "") }} />
        {text("segments.unsure", { share: unsure })}
      </span>
      <QualityFacts score={score} />
      <Warnings score={score} />
    </>
  );
}
