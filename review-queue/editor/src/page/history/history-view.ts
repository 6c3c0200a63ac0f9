// What became of a case: its image, proposal and revisions, and who held it when. Nothing can be changed here. Loaded only when it is opened.

import { LabelCounts } from "../../core/counts.ts";
import type { Grid } from "../../core/grid.ts";
import { type LabelArray, highestLabelOf } from "../../core/labels.ts";
import type { Finding } from "../../core/finding.ts";
import { ProposedLabels } from "../../core/proposal.ts";
import { text } from "../../texts/texts.ts";
import type { ActionGroup } from "../action.ts";
import { actionsDialog } from "../actions-dialog.tsx";
import { openedCase } from "../ahead.ts";
import { api, isAbort } from "../api.ts";
import { type LookCommands, viewingGroups } from "../case-actions.ts";
import { CaseKeys } from "../case-keys.ts";
import { messageOf, notice, replace } from "../dom.ts";
import { lookingGroup } from "../looking-actions.ts";
import { Looking } from "../looking.ts";
import { OverlayStyle } from "../overlay-style.ts";
import type { Planes } from "../planes.ts";
import type { PlaneScreen } from "../scene.ts";
import type { CaseGeometry, Protocol, Task } from "../server.ts";
import { Uncertainty } from "../uncertainty.ts";
import { type History, type Revision, answers } from "./answers.ts";
import { revisionGroup } from "./history-actions.ts";
import { HistoryFrame } from "./history-frame.tsx";
import { type RevisionSetup, ShownRevision } from "./shown-revision.ts";

export interface HistoryActions {
  /** Whether it may be seen how far somebody else is. */
  readonly drafts: boolean;
  readonly leave: () => void;
  /** Another revision is shown, or the proposal. */
  readonly shown: (revision: string | null) => void;
}

export class HistoryView implements LookCommands {
  readonly task: Task;
  readonly element: HTMLElement;
  readonly display: OverlayStyle;
  planes: Planes | undefined;
  history: History = { entries: [], revisions: [] };
  /** Null while the proposal is shown. */
  shown: ShownRevision | null = null;
  /** Whether what differs from the proposal is marked. */
  differing = false;
  private readonly actions: HistoryActions;
  private readonly frame: HistoryFrame;
  private readonly uncertainty: Uncertainty;
  private readonly abort = new AbortController();
  private readonly groups: readonly ActionGroup[];
  private looking: Looking | undefined;
  private grid: Grid | undefined;
  private proposal: { readonly labels: LabelArray; readonly counts: LabelCounts } | undefined;
  private setup: RevisionSetup | undefined;
  private place = -1;
  private asked = 0;

  constructor(task: Task, actions: HistoryActions) {
    this.task = task;
    this.actions = actions;
    this.display = new OverlayStyle(task.schema.segments);
    this.uncertainty = new Uncertainty(task, this.display);
    this.groups = [...viewingGroups(this), revisionGroup(this), lookingGroup(() => this.looking, false)];
    this.frame = new HistoryFrame(this);
    this.frame.imageBox.append(this.uncertainty.legend);
    this.element = this.frame.element;
    this.listen();
  }

  private listen(): void {
    const { signal } = this.abort;
    const keys = new CaseKeys(this.groups);
    addEventListener("keydown", (event) => keys.press(event), { signal });
    addEventListener("keyup", (event) => keys.lift(event), { signal });
    addEventListener("blur", () => keys.liftAll(), { signal });
  }

  /** @param wished the revision that is shown first; if none is named, the one that holds */
  async load(wished: string | null): Promise<void> {
    const { signal } = this.abort;
    const [{ geometry, grid, loading }, protocol, history] = await Promise.all([
      openedCase(this.task, signal),
      api.protocol(this.task.id, signal),
      answers.history(this.task.id, this.actions.drafts && this.task.state === "CLAIMED", signal),
    ]);
    this.grid = grid;
    this.history = history;
    this.showPlanes(grid, geometry, protocol);
    loading.follow({
      onlabels: (labels, counts) => this.proposalArrived(labels, counts),
      onimage: (voxels, share, there) => {
        this.frame.progress.value = share;
        this.frame.progress.hidden = share >= 1;
        this.planes!.setVoxels(voxels, there);
      },
    });
    await loading.run();
    this.looking!.offerAutomatic(loading.voxels);
    const { labels } = this.proposal!;
    this.setup = {
      image: { grid, values: loading.voxels, ...this.looking!.scale },
      proposed: ProposedLabels.of(labels, grid.sizes[0]),
      highestLabel: this.highestLabel,
      units: { millimetres: grid.unit === "mm", value: this.planes!.unit && " " + this.planes!.unit },
    };
    void this.looking!.looks.load();
    void this.uncertainty.load(grid, this.planes!, signal);
    const { revisions } = history;
    await this.show(revisions.find(({ id }) => id === wished) ?? revisions.findLast(({ standing }) => standing !== "UNDONE" && standing !== "SIDE") ?? null);
    this.select(this.firstSegment(), true);
    this.element.dataset["loaded"] = "true";
  }

