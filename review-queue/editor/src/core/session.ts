// One reader's work on one case: labels, history, and what the journal is told.

import { History, type Step } from "./history.ts";
import type { Edit, LabelVolume, PaintRules } from "./labels.ts";
import { FREE } from "./labels.ts";
import { type Delta, decodeRuns, encodeRuns } from "./runs.ts";

/** Names of what makes steps; the server keeps them with each one, so they do not change. */
export type ToolName =
  | "brush"
  | "eraser"
  | "threshold-brush"
  | "lasso"
  | "polygon"
  | "scissors"
  | "grow"
  | "level-trace"
  | "fill-holes"
  | "keep-largest"
  | "remove-part"
  | "margin"
  | "smooth"
  | "combine"
  | "interpolate"
  | "copy-slice"
  | "revert"
  | "probability"
  | "refine"
  | "model";

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
}

/** What a step is besides its change. */
export interface Gesture {
  readonly tool: ToolName;
  readonly segment: number;
  readonly activeMillis: number;
  readonly pathMm: number;
}

export class EditSession {
  readonly labels: LabelVolume;
  private readonly history: History;
  private readonly now: () => number;
  private readonly tell: (entry: JournalEntry) => void;
  private last = 0;

  /** @param tell is given each entry in order, to be kept for good */
  constructor(labels: LabelVolume, now: () => number, tell: (entry: JournalEntry) => void) {
    this.labels = labels;
    this.history = new History(labels);
    this.now = now;
    this.tell = tell;
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

  edit(rules: PaintRules = FREE): Edit {
    return this.labels.edit(rules);
  }

  /** Makes an edit one step; returns its change, or null if it changed nothing. */
  commit(edit: Edit, gesture: Gesture): Delta | null {
    const delta = edit.commit();
    if (delta.isEmpty) return null;
    this.remember(delta);
    const { tool, segment, activeMillis, pathMm } = gesture;
    this.tell({ number: this.last, kind: "edit", tool, segment, at: this.now(), activeMillis, pathMm, runs: encodeRuns(delta) });
    return delta;
  }

  /** The change that taking back the last step made, or null if there is none. */
  undo(): Delta | null {
    const step = this.history.undo();
    if (!step) return null;
    this.told("undo", step);
    return step.delta.inverse();
  }

  redo(): Delta | null {
    const step = this.history.redo();
    if (!step) return null;
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
        this.remember(delta);
      } else {
        const step = entry.kind === "undo" ? this.history.undo() : this.history.redo();
        if (step?.number !== entry.of) throw new Error("entry " + entry.number + " of the journal does not fit to the one before");
        this.last = entry.number;
      }
    }
  }

  private remember(delta: Delta): void {
    const step: Step = { number: ++this.last, delta };
    this.history.remember(step);
  }

  private told(kind: "undo" | "redo", step: Step): void {
    this.tell({ number: ++this.last, kind, of: step.number, at: this.now(), activeMillis: 0, pathMm: 0, runs: new Uint8Array() });
  }
}
