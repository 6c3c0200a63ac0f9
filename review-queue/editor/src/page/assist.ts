// The model's help in a reader's hand: clicks that refine, a box to look at again.

import type { Triple } from "../core/grid.ts";
import type { Placement } from "../core/view.ts";
import { LookingAgain } from "./assist-box.ts";
import { Thresholding } from "./assist-probability.ts";
import { Refining, type RefiningSetup } from "./assist-refining.ts";
import type { Hand, Layer, PlaneScreen } from "./scene.ts";
import { type ToolContext, hindrance } from "./tool-actions.tsx";

export type AssistMode = "refine" | "model-box";

/** Tools of the pointer besides the pens. */
export interface OtherTools {
  readonly held: () => boolean;
  readonly putDown: () => void;
}

export class Assist implements Hand, Layer {
  said = "";
  readonly refining: Refining;
  readonly thresholding: Thresholding;
  readonly again: LookingAgain;
  readonly context: ToolContext;
  mode: AssistMode | null = null;
  private readonly others: OtherTools;

  constructor(context: ToolContext, task: string, signal: AbortSignal, others: OtherTools) {
    this.context = context;
    this.others = others;
    const setup: RefiningSetup = { task, editing: context.editing, say: (sentence) => this.say(sentence), signal };
    this.refining = new Refining(setup);
    this.thresholding = new Thresholding(setup);
    this.again = new LookingAgain(setup);
    context.editing.planes.addHand(this);
    context.editing.planes.addLayer(this);
  }

  /** Another tool that was taken up puts this down. */
  get active(): boolean {
    return this.mode !== null && this.context.editing.pen === null && !this.others.held();
  }

  /** Puts down what is held; says whether anything was. */
  putDown(): boolean {
    const held = this.active;
    this.mode = null;
    if (held) this.context.show();
    return held;
  }

  press(screen: PlaneScreen, event: PointerEvent): boolean {
    if (!this.active) return false;
    if (this.mode === "model-box") this.again.press(screen, event);
    else this.click(screen.indexAt(event), event);
    this.context.show();
    return true;
  }

  move(screen: PlaneScreen, event: PointerEvent): void {
    if (this.active && this.mode === "model-box") this.again.drag(screen, event);
  }

  lift(): void {
    this.again.lift();
    this.context.show();
  }

  cancel(): void {
    this.again.lift();
  }

  leave(): void {}

  wheel(): boolean {
    return false;
  }

  draw(screen: PlaneScreen, context: CanvasRenderingContext2D, place: Placement): void {
    this.again.draw(screen, context, place);
  }

  choose(mode: AssistMode): void {
    const { editing } = this.context;
    const same = this.active && this.mode === mode;
    if (editing.pen !== null) editing.choose(null);
    this.others.putDown();
    this.mode = same ? null : mode;
    this.say("");
  }

  private click(index: Triple | null, event: PointerEvent): void {
    if (index && hindrance(this.context) === null) void this.refining.click(index, !(event.ctrlKey || event.metaKey));
  }

  private say(sentence: string): void {
    this.said = sentence;
    this.context.show();
  }
}
