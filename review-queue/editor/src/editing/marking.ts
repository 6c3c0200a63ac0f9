// Drawing findings over the planes, and taking hold of those that are there.

import type { Concept, DrawnKind, Finding, FindingKind } from "../core/finding.ts";
import { isDrawn } from "../core/finding.ts";
import { distanceToLine, ellipse, handlesOf, isWhole, onPlane, placesOn, pointsAt, rectangle, replaced, shifted, simplified, stretched } from "../core/mark.ts";
import { lengthBetween } from "../core/measure.ts";
import type { Place, Plane } from "../core/plane.ts";
import type { EditSession } from "../core/session.ts";

/** What the next finding will be. */
export interface Intended {
  readonly kind: FindingKind;
  readonly concept: Concept;
  readonly segment: number;
}

/** Where the pointer is, and how far from a line a hand may be, in voxels across and down. */
export interface Touch {
  readonly plane: Plane;
  readonly slice: number;
  readonly place: Place;
  readonly reach: Place;
}

/** A shape on a plane, for the eye. */
export interface Shape {
  readonly id: string | null;
  readonly kind: DrawnKind;
  readonly places: readonly Place[];
  /** Whether a hand is on it. */
  readonly held: boolean;
}

export interface MarkingConfig {
  readonly session: EditSession;
  readonly now: () => number;
  readonly newId: () => string;
  /** Is told whenever something else is to be shown. */
  readonly changed: () => void;
}

/** Of what a hand drew freely, corners that are off the line by less than this part of its reach are left out. */
const SMOOTH = 1 / 16;

const LONGEST = 60_000;

export class Marking {
  /** What a press begins to draw; null if it only takes hold. */
  intended: Intended | null = null;
  private readonly config: MarkingConfig;
  private grip: Grip | null = null;
  private chosen: string | null = null;

  constructor(config: MarkingConfig) {
    this.config = config;
  }

  get findings(): readonly Finding[] {
    return this.config.session.findings;
  }

  /** The finding that is selected, if it is still there. */
  get selected(): Finding | null {
    return this.findings.find((finding) => finding.id === this.chosen) ?? null;
  }

  get busy(): boolean {
    return this.grip !== null;
  }

  /** The finding that would be there if the hand let go now. */
  get underway(): Finding | null {
    const { grip } = this;
    const base = this.findings.find((finding) => finding.id === grip?.id) ?? (grip?.intended ? { id: "", ...grip.intended } : null);
    if (!grip || !base || !isWhole(grip.kind, grip.result)) return null;
    return { ...base, points: pointsAt(grip.plane, grip.slice, grip.result) };
  }

  select(id: string | null): void {
    this.chosen = id;
    this.config.changed();
  }

  /** Takes hold of a finding, or begins one; says whether the press was for it. */
  press(at: Touch): boolean {
    if (this.grip) return true;
    const held = this.held(at) ?? (this.intended && isDrawn(this.intended.kind) ? this.begun(this.intended, this.intended.kind, at) : this.touched(at));
    if (!held) {
      if (this.chosen !== null) this.select(null);
      return false;
    }
    this.grip = held;
    this.config.changed();
    return true;
  }

  drag(at: Touch): void {
    const { grip } = this;
    if (!grip || grip.plane !== at.plane) return;
    grip.goTo(onPlane(at.plane, at.place));
    this.config.changed();
  }

  /** Ends it; a shape without extent is no finding. */
  lift(): void {
    const { grip } = this;
    if (!grip) return;
    this.grip = null;
    if (grip.moved && isWhole(grip.kind, grip.result)) this.keep(grip);
    this.config.changed();
  }

  drop(): void {
    this.grip = null;
    this.config.changed();
  }

  /** Makes a finding that is not drawn, or changes one. */
  put(finding: Finding): void {
    this.step(finding.id, finding, finding.kind, finding.segment, 0, 0);
    this.select(finding.id);
  }

