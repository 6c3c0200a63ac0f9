// Steps that were made, and the way back and forth among them, without an end.

import type { FindingStep } from "./finding.ts";
import type { LabelVolume } from "./labels.ts";
import type { Delta } from "./runs.ts";
import type { ToolName } from "./tool.ts";

/** One step: what it changed, with what, and the number under which the journal has it. */
export interface Step {
  readonly number: number;
  readonly tool: ToolName;
  readonly segment: number;
  readonly delta: Delta;
  /** What it did to a finding; then its delta is empty. */
  readonly finding?: FindingStep;
}

export class History {
  private readonly labels: LabelVolume;
  private readonly past: Step[] = [];
  private future: Step[] = [];

  constructor(labels: LabelVolume) {
    this.labels = labels;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** The steps that hold, the first one first. */
  get steps(): readonly Step[] {
    return this.past;
  }

  /** Remembers a step whose change the labels have already; what was undone before it cannot be redone any more. */
  remember(step: Step): void {
    this.past.push(step);
    this.future = [];
  }

  /** Takes the last step back and says which one it was. */
  undo(): Step | null {
    const step = this.past.pop();
    if (!step) return null;
    step.delta.inverse().applyTo(this.labels.values);
    this.future.push(step);
    return step;
  }

  /** Makes the step again that was undone last. */
  redo(): Step | null {
    const step = this.future.pop();
    if (!step) return null;
    step.delta.applyTo(this.labels.values);
    this.past.push(step);
    return step;
  }
}
