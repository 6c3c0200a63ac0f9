// A box that a reader draws, at which the model looks again; what it finds is shown first and then taken or not.

import { type Box, boxOfLabel, grown } from "../core/box.ts";
import type { Axis, Triple } from "../core/grid.ts";
import type { Place } from "../core/plane.ts";
import { applyRuns } from "../core/tools/patch.ts";
import type { Placement } from "../core/view.ts";
import type { Trial } from "../editing/trial.ts";
import { text } from "../texts/texts.ts";
import { againLabels, againSituation, askAgain } from "./assist-calls.ts";
import type { RefiningSetup } from "./assist-refining.ts";
import { messageOf, notice } from "./dom.ts";
import type { PlaneScreen } from "./scene.ts";

const ASK_EVERY = 1000;
const MARGIN_MM = 10;

export class LookingAgain {
  box: Box | null = null;
  /** Along the axis that the plane fixes, in mm. */
  depth = 30;
  /** Whether only the selected segment is taken. */
  only = true;
  /** When the model was asked, or null if nothing is under way. */
  asked: number | null = null;
  private readonly setup: RefiningSetup;
  private corner: { readonly screen: PlaneScreen; readonly place: Place } | null = null;
  private found: { readonly runs: Uint8Array; readonly segment: number } | null = null;
  private trial: Trial | null = null;

  constructor(setup: RefiningSetup) {
    this.setup = setup;
  }

  get open(): boolean {
    return this.trial?.open === true;
  }

  press(screen: PlaneScreen, event: MouseEvent): void {
    this.corner = { screen, place: screen.placeAt(event) };
    this.drag(screen, event);
  }

  drag(screen: PlaneScreen, event: MouseEvent): void {
    if (this.corner?.screen !== screen) return;
    this.box = this.between(screen, this.corner.place, screen.placeAt(event));
    this.setup.editing.planes.redraw();
  }

  lift(): void {
    this.corner = null;
  }

  around(): void {
    const { labels } = this.setup.editing.session;
    const tight = boxOfLabel(labels.grid, labels.values, this.setup.editing.segment);
    if (tight) this.box = grown(labels.grid, tight, MARGIN_MM);
    this.setup.editing.planes.redraw();
  }

  /** Asks, and shows what was found once the reader's hand rests. */
  async ask(): Promise<void> {
    const { task, say, signal, editing } = this.setup;
    if (!this.box || this.asked !== null) return;
    const request = newId();
    this.asked = Date.now();
    try {
      await askAgain(task, request, this.box, signal);
      for (;;) {
        await pause(ASK_EVERY);
        if (signal.aborted) return;
        const { state, code, message } = await againSituation(task, request, signal);
        say(text("assist.asked", { seconds: Math.round((Date.now() - this.asked) / 1000) }));
        if (state === "MADE") break;
        if (state !== "ASKED") {
          this.tell(state === "LATE" ? text("assist.late") : text("assist.refused", { why: message ?? "", code: code ?? "" }));
          return;
        }
      }
      const runs = await againLabels(task, request, signal);
      while (editing.bench.busy || editing.bench.working || editing.bench.trying) await pause(ASK_EVERY / 4);
      if (!signal.aborted) this.present(runs);
    } catch (failure) {
      if (!signal.aborted) this.tell(text("assist.failed", { why: messageOf(failure) }));
    } finally {
      this.asked = null;
    }
  }

  setOnly(only: boolean): void {
    this.only = only;
    if (this.open) this.show();
  }

  keep(): void {
    if (this.open && this.trial!.keep() === null) this.setup.say(text("assist.nothing"));
    this.end();
  }

  drop(): void {
    this.trial?.drop();
    this.end();
  }

  /** The box where it meets the slice. */
  draw(screen: PlaneScreen, context: CanvasRenderingContext2D, place: Placement): void {
    const { box } = this;
    const { fixed } = screen.plane;
    if (!box || screen.slice < box.least[fixed] || screen.slice > box.largest[fixed]) return;
    const [u0, v0] = screen.plane.placeOf(box.least);
    const [u1, v1] = screen.plane.placeOf(box.largest);
    const left = place.left + (Math.min(u0, u1) - 0.5) * place.scaleX;
    const top = place.top + (Math.min(v0, v1) - 0.5) * place.scaleY;
    const ratio = window.devicePixelRatio || 1;
    context.save();
    for (const [colour, width, dash] of [["#000", 3, 0], ["#ffd479", 1.4, 6]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width * ratio;
      context.setLineDash(dash ? [dash * ratio, dash * ratio] : []);
      context.strokeRect(left, top, (Math.abs(u1 - u0) + 1) * place.scaleX, (Math.abs(v1 - v0) + 1) * place.scaleY);
    }
    context.restore();
  }

  private present(runs: Uint8Array): void {
    const { editing } = this.setup;
    this.found = { runs, segment: editing.segment };
    this.trial = editing.bench.try("model", editing.segment, editing.settings.rules);
    this.tell(text("assist.made"));
    this.show();
  }

  private show(): void {
    const { found } = this;
    if (!found) return;
    this.trial?.show((edit) => applyRuns(edit, found.runs, this.only && found.segment !== 0 ? found.segment : null));
    this.setup.editing.planes.redraw({ labels: true });
  }

  private end(): void {
    this.found = null;
    this.box = null;
    this.setup.editing.planes.redraw({ labels: true });
  }

  // The page of the tools need not be open when the answer comes.
  private tell(sentence: string): void {
    this.setup.say(sentence);
    notice(sentence, { id: "assist-answer" });
  }

  private between(screen: PlaneScreen, a: Place, b: Place): Box {
    const { plane, slice } = screen;
    const { grid } = plane;
    const [from, to] = [plane.betweenAt(a, slice), plane.betweenAt(b, slice)];
    const half = Math.round(this.depth / 2 / grid.spacings[plane.fixed]);
    const end = (axis: Axis, which: "min" | "max"): number => {
      const along = axis === plane.fixed ? slice + (which === "min" ? -half : half) : Math.round(Math[which](from[axis], to[axis]));
      return Math.min(grid.sizes[axis] - 1, Math.max(0, along));
    };
    const corner = (which: "min" | "max"): Triple => [end(0, which), end(1, which), end(2, which)];
    return { least: corner("min"), largest: corner("max") };
  }
}

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

// randomUUID is there on secure origins only, and a hospital's network may have none.
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