  /** A finding of the words: a tag or a comment. */
  say({ kind, concept, segment }: Intended, more: { readonly choice?: Concept; readonly text?: string }): void {
    this.put({ id: this.config.newId(), kind, concept, segment, ...more });
  }

  remove(id: string): void {
    const finding = this.findings.find((one) => one.id === id);
    if (!finding) return;
    this.step(id, null, finding.kind, finding.segment, 0, 0);
    this.chosen = null;
    this.config.changed();
  }

  /** Draws what is intended in the middle of a place, so large, without a pointer. */
  putAt(plane: Plane, slice: number, [u, v]: Place, mm: number): void {
    const { intended } = this;
    if (!intended || !isDrawn(intended.kind)) return;
    const du = mm / 2 / plane.pixelWidth;
    const dv = intended.kind === "length" ? 0 : mm / 2 / plane.pixelHeight;
    const places = formed(intended.kind, [onPlane(plane, [u - du, v - dv]), onPlane(plane, [u + du, v + dv])], true);
    const centred = intended.kind === "point" ? [onPlane(plane, [u, v])] : places;
    this.put({ id: this.config.newId(), ...intended, points: pointsAt(plane, slice, centred) });
  }

  /** Moves the selected finding on a plane, or draws its last handle, by so many voxels. */
  nudge(plane: Plane, slice: number, du: number, dv: number, how: "whole" | "handle"): void {
    const finding = this.selected;
    const places = finding?.points ? placesOn(plane, slice, finding.points) : null;
    if (!finding?.points || !places || !isDrawn(finding.kind)) return;
    const handles = handlesOf(finding.kind, places);
    const last = finding.kind === "length" ? 1 : finding.kind === "point" ? 0 : 2;
    const [u, v] = handles[last]!;
    const next = how === "whole" ? shifted(plane, places, du, dv) : stretched(finding.kind, places, last, onPlane(plane, [u + du, v + dv]));
    if (isWhole(finding.kind, next)) this.put({ ...finding, points: replaced(plane, finding.points, next) });
  }

  /** What is seen on one slice: the findings there, and what is being drawn. */
  shapesOn(plane: Plane, slice: number): Shape[] {
    const { grip } = this;
    const shapes: Shape[] = [];
    for (const { id, kind, points } of this.findings) {
      if (!points || !isDrawn(kind) || grip?.id === id) continue;
      const places = placesOn(plane, slice, points);
      if (places) shapes.push({ id, kind, places, held: false });
    }
    if (grip && grip.plane === plane && grip.slice === slice) shapes.push({ id: grip.id, kind: grip.kind, places: grip.result, held: true });
    return shapes;
  }

  private keep(grip: Grip): void {
    const before = this.findings.find((finding) => finding.id === grip.id);
    const places = grip.finished;
    const points = before?.points ? replaced(grip.plane, before.points, places) : pointsAt(grip.plane, grip.slice, places);
    const finding: Finding = before ? { ...before, points } : { id: this.config.newId(), ...grip.intended!, points };
    const activeMillis = Math.min(LONGEST, Math.max(0, Math.round(this.config.now() - grip.since)));
    this.step(finding.id, finding, finding.kind, finding.segment, activeMillis, grip.pathMm);
    this.chosen = finding.id;
  }

  private step(id: string, after: Finding | null, tool: FindingKind, segment: number, activeMillis: number, pathMm: number): void {
    this.config.session.mark({ id, after }, { tool, segment, activeMillis, pathMm });
  }

  /** A handle of the selected finding. */
  private held(at: Touch): Grip | null {
    const finding = this.selected;
    const places = finding?.points ? placesOn(at.plane, at.slice, finding.points) : null;
    if (!finding || !places || !isDrawn(finding.kind)) return null;
    const handle = handlesOf(finding.kind, places).findIndex((place) => near(at, place));
    return handle < 0 ? null : new Grip({ at, kind: finding.kind, id: finding.id, places, handle, since: this.config.now() });
  }

