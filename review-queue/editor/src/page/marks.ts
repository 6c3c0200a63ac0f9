// Findings in a case: their tools over the planes, what a protocol asks for, and what is there.

import { type AskedFinding, type OpenQuestion, hasRoom, openQuestions, subjectsOf } from "../core/asked.ts";
import { type DrawnKind, type Finding, sameConcept } from "../core/finding.ts";
import type { Triple } from "../core/grid.ts";
import type { ImageVolume } from "../core/image.ts";
import { type MarkMeasure, measureOf } from "../core/mark.ts";
import { Plane } from "../core/plane.ts";
import type { Placement } from "../core/view.ts";
import { Marking, type Shape, type Touch } from "../editing/marking.ts";
import { type TextKey, text } from "../texts/texts.ts";
import type { Editing } from "./editing.ts";
import { drawMark } from "./mark-drawing.ts";
import { type Units, measureText, shortMeasure } from "./mark-texts.ts";
import type { Planes } from "./planes.ts";
import type { Hand, Layer, PlaneScreen } from "./scene.ts";
import type { Protocol, Segment } from "./server.ts";

export interface MarksSetup {
  readonly editing: Editing;
  readonly planes: Planes;
  readonly image: ImageVolume;
  readonly units: Units;
  readonly protocol: Protocol;
  readonly segments: readonly Segment[];
  /** Something else is to be shown. */
  readonly onchange: () => void;
}

/** How near to a line a pointer has to be, in CSS pixels. */
const REACH = 9;

/** So large is what is put without a pointer, in mm. */
const PUT_SIZE = 20;

export class Marks implements Hand, Layer {
  readonly marking: Marking;
  readonly setup: MarksSetup;
  private readonly planes: readonly Plane[];
  /** The finding that the next one of each kind is; the first that is asked for if none was chosen. */
  private readonly questions = new Map<DrawnKind, AskedFinding>();
  private readonly measures = new WeakMap<Finding, MarkMeasure>();
  private tool: DrawnKind | null = null;

  constructor(setup: MarksSetup) {
    this.setup = setup;
    this.planes = Plane.threeOf(setup.image.grid);
    this.marking = new Marking({ session: setup.editing.session, now: () => performance.now(), newId: () => crypto.randomUUID(), changed: () => this.changed() });
    setup.planes.addHand(this);
    setup.planes.addLayer(this);
  }

  get protocol(): Protocol {
    return this.setup.protocol;
  }

  get findings(): readonly Finding[] {
    return this.marking.findings;
  }

  /** The measuring tool in the hand; a pen that was taken up has put it down. */
  get held(): DrawnKind | null {
    return this.setup.editing.active ? null : this.tool;
  }

  /** Takes a tool up; the one that is held is put down by it, as by null. */
  choose(kind: DrawnKind | null): void {
    const next = kind === this.held ? null : kind;
    if (next !== null) this.setup.editing.choose(null);
    this.tool = next;
    this.changed();
  }

  /** The findings of a kind that are asked for or allowed. */
  asked(kind: Finding["kind"]): readonly AskedFinding[] {
    return this.protocol.findings.filter((asked) => asked.kind === kind);
  }

  /** What the next finding of a kind will be. */
  questionOf(kind: DrawnKind): AskedFinding | null {
    return this.questions.get(kind) ?? this.asked(kind).find((asked) => this.hindrance(asked) === null) ?? this.asked(kind)[0] ?? null;
  }

  ask(kind: DrawnKind, asked: AskedFinding): void {
    this.questions.set(kind, asked);
    this.changed();
  }

  /** What a finding will be of: the image, or the selected segment if it may be. */
  subjectOf(asked: AskedFinding): number | null {
    const subjects = subjectsOf(asked, this.segmentNumbers);
    return subjects.includes(this.setup.editing.segment) ? this.setup.editing.segment : (subjects[0] ?? null);
  }

  /** Why another one cannot be made, or null. */
  hindrance(asked: AskedFinding | null): TextKey | null {
    const subject = asked ? this.subjectOf(asked) : null;
    if (!asked || subject === null) return "marks.not-asked";
    return hasRoom(this.findings, asked, subject) ? null : "marks.no-room";
  }

  get open(): readonly OpenQuestion[] {
    return openQuestions(this.protocol.findings, this.segmentNumbers, this.findings);
  }

  /** What has to be found before the case can be submitted, by name. */
  get missing(): readonly string[] {
    return this.open.map(({ asked, segment }) => this.name(asked.concept, segment));
  }

  /** Says a tag, or takes it back if there is no choice; one that is there is changed. */
  tag(asked: AskedFinding, said: { readonly choice?: AskedFinding["concept"] } | null): void {
    const there = this.tagOf(asked);
    const segment = this.subjectOf(asked);
    if (said === null) {
      if (there) this.marking.remove(there.id);
    } else if (there) this.marking.put({ ...there, ...said });
    else if (segment !== null) this.marking.say({ kind: "tag", concept: asked.concept, segment }, said);
  }

