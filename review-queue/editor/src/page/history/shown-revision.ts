// A revision as it is shown: its labels, how they differ from the proposal, and what was found.

import { LabelCounts } from "../../core/counts.ts";
import { type ChangedPlace, Difference } from "../../core/difference.ts";
import { type Finding, isDrawn } from "../../core/finding.ts";
import type { Triple } from "../../core/grid.ts";
import type { ImageVolume } from "../../core/image.ts";
import { type LabelArray, LabelVolume } from "../../core/labels.ts";
import { measureOf, placesOn } from "../../core/mark.ts";
import { Plane } from "../../core/plane.ts";
import type { ProposedLabels } from "../../core/proposal.ts";
import type { Placement } from "../../core/view.ts";
import { DifferenceLayer } from "../difference-layer.ts";
import { drawMark } from "../mark-drawing.ts";
import { type Units, measureText, shortMeasure } from "../mark-texts.ts";
import type { Layer, PlaneScreen } from "../scene.ts";
import type { Revision } from "./answers.ts";

export interface RevisionSetup {
  readonly image: ImageVolume;
  readonly proposed: ProposedLabels;
  readonly highestLabel: number;
  readonly units: Units;
}

export class ShownRevision implements Layer {
  readonly revision: Revision;
  readonly labels: LabelArray;
  readonly counts: LabelCounts;
  readonly difference: Difference;
  /** The connected places that differ from the proposal, the largest one first. */
  readonly places: readonly ChangedPlace[];
  readonly findings: readonly Finding[];
  private readonly changes: DifferenceLayer;
  private readonly setup: RevisionSetup;
  private readonly planes: readonly Plane[];

  constructor(revision: Revision, labels: LabelArray, setup: RevisionSetup) {
    const { grid } = setup.image;
    this.revision = revision;
    this.labels = labels;
    this.setup = setup;
    this.counts = LabelCounts.of(grid, labels);
    this.difference = Difference.between(new LabelVolume(grid, labels, setup.highestLabel), setup.proposed);
    this.places = this.difference.places();
    this.changes = new DifferenceLayer(this.difference);
    this.findings = revision.findings ?? [];
    this.planes = Plane.threeOf(grid);
  }

  /** Whether what differs from the proposal is shown. */
  set differing(shown: boolean) {
    this.changes.shown = shown;
  }

  draw(screen: PlaneScreen, context: CanvasRenderingContext2D, place: Placement): void {
    this.changes.draw(screen, context, place);
    for (const finding of this.findings) {
      const { kind, points } = finding;
      const places = isDrawn(kind) && points ? placesOn(screen.plane, screen.slice, points) : null;
      if (places && isDrawn(kind)) drawMark(context, place, { id: finding.id, kind, places, held: false }, false, screen.main ? this.short(finding) : "");
    }
  }

  private short(finding: Finding): string {
    return shortMeasure(measureOf(this.setup.image, this.planes, finding), this.setup.units) || finding.concept.meaning;
  }

  /** What a finding measures, its answer or its words. */
  wordsOf(finding: Finding): string {
    return finding.text ?? finding.choice?.meaning ?? measureText(measureOf(this.setup.image, this.planes, finding), this.setup.units);
  }

  /** The middle of where a finding is drawn. */
  middleOf({ points }: Finding): Triple | null {
    if (!points?.length) return null;
    const { grid } = this.setup.image;
    const indices = points.map((point) => grid.toIndex(point));
    const along = (axis: 0 | 1 | 2) => indices.reduce((sum, index) => sum + index[axis], 0) / indices.length;
    return [along(0), along(1), along(2)];
  }
}