  /** A finding that was touched anywhere on its line is selected, and moved as a whole. */
  private touched(at: Touch): Grip | null {
    const shape = this.shapesOn(at.plane, at.slice).find(({ kind, places }) => touches(at, kind, places));
    if (!shape) return null;
    this.chosen = shape.id;
    return new Grip({ at, kind: shape.kind, id: shape.id, places: shape.places, handle: "whole", since: this.config.now() });
  }

  private begun(intended: Intended, kind: DrawnKind, at: Touch): Grip {
    this.chosen = null;
    return new Grip({ at, kind, id: null, places: [], handle: "new", since: this.config.now(), intended });
  }
}

const near = ({ place, reach }: Touch, [u, v]: Place): boolean => Math.hypot((place[0] - u) / reach[0], (place[1] - v) / reach[1]) <= 1;

function touches({ place, reach }: Touch, kind: DrawnKind, places: readonly Place[]): boolean {
  const scaled = ([u, v]: Place): Place => [u / reach[0], v / reach[1]];
  const ends = kind === "length" ? places.length - 1 : places.length;
  for (let at = 0; at < ends; at++) {
    if (distanceToLine(scaled(place), scaled(places[at]!), scaled(places[(at + 1) % places.length]!)) <= 1) return true;
  }
  return false;
}

/** The places of a shape that was drawn from the first place to the last. */
function formed(kind: DrawnKind, path: readonly Place[], atOnce = false): Place[] {
  const [first, last] = [path[0]!, path[path.length - 1]!];
  switch (kind) {
    case "point":
      return [last];
    case "length":
      return [first, last];
    case "box":
      return rectangle(first, last);
    case "area":
      return ellipse(first, last);
    case "contour":
      return atOnce ? ellipse(first, last) : [...path];
  }
}

interface GripStart {
  readonly at: Touch;
  readonly kind: DrawnKind;
  readonly id: string | null;
  readonly places: readonly Place[];
  /** Which handle is held, or the whole shape, or a new one is drawn. */
  readonly handle: number | "whole" | "new";
  readonly since: number;
  readonly intended?: Intended;
}

/** From the press to the release. */
class Grip {
  readonly kind: DrawnKind;
  readonly id: string | null;
  readonly plane: Plane;
  readonly slice: number;
  readonly since: number;
  readonly intended: Intended | undefined;
  moved: boolean;
  pathMm = 0;
  private readonly start: GripStart;
  private readonly path: Place[];

  constructor(start: GripStart) {
    this.start = start;
    this.kind = start.kind;
    this.id = start.id;
    this.plane = start.at.plane;
    this.slice = start.at.slice;
    this.since = start.since;
    this.intended = start.intended;
    this.path = [onPlane(start.at.plane, start.at.place)];
    // A new point is there as soon as it is pressed.
    this.moved = start.handle === "new" && start.kind === "point";
  }

  goTo(place: Place): void {
    const last = this.path[this.path.length - 1]!;
    if (place[0] === last[0] && place[1] === last[1]) return;
    this.pathMm += lengthBetween(this.plane.grid, this.plane.betweenAt(last, this.slice), this.plane.betweenAt(place, this.slice));
    this.path.push(place);
    this.moved = true;
  }

  get result(): Place[] {
    const { handle, kind, places } = this.start;
    const first = this.path[0]!;
    const last = this.path[this.path.length - 1]!;
    if (handle === "new") return formed(kind, this.path);
    if (handle === "whole") return shifted(this.plane, places, last[0] - first[0], last[1] - first[1]);
    return stretched(kind, places, handle, last);
  }

  /** The result as it is kept. */
  get finished(): Place[] {
    const { handle, at } = this.start;
    const free = handle === "new" && this.kind === "contour";
    return free ? simplified(this.result, Math.max(at.reach[0], at.reach[1]) * SMOOTH) : this.result;
  }
}
