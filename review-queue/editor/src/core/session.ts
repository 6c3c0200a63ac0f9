// One reader's work on one case: labels, history, and what the journal is told.

import { type Finding, type FindingStep, findingsAfter } from "./finding.ts";
import { History, type Step } from "./history.ts";
import type { Edit, LabelVolume, PaintRules } from "./labels.ts";
import { BACKGROUND, FREE } from "./labels.ts";
import type { Axis, Grid } from "./grid.ts";
import { type Delta, DeltaBuilder, decodeRuns, encodeRuns } from "./runs.ts";
import { DRAWN, type ToolName } from "./tool.ts";

/** One line of the journal. Numbers count from 1 without a gap. */
export interface JournalEntry {
  readonly number: number;
  readonly kind: "edit" | "undo" | "redo";
  /** Of an undo or redo: the number of the edit that it takes back or makes again. */
  readonly of?: number;
  readonly tool?: ToolName;
  readonly segment?: number;
  /** When it ended, in ms since 1970 by the reader's clock. */
  readonly at: number;
  /** How long the hand was at work on it, in ms. */
  readonly activeMillis: number;
  /** How far the pointer went, in mm of the patient. */
  readonly pathMm: number;
  /** Runs with the labels afterwards, as {@link encodeRuns} writes them; empty of an undo or redo. */
  readonly runs: Uint8Array;
  /** What an edit did to a finding; then it has no runs. */
  readonly finding?: FindingStep;
}

/** What a step is besides its change. */
export interface Gesture {
  readonly tool: ToolName;
  readonly segment: number;
  readonly activeMillis: number;
  readonly pathMm: number;
}

/** The change of labels of a step on a finding. */
const NOTHING: Delta = new DeltaBuilder().build();

export class EditSession {
  readonly labels: LabelVolume;
  private readonly history: History;
  private readonly now: () => number;
  private readonly tell: (entry: JournalEntry) => void;
  private readonly watchers: ((delta: Delta) => void)[] = [];
  /** Per change the only slice along each axis, as it is asked for again and again. */
  private readonly only = new WeakMap<Delta, readonly (number | null)[]>();
  private last = 0;
  private found: readonly Finding[] | null = null;
  /** Nothing is taken any more: the labels stay as they are. */
  frozen = false;

  /** @param tell is given each entry in order, to be kept for good */
  constructor(labels: LabelVolume, now: () => number, tell: (entry: JournalEntry) => void) {
    this.labels = labels;
    this.history = new History(labels);
    this.now = now;
    this.tell = tell;
  }

  /** From now on this is told of each change of the labels, whatever made it. */
  watch(watcher: (delta: Delta) => void): void {
    this.watchers.push(watcher);
  }

  /** The changes that hold, the first one first. */
  get changes(): Delta[] {
    return this.history.steps.map((step) => step.delta);
  }

  /** The number of the last step that holds, or 0. */
  get lastStep(): number {
    return this.history.steps.at(-1)?.number ?? 0;
  }

  get canUndo(): boolean {
    return this.history.canUndo;
  }

  get canRedo(): boolean {
    return this.history.canRedo;
  }

  /** The number of the last entry. */
  get number(): number {
    return this.last;
  }

  /** The slices along an axis on which the segment was drawn by hand, one slice at a time, in ascending order. */
  slicesDrawn(segment: number, fixed: Axis): number[] {
    const slices = new Set<number>();
    for (const { tool, segment: on, delta } of this.history.steps) {
      if (on !== segment || !DRAWN.has(tool)) continue;
      const slice = this.onlySlice(delta, fixed);
      if (slice !== null) slices.add(slice);
    }
    return [...slices].sort((a, b) => a - b);
  }

  /** The one slice along an axis that a change lies in, or null if there are more. */
  private onlySlice(delta: Delta, fixed: Axis): number | null {
    let known = this.only.get(delta);
    if (!known) this.only.set(delta, (known = [0, 1, 2].map((axis) => onlySlice(this.labels.grid, delta, axis as Axis))));
    return known[fixed]!;
  }

