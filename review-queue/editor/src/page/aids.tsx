// What helps beside the tools: findings, the model, what was changed so far, where to look. Nobody waits for it to see a case and to draw.

import type { ComponentChild } from "preact";
import type { Delta } from "../core/runs.ts";
import type { Suspect } from "../core/suspects/suspect.ts";
import type { AnswerTo, SuspectsQuestion } from "../editing/background.ts";
import type { ActionGroup } from "./action.ts";
import { api } from "./api.ts";
import { assistGroup } from "./assist-actions.tsx";
import { Assist } from "./assist.ts";
import { Changes } from "./changes.tsx";
import type { CorrectingSetup } from "./correcting.tsx";
import { markGroup } from "./mark-actions.tsx";
import type { Units } from "./mark-texts.ts";
import { Marks } from "./marks.ts";
import { PlaceLine, placesGroup } from "./places.tsx";
import type { Planes } from "./planes.ts";
import { Suspicions } from "./suspicions.ts";
import type { ToolContext } from "./tool-actions.tsx";

export interface AidsSetup extends CorrectingSetup {
  readonly context: ToolContext;
  readonly ask: (question: SuspectsQuestion) => Promise<AnswerTo<SuspectsQuestion>>;
  /** Shows the panel of tools before the page is drawn next. */
  readonly showSoon: () => void;
}

export class Aids {
  readonly marks: Marks;
  readonly groups: readonly ActionGroup[];
  private readonly setup: AidsSetup;
  private readonly assist: Assist;
  private readonly changes: Changes;
  private readonly suspicions: Suspicions;

  constructor(setup: AidsSetup) {
    const { task, protocol, planes, image, description, context, signal } = setup;
    const { editing, show } = context;
    const visitedKey = "firstpass.places." + task.id;
    this.setup = setup;
    this.changes = new Changes(context);
    this.marks = new Marks({ editing, planes, image, units: unitsOf(planes), protocol, segments: task.schema.segments, onchange: show });
    this.assist = new Assist(context, task.id, signal, { held: () => this.marks.held !== null, putDown: () => this.marks.choose(null) });
    this.suspicions = new Suspicions({
      task,
      grid: planes.grid,
      description,
      bench: editing.bench,
      ask: setup.ask,
      usual: () => api.usualVolumes(task.id, signal),
      changed: setup.showSoon,
      visited: JSON.parse(sessionStorage.getItem(visitedKey) ?? "[]") as string[],
      keepVisited: (visited) => sessionStorage.setItem(visitedKey, JSON.stringify(visited)),
      signal,
    });
    this.groups = [assistGroup(this.assist), markGroup(this.marks), this.changes.group(), placesGroup(this.places)];
    void this.suspicions.begin();
  }

  /** The labels have changed. */
  changed(delta: Delta): void {
    this.changes.changed();
    this.suspicions.changed(delta);
  }

  /** The uncertainty map is there. */
  hasDoubt(doubt: Uint8Array): void {
    void this.suspicions.hasDoubt(doubt);
  }

  /** What is over the page of tools; the page of places says it itself. */
  line(open: string): ComponentChild {
    return open !== "places" && <PlaceLine context={this.places} />;
  }

  /** Puts down what is held; says whether anything was. */
  letGo(): boolean {
    return this.marks.letGo() || this.assist.putDown();
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
    this.setup.context.show();
  }
}

const unitsOf = ({ grid, unit }: Planes): Units => ({ millimetres: grid.unit === "mm", value: unit && " " + unit });
