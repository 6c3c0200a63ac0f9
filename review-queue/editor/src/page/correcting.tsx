// All that helps to correct a case: the editing, what was changed so far, where to look, and the panel of their tools.

import type { LabelCounts } from "../core/counts.ts";
import type { GridDescription } from "../core/grid.ts";
import type { ImageVolume } from "../core/image.ts";
import type { LabelArray } from "../core/labels.ts";
import type { Delta } from "../core/runs.ts";
import type { Suspect } from "../core/suspects/suspect.ts";
import { type TextKey, text } from "../texts/texts.ts";
import type { ActionGroup } from "./action.ts";
import { api } from "./api.ts";
import { assistGroup } from "./assist-actions.tsx";
import { Assist } from "./assist.ts";
import { Background } from "./background.ts";
import { Changes } from "./changes.tsx";
import { notice } from "./dom.ts";
import { Editing } from "./editing.ts";
import { markGroup } from "./mark-actions.tsx";
import type { Units } from "./mark-texts.ts";
import { Marks } from "./marks.ts";
import { PlaceLine, placesGroup } from "./places.tsx";
import type { Planes } from "./planes.ts";
import type { Protocol, Task } from "./server.ts";
import { Suspicions } from "./suspicions.ts";
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
  readonly marks: Marks;
  readonly groups: readonly ActionGroup[];
  private readonly setup: CorrectingSetup;
  readonly assist: Assist;
  private readonly changes: Changes;
  private readonly suspicions: Suspicions;
  private readonly context: ToolContext;
  private panel: ToolPanel | null = null;

  /** Takes up the case where its journal ends. */
  static async begin(setup: CorrectingSetup): Promise<Correcting> {
    const background = new Background();
    setup.signal.addEventListener("abort", () => background.dispose());
    let correcting: Correcting | null = null;
    const editing = await Editing.begin({
      ...setup,
      elsewhere: (job) => background.ask({ kind: "job", job }),
      onchange: (delta) => {
        correcting?.changes.changed();
        correcting?.suspicions.changed(delta);
        setup.onchange(delta);
      },
      onstate: () => correcting?.show(),
      onsituation: (situation) => correcting?.panel?.showSituation(situation),
    });
    correcting = new Correcting(setup, editing, background);
    return correcting;
  }

  private constructor(setup: CorrectingSetup, editing: Editing, background: Background) {
    const { task, protocol, planes, description, signal } = setup;
    const { grid } = planes;
    const visitedKey = "firstpass.places." + task.id;
    this.setup = setup;
    this.editing = editing;
    this.context = { editing, segments: task.schema.segments, other: 0, show: () => this.show() };
    this.changes = new Changes(this.context);
    this.marks = new Marks({ editing, planes, image: setup.image, units: unitsOf(planes), protocol, segments: task.schema.segments, onchange: () => this.show() });
    this.assist = new Assist(this.context, task.id, signal, { held: () => this.marks.held !== null, putDown: () => this.marks.choose(null) });
    this.suspicions = new Suspicions({
      task,
      grid,
      description,
      bench: editing.bench,
      ask: (question) => background.ask(question),
      usual: () => api.usualVolumes(task.id, signal),
      changed: () => this.panel?.showSoon(),
      visited: JSON.parse(sessionStorage.getItem(visitedKey) ?? "[]") as string[],
      keepVisited: (visited) => sessionStorage.setItem(visitedKey, JSON.stringify(visited)),
      signal,
    });
    this.groups = [...toolGroups(this.context), assistGroup(this.assist), markGroup(this.marks), this.changes.group(), placesGroup(this.places)];
    void this.suspicions.begin();
  }

  /** The panel with the tools of all groups that have a page. */
  panelOf(groups: readonly ActionGroup[], search: () => void): HTMLElement {
    this.panel = new ToolPanel(groups, {
      said: () => this.editing.said,
      // The page of places says it itself.
      line: (open) => open !== "places" && <PlaceLine context={this.places} />,
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
    const { missing } = this.marks;
    if (missing.length === 0) return true;
    notice(missing.join(", "), { error: true, title: text("marks.missing"), id: "marks-missing" });
    this.panel?.show("marks");
    return false;
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
    void this.suspicions.hasDoubt(doubt);
  }

  private get places() {
    const { task, planes } = this.setup;
    return {
      suspicions: this.suspicions,
      grid: planes.grid,
      labelOf: (segment: number) => task.schema.segments.find(({ number }) => number === segment)?.label ?? "",
      go: (suspect: Suspect) => this.go(suspect),
    };
  }

  private go({ segment, index }: Suspect): void {
    if (segment > 0) this.setup.select(segment);
    this.setup.planes.moveTo(index);
    this.show();
  }
}

const unitsOf = ({ grid, unit }: Planes): Units => ({ millimetres: grid.unit === "mm", value: unit && " " + unit });