  /** The findings that hold, in the order in which they were made first. */
  get findings(): readonly Finding[] {
    if (this.found === null) this.found = findingsAfter(this.history.steps.map((step) => step.finding));
    return this.found;
  }

  /** Makes, changes or takes away a finding, as one step. */
  mark(finding: FindingStep, gesture: Gesture): void {
    if (this.frozen) return;
    const { tool, segment, activeMillis, pathMm } = gesture;
    this.remember(NOTHING, tool, segment, finding);
    this.tell({ number: this.last, kind: "edit", tool, segment, at: this.now(), activeMillis, pathMm, runs: new Uint8Array(), finding });
  }

  edit(rules: PaintRules = FREE): Edit {
    return this.labels.edit(rules);
  }

  /** Makes an edit one step; returns its change, or null if it changed nothing. */
  commit(edit: Edit, gesture: Gesture): Delta | null {
    if (this.frozen) {
      edit.cancel();
      return null;
    }
    const delta = edit.commit();
    if (delta.isEmpty) return null;
    const { tool, segment, activeMillis, pathMm } = gesture;
    this.remember(delta, tool, segment);
    this.changed(delta);
    this.tell({ number: this.last, kind: "edit", tool, segment, at: this.now(), activeMillis, pathMm, runs: encodeRuns(delta) });
    return delta;
  }

  /** The change that taking back the last step made, or null if there is none. */
  undo(): Delta | null {
    const step = this.frozen ? null : this.history.undo();
    if (!step) return null;
    this.found = null;
    const delta = step.delta.inverse();
    this.changed(delta);
    this.told("undo", step);
    return delta;
  }

  redo(): Delta | null {
    const step = this.frozen ? null : this.history.redo();
    if (!step) return null;
    this.found = null;
    this.changed(step.delta);
    this.told("redo", step);
    return step.delta;
  }

  /**
   * Does again what a journal holds, from the labels as they were before its first entry.
   *
   * @throws Error if an entry is missing, or does not fit to what came before it
   */
  replay(entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      if (entry.number !== this.last + 1) throw new Error("entry " + (this.last + 1) + " of the journal is missing");
      if (entry.kind === "edit") {
        const delta = decodeRuns(entry.runs, this.labels.values, this.labels.maxLabel);
        delta.applyTo(this.labels.values);
        this.remember(delta, entry.tool ?? "brush", entry.segment ?? BACKGROUND, entry.finding);
        this.changed(delta);
      } else {
        const step = entry.kind === "undo" ? this.history.undo() : this.history.redo();
        if (step?.number !== entry.of) throw new Error("entry " + entry.number + " of the journal does not fit to the one before");
        this.found = null;
        this.changed(entry.kind === "undo" ? step!.delta.inverse() : step!.delta);
        this.last = entry.number;
      }
    }
  }

  private changed(delta: Delta): void {
    for (const watcher of this.watchers) watcher(delta);
  }

  private remember(delta: Delta, tool: ToolName, segment: number, finding?: FindingStep): void {
    const step: Step = { number: ++this.last, tool, segment, delta, ...(finding ? { finding } : {}) };
    this.found = null;
    this.history.remember(step);
  }

  private told(kind: "undo" | "redo", step: Step): void {
    this.tell({ number: ++this.last, kind, of: step.number, at: this.now(), activeMillis: 0, pathMm: 0, runs: new Uint8Array() });
  }
}

function onlySlice(grid: Grid, delta: Delta, axis: Axis): number | null {
  let only: number | null = null;
  for (let run = 0; run < delta.runs; run++) {
    for (const at of [delta.starts[run]!, delta.starts[run]! + delta.lengths[run]! - 1]) {
      const slice = grid.indexOf(at)[axis];
      if (only !== null && slice !== only) return null;
      only = slice;
    }
  }
  return only;
}