  tagOf(asked: AskedFinding): Finding | null {
    const segment = this.subjectOf(asked);
    return this.findings.find((finding) => finding.kind === "tag" && finding.segment === segment && sameConcept(finding.concept, asked.concept)) ?? null;
  }

  comment(asked: AskedFinding, words: string): void {
    const segment = this.subjectOf(asked);
    if (segment !== null && words.trim()) this.marking.say({ kind: "comment", concept: asked.concept, segment }, { text: words.trim() });
  }

  remove(id: string): void {
    this.marking.remove(id);
    this.setup.editing.said = "marks.removed";
    this.changed();
  }

  /** Puts what the tool draws where the planes meet. */
  putAtCross(): void {
    const { main, scene } = this.setup.planes;
    const intended = this.intended();
    if (!intended) return;
    this.marking.intended = intended;
    this.marking.putAt(main, scene.index[main.fixed], main.placeOf(scene.index), PUT_SIZE);
  }

  /** Moves the selected finding by voxels of the large plane, or draws its end. */
  nudge(du: number, dv: number, how: "whole" | "handle"): void {
    const { main, scene } = this.setup.planes;
    this.marking.nudge(main, scene.index[main.fixed], du, dv, how);
  }

  select(finding: Finding): void {
    this.marking.select(finding.id);
    const { points } = finding;
    if (points) this.setup.planes.moveTo(middle(points.map((point) => this.setup.image.grid.toIndex(point))));
  }

  measure(finding: Finding): string {
    return measureText(this.measured(finding), this.setup.units);
  }

  private measured(finding: Finding): MarkMeasure {
    const known = this.measures.get(finding) ?? measureOf(this.setup.image, this.planes, finding);
    this.measures.set(finding, known);
    return known;
  }

  /** What it is, and of which segment. */
  name(concept: AskedFinding["concept"], segment: number): string {
    const label = this.setup.segments.find((one) => one.number === segment)?.label;
    return label ? text("marks.of-segment", { finding: concept.meaning, segment: label }) : concept.meaning;
  }

  /** Gives up what is being drawn, puts the tool down, or lets go of the finding; says whether there was any of it. */
  letGo(): boolean {
    if (this.marking.busy) this.marking.drop();
    else if (this.held !== null) this.choose(null);
    else if (this.marking.selected) this.marking.select(null);
    else return false;
    return true;
  }

  get active(): boolean {
    return this.held !== null || this.marking.busy;
  }

  press(screen: PlaneScreen, event: PointerEvent): boolean {
    if (this.setup.editing.active) return false;
    this.marking.intended = this.intended();
    return this.marking.press(this.touch(screen, event));
  }

  move(screen: PlaneScreen, event: PointerEvent): void {
    if (!this.marking.busy) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const one of passed.length ? passed : [event]) this.marking.drag(this.touch(screen, one));
  }

  lift(): void {
    if (!this.marking.busy) return;
    this.marking.lift();
    // Nothing more can be drawn with it.
    if (this.held !== null && this.hindrance(this.questionOf(this.held)) !== null) this.choose(null);
  }

  cancel(): void {
    if (this.marking.busy) this.marking.drop();
  }

  leave(): void {}

  wheel(): boolean {
    return false;
  }

  draw({ plane, slice, main }: PlaneScreen, context: CanvasRenderingContext2D, place: Placement): void {
    if (this.setup.planes.scene.display.hidden) return;
    const selected = this.marking.selected?.id ?? null;
    for (const shape of this.marking.shapesOn(plane, slice)) {
      drawMark(context, place, shape, shape.held || shape.id === selected, main ? this.words(shape) : "");
    }
  }

  private words({ id, held }: Shape): string {
    const finding = held ? this.marking.underway : this.findings.find((one) => one.id === id);
    return finding ? shortMeasure(this.measured(finding), this.setup.units) || finding.concept.meaning : "";
  }

  private intended() {
    const { held } = this;
    const asked = held ? this.questionOf(held) : null;
    const segment = asked && this.hindrance(asked) === null ? this.subjectOf(asked) : null;
    return asked && segment !== null ? { kind: asked.kind, concept: asked.concept, segment } : null;
  }

  private touch(screen: PlaneScreen, event: MouseEvent): Touch {
    const { scaleX, scaleY } = screen.placement();
    const reach = REACH * (window.devicePixelRatio || 1);
    return { plane: screen.plane, slice: screen.slice, place: screen.placeAt(event), reach: [reach / scaleX, reach / scaleY] };
  }

  private get segmentNumbers(): number[] {
    return this.setup.segments.map((segment) => segment.number);
  }

  private changed(): void {
    this.setup.planes.redraw();
    this.setup.onchange();
  }
}

function middle(indices: readonly Triple[]): Triple {
  const along = (axis: 0 | 1 | 2) => indices.reduce((sum, index) => sum + index[axis], 0) / indices.length;
  return [along(0), along(1), along(2)];
}
