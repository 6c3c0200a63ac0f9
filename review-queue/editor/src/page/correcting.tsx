// Correcting a case: the editing, the panel of its tools, and once they are there the aids beside them.

import type { LabelCounts } from "../core/counts.ts";
import type { GridDescription } from "../core/grid.ts";
import type { ImageVolume } from "../core/image.ts";
import type { LabelArray } from "../core/labels.ts";
import type { Delta } from "../core/runs.ts";
import { type TextKey, text } from "../texts/texts.ts";
import type { ActionGroup } from "./action.ts";
import type { Aids } from "./aids.tsx";
import { Background } from "./background.ts";
import { notice } from "./dom.ts";
import { Editing } from "./editing.ts";
import type { Planes } from "./planes.ts";
import type { Protocol, Task } from "./server.ts";
import { type ToolContext, toolGroups } from "./tool-actions.tsx";
import { ToolPanel } from "./tool-panel.tsx";

export interface CorrectingSetup {
  readonly task: Task;
  readonly protocol: Protocol;
  readonly reader: string;
  readonly image: ImageVolume;
  readonly description: GridDescription;
  /** As they were proposed; they are changed. */
  readonly labels: LabelArray;
  /** Of the labels as they were proposed; they follow the changes. */
  readonly counts: LabelCounts;
  readonly planes: Planes;
  readonly select: (segment: number) => void;
  /** The labels have changed. */
  readonly onchange: (delta: Delta) => void;
  /** Which segments no tool may change. */
  readonly onlocks: (locked: ReadonlySet<number>) => void;
  /** The case went on elsewhere under the reader's name. */
  readonly onmoved: () => void;
  readonly signal: AbortSignal;
}

export class Correcting {
  readonly editing: Editing;
  private readonly setup: CorrectingSetup;
  private readonly background: Background;
  private readonly context: ToolContext;
  private panel: ToolPanel | null = null;
  private aids: Aids | null = null;

  /** Takes up the case where its journal ends. */
  static async begin(setup: CorrectingSetup): Promise<Correcting> {
    const background = new Background();
    setup.signal.addEventListener("abort", () => background.dispose());
    let correcting: Correcting | null = null;
    const editing = await Editing.begin({
      ...setup,
      elsewhere: (job) => background.ask({ kind: "job", job }),
      onchange: (delta) => {
        correcting?.aids?.changed(delta);
        setup.onchange(delta);
      },
      onstate: () => correcting?.show(),
      onsituation: (situation) => correcting?.panel?.showSituation(situation),
    });
    correcting = new Correcting(setup, editing, background);
    return correcting;
  }

  private constructor(setup: CorrectingSetup, editing: Editing, background: Background) {
    this.setup = setup;
    this.editing = editing;
    this.background = background;
    this.context = { editing, segments: setup.task.schema.segments, other: 0, show: () => this.show() };
  }

  /** From now on the aids are there too. */
  take({ Aids, kit }: typeof import("./at-hand.ts")): void {
    const { setup, context, background } = this;
    this.editing.bench.kit = kit;
    background.start();
    this.aids = new Aids({ ...setup, context, ask: (question) => background.ask(question), showSoon: () => this.panel?.showSoon() });
  }

  get groups(): readonly ActionGroup[] {
    return [...toolGroups(this.context), ...(this.aids?.groups ?? [])];
  }

  /** The panel with the tools of all groups that have a page. */
  panelOf(groups: readonly ActionGroup[], search: () => void): HTMLElement {
    this.panel = new ToolPanel(groups, {
      said: () => this.editing.said,
      line: (open) => this.aids?.line(open),
      used: () => {
        this.show();
        this.setup.planes.viewer.focus({ preventScroll: true });
      },
      refused: (why) => this.say(why),
      search,
    });
    const { courier, session } = this.editing;
    if (courier.unsent === 0) this.panel.showSituation({ kind: "kept", last: session.number });
    return this.panel.element;
  }

  /** Whether nothing is missing that the protocol asks for; says what is. */
  answered(): boolean {
    const missing = this.aids?.marks.missing ?? [];
    if (missing.length === 0) return true;
    notice(missing.join(", "), { error: true, title: text("marks.missing"), id: "marks-missing" });
    this.panel?.show("marks");
    return false;
  }

  /** Puts down what is held beside the pens; says whether anything was. */
  letGo(): boolean {
    return this.aids?.letGo() ?? false;
  }

  show(): void {
    this.panel?.show();
    this.setup.onlocks(this.editing.settings.locked);
  }

  /** Says something in the line under the tools. */
  say(what: TextKey): void {
    this.editing.said = what;
    this.show();
  }

  /** The uncertainty map is there. */
  hasDoubt(doubt: Uint8Array): void {
    this.aids?.hasDoubt(doubt);
  }
}