  private showPlanes(grid: Grid, geometry: CaseGeometry, { hanging }: Protocol): void {
    const looking = new Looking({
      task: this.task,
      grid,
      geometry,
      display: this.display,
      hanging,
      priors: false,
      ondisplay: (changes) => this.setDisplay(changes),
      onheat: (shown) => this.heat(shown),
      onkeys: () => this.search(),
    });
    this.looking = looking;
    this.planes = looking.planes;
    this.planes.addLayer({ draw: (screen, context, place) => this.drawn(screen)?.draw(screen, context, place) });
    replace(this.frame.tools, looking.toolbar.element);
    replace(this.frame.stage, looking.planes.element);
    replace(this.frame.looks, looking.looks.element);
    looking.planes.viewer.focus();
  }

  private drawn({ slice }: PlaneScreen): ShownRevision | null {
    return slice < 0 || this.display.hidden ? null : this.shown;
  }

  private proposalArrived(labels: LabelArray, counts: LabelCounts): void {
    this.proposal = { labels, counts };
    this.looking!.setLabels(labels, counts);
  }

  /** Shows a revision, or the proposal for null. */
  async show(revision: Revision | null): Promise<void> {
    const asked = ++this.asked;
    try {
      const shown = revision && (await this.opened(revision));
      // Another one may have been asked for since.
      if (asked !== this.asked) return;
      this.shown = shown;
      this.place = -1;
      const { labels, counts } = shown ?? this.proposal!;
      this.looking!.setLabels(labels, counts);
      this.mark(this.differing);
      this.actions.shown(revision?.id ?? null);
    } catch (failure) {
      if (!isAbort(failure)) notice(messageOf(failure), { error: true, title: text("history.not-opened") });
    }
  }

  private async opened({ id }: Revision): Promise<ShownRevision> {
    const { signal } = this.abort;
    const [revision, labels] = await Promise.all([answers.revision(this.task.id, id, signal), answers.labels(this.task.id, id, this.grid!, this.highestLabel, signal)]);
    return new ShownRevision(revision, labels, this.setup!);
  }

  private get highestLabel(): number {
    return highestLabelOf(this.task.schema.segments);
  }

  /** The first one that was changed, else the first one that is there. */
  private firstSegment(): number {
    const { segments } = this.task.schema;
    const [changed] = this.shown?.difference.balance.keys() ?? [];
    const { counts } = this.shown ?? this.proposal!;
    return changed ?? (segments.find(({ number }) => counts.total(number) > 0) ?? segments[0]!).number;
  }

  /** To the revision before or after; the proposal comes before the first. */
  stepRevision(by: number): void {
    const { revisions } = this.history;
    const at = revisions.findIndex(({ id }) => id === this.shown?.revision.id) + by;
    if (at >= -1 && at < revisions.length) void this.show(revisions[at] ?? null);
  }

  /** Shows the proposal instead of the revision, for as long as a key is held. */
  compare(held: boolean): void {
    const labels = held ? this.proposal?.labels : (this.shown ?? this.proposal)?.labels;
    if (labels) this.planes?.setLabels(labels);
  }

  mark(differing: boolean): void {
    this.differing = differing;
    if (this.shown) this.shown.differing = differing;
    this.redraw();
  }

  /** To one of the places that differ. */
  goToPlace(at: number): void {
    const place = this.shown?.places[at];
    if (!place) return;
    this.place = at;
    this.planes!.moveTo(place.middle);
    this.mark(true);
  }

  stepPlace(by: number): void {
    const count = this.shown?.places.length ?? 0;
    if (count > 0) this.goToPlace((Math.max(this.place, by > 0 ? -1 : 0) + by + count) % count);
  }

  goToFinding(finding: Finding): void {
    const middle = this.shown?.middleOf(finding);
    if (middle) this.planes!.moveTo(middle);
  }

  select(number: number, go: boolean): void {
    this.display.selected = number;
    if (go) this.looking?.goTo(number);
    this.redraw();
  }

  neighbour(step: number): void {
    const numbers = this.task.schema.segments.map(({ number }) => number);
    this.select(numbers[(numbers.indexOf(this.display.selected) + step + numbers.length) % numbers.length]!, true);
  }

  hide(hidden: boolean): void {
    this.display.hidden = hidden;
    this.planes?.redraw();
  }

  heat(shown: boolean): void {
    this.uncertainty.show(shown);
    this.looking?.toolbar.show();
  }

  setDisplay(changes: Parameters<OverlayStyle["set"]>[0]): void {
    this.display.set(changes);
    this.looking?.showDisplay();
    this.redraw();
  }

  toggleVisibility(segment: number): void {
    this.display.toggle(segment);
    this.looking?.showDisplay();
    this.redraw();
  }

  nextWindow(): void {
    this.looking?.toolbar.nextPreset();
  }

  search(): void {
    actionsDialog(this.groups);
  }

  escape(): void {
    this.actions.leave();
  }

  private redraw(): void {
    this.planes?.redraw({ labels: true });
    this.frame.show();
  }

  dispose(): void {
    this.abort.abort();
    this.looking?.dispose();
    this.frame.dispose();
  }
}
