// One claimed case: image, proposal, verdicts, submit.

import { middleOf } from "../core/find.ts";
import { Grid } from "../core/grid.ts";
import { LabelCounts } from "../core/counts.ts";
import type { LabelArray } from "../core/labels.ts";
import { text } from "../texts/texts.ts";
import type { ActionGroup } from "./action.ts";
import { actionsDialog } from "./actions-dialog.tsx";
import { Activity } from "./activity.ts";
import { ApiError, api } from "./api.ts";
import { CaseFrame } from "./case-frame.tsx";
import { type CaseCommands, caseGroups } from "./case-actions.ts";
import { CaseKeys } from "./case-keys.ts";
import { CaseLoading } from "./case-loading.js";
import { discontinueDialog } from "./dialogs.js";
import { messageOf, notice, replace } from "./dom.ts";
import { Correcting } from "./correcting.tsx";
import { Lease } from "./lease.js";
import { OverlayStyle } from "./overlay-style.ts";
import { Planes } from "./planes.ts";
import { showReceipt } from "./receipt.ts";
import { SegmentList } from "./segment-list.js";
import type { CaseGeometry, Claim, SaidVerdict, Task } from "./server.ts";
import { toolbar } from "./toolbar.js";
import { Uncertainty } from "./uncertainty.ts";
import { type Window, autoWindow, fullRange, presets } from "./window-level.ts";

export interface CaseActions {
  /** Goes to the worklist. */
  readonly leave: () => void;
  readonly open: (claim: Claim) => Promise<void>;
  readonly reader: string;
}

export class CaseView implements CaseCommands {
  readonly task: Task;
  readonly element: HTMLElement;
  readonly reader: string;
  readonly display: OverlayStyle;
  readonly uncertainty: Uncertainty;
  readonly segments: SegmentList;
  readonly lease: Lease;
  grid: Grid | undefined;
  labels: LabelArray | undefined;
  planes: Planes | undefined;
  toolbar: ReturnType<typeof toolbar> | undefined;
  correcting: Correcting | undefined;
  private readonly actions: CaseActions;
  private readonly frame: CaseFrame;
  private readonly activity = new Activity();
  private readonly abort = new AbortController();
  private readonly draftKey: string;
  private groups: readonly ActionGroup[] = [];
  private keys = new CaseKeys([]);
  private counts: LabelCounts | undefined;
  private choices: Window[] = [];
  private scale = { slope: 1, intercept: 0 };
  private loaded = false;
  private busy = false;

  constructor(claim: Claim, actions: CaseActions) {
    this.task = claim.task;
    this.actions = actions;
    this.reader = actions.reader;
    this.draftKey = "firstpass.draft." + this.task.id;
    this.lease = new Lease(this.task.id, claim, this.activity, {
      onchange: () => this.showLease(),
      onlost: (message: string) => this.lost(message),
    });
    this.display = new OverlayStyle(this.task.schema.segments);
    this.uncertainty = new Uncertainty(this.task, this.display);
    this.segments = new SegmentList(this.task.schema.segments, this.task.scores, this.display, {
      drafts: JSON.parse(sessionStorage.getItem(this.draftKey) ?? "[]"),
      onselect: (number: number) => this.select(number, true),
      onverdict: (number: number, verdict: SaidVerdict, byPointer: boolean) => this.judge(number, verdict, byPointer),
      onvisibility: (number: number) => this.toggleVisibility(number),
    });
    this.frame = new CaseFrame(this.task, {
      submit: () => void this.submit(),
      discontinue: () => void this.discontinue(),
      back: () => this.back(),
    });
    this.frame.segmentBox.append(this.segments.element);
    this.frame.imageBox.append(this.uncertainty.legend);
    this.element = this.frame.element;
    this.showLease();
    this.showSubmit();
    this.act(caseGroups(this));
    this.listen();
  }

  /** From now on these actions are there. */
  private act(groups: readonly ActionGroup[]): void {
    this.groups = groups;
    this.keys = new CaseKeys(groups);
  }

  private listen(): void {
    const { signal } = this.abort;
    addEventListener("keydown", (event) => this.keys.press(event), { signal });
    addEventListener("keyup", (event) => this.keys.lift(event), { signal });
    addEventListener("blur", () => this.keys.liftAll(), { signal });
    addEventListener("pagehide", () => this.lease.letGo(true), { signal });
  }

  async load(): Promise<void> {
    const geometry = await api.geometry(this.task.id, this.abort.signal);
    const grid = new Grid(geometry);
    this.grid = grid;
    const { slope, intercept, valueRange } = geometry;
    const range = { minimum: valueRange.min * slope + intercept, maximum: valueRange.max * slope + intercept };
    this.scale = { slope, intercept };
    this.choices = presets(this.task.modality, range);
    this.showPlanes(grid);
    this.planes!.setWindow(this.choices.length > 1 ? this.choices[0]! : fullRange(range));
    this.planes!.viewer.focus();
    const loading = new CaseLoading(this.task.id, grid, valueRange.min, this.abort.signal);
    loading.onlabels = (labels: LabelArray) => this.labelsArrived(grid, labels);
    loading.onimage = (voxels: Int16Array, share: number) => this.imageArrived(voxels, share);
    await loading.run();
    await this.beginEditing(geometry, loading.voxels);
    if (this.choices.length === 1) this.offerAutomatic(loading.voxels);
    this.loaded = true;
    this.element.dataset["loaded"] = "true";
    void this.uncertainty.load(grid, this.planes!, this.abort.signal);
    this.showSubmit();
  }

  private showPlanes(grid: Grid): void {
    const planes = new Planes(grid, this.display, {
      modality: this.task.modality,
      scale: this.scale,
      onwindow: (window) => this.toolbar?.showWindow(window),
    });
    this.planes = planes;
    this.toolbar = toolbar(planes, this.display, this.choices, {
      onwindow: (window: Window) => planes.setWindow(window),
      ondisplay: (changes: object) => this.setDisplay(changes),
      onheat: (shown: boolean) => this.heat(shown),
      onkeys: () => this.search(),
    });
    replace(this.frame.tools, this.toolbar.element);
    replace(this.frame.stage, planes.element);
  }

  private async beginEditing(geometry: CaseGeometry, voxels: Int16Array): Promise<void> {
    const correcting = await Correcting.begin({
      task: this.task,
      reader: this.reader,
      image: { grid: this.grid!, values: voxels, ...this.scale },
      description: geometry,
      labels: this.labels!,
      planes: this.planes!,
      select: (segment) => this.select(segment, false),
      onchange: () => this.painted(),
      signal: this.abort.signal,
    });
    this.correcting = correcting;
    this.uncertainty.onmap = (doubt) => correcting.hasDoubt(doubt);
    correcting.editing.segment = this.display.selected;
    this.counts = correcting.editing.bench.counts;
    this.act([...correcting.groups, ...caseGroups(this)]);
    replace(this.frame.toolBox, correcting.panelOf(this.groups, () => this.search()));
    this.painted();
  }

  /** What differs from the proposal decides which segments count as corrected. */
  private painted(): void {
    this.segments.setPainted(new Set(this.correcting!.editing.bench.difference.balance.keys()));
    this.planes!.redraw({ labels: true });
    this.correcting!.show();
    this.showSubmit();
  }

  private offerAutomatic(voxels: Int16Array): void {
    const automatic = autoWindow(voxels, this.scale);
    this.choices.unshift(automatic);
    this.toolbar!.showPresets();
    this.planes!.setWindow(automatic);
  }

  private labelsArrived(grid: Grid, labels: LabelArray): void {
    this.counts = new LabelCounts(grid, labels);
    this.labels = labels;
    this.planes!.setLabels(labels);
    const open = this.segments.nextOpen(0) ?? this.task.schema.segments[0]!.number;
    this.select(this.mostUncertain() ?? open, true);
  }

  private imageArrived(voxels: Int16Array, share: number): void {
    this.frame.progress.value = share;
    this.frame.progress.hidden = share >= 1;
    this.planes!.setVoxels(voxels);
  }

  /** The segment to look at first: found, not yet judged, and the one of which the model is least sure. */
  private mostUncertain(): number | undefined {
    return this.task.scores
      .filter((score) => score.voxels > 0 && !this.segments.verdicts.has(score.segmentNumber))
      .sort((a, b) => b.uncertainty - a.uncertainty)[0]?.segmentNumber;
  }

  select(number: number, go: boolean): void {
    this.segments.select(number);
    if (this.correcting) this.correcting.editing.segment = number;
    this.correcting?.show();
    if (go && this.counts?.boxOf(number)) {
      const middle = middleOf(this.grid!, this.labels!, number, this.counts.along(number, 2));
      if (middle) this.planes!.moveTo(middle);
    }
    this.planes?.redraw({ labels: true });
  }

  judge(number: number, verdict: SaidVerdict, byPointer: boolean): void {
    this.segments.setVerdict(number, verdict);
    sessionStorage.setItem(this.draftKey, JSON.stringify([...this.segments.verdicts]));
    if (byPointer) this.planes?.viewer.focus({ preventScroll: true });
    const next = this.segments.nextOpen(number);
    this.select(next ?? number, next !== undefined);
    this.showSubmit();
  }

  setDisplay(changes: object): void {
    this.display.set(changes);
    this.segments.refresh();
    this.toolbar!.showDisplay();
    this.planes!.redraw({ labels: true });
  }

  toggleVisibility(number: number): void {
    this.display.toggle(number);
    this.segments.refresh();
    this.planes?.redraw({ labels: true });
  }

  hide(hidden: boolean): void {
    if (this.display.hidden === hidden) return;
    this.display.hidden = hidden;
    this.planes?.redraw();
  }

  heat(shown: boolean): void {
    this.uncertainty.show(shown);
    this.toolbar?.showDisplay();
  }

  nextWindow(): void {
    this.toolbar?.nextPreset();
  }

  search(): void {
    actionsDialog(this.groups);
  }

  escape(): void {
    const editing = this.correcting?.editing;
    if (editing?.takeBack(false)) return;
    if (editing?.active) editing.choose(null);
    else this.back();
  }

  enter(): void {
    if (!this.correcting?.editing.closePolygon()) void this.submit();
  }

  private showLease(): void {
    this.frame.showLease(this.lease);
  }

  private showSubmit(): void {
    const all = this.segments.decision().every((one) => one.verdict === "ACCEPT");
    this.frame.showSubmit({ loaded: this.loaded, disabled: !this.loaded || this.busy || this.lease.lost, all, open: this.segments.openCount });
  }

  async submit(): Promise<void> {
    if (!this.loaded || this.busy || this.lease.lost) return;
    this.busy = true;
    this.showSubmit();
    this.activity.touch();
    try {
      await this.correcting!.editing.courier.settled();
      const decision = { segments: this.segments.decision(), activeMillis: Math.round(this.activity.millis), journal: this.correcting!.editing.session.number };
      const receipt = await api.submit(this.task.id, this.lease.transaction, decision);
      this.ended();
      showReceipt(receipt, this.task);
      await this.next();
    } catch (failure) {
      this.busy = false;
      this.showSubmit();
      if (failure instanceof ApiError && failure.code === "STALE_LEASE") this.lease.lose(text("case.lost-to-other"));
      else notice(messageOf(failure), { error: true, title: text("case.not-submitted") });
    }
  }

  private ended(): void {
    this.lease.end();
    sessionStorage.removeItem(this.draftKey);
  }

  private async next(): Promise<void> {
    try {
      const claim = await api.next();
      if (claim) await this.actions.open(claim);
      else this.actions.leave();
    } catch (failure) {
      notice(messageOf(failure), { error: true, title: text("case.no-next") });
      this.actions.leave();
    }
  }

  async discontinue(): Promise<void> {
    const reason = await discontinueDialog();
    if (!reason) return;
    try {
      await api.discontinue(this.task.id, this.lease.transaction, reason.code);
      this.ended();
      notice(reason.meaning, { title: text("case.discontinued") });
      await this.next();
    } catch (failure) {
      notice(messageOf(failure), { error: true, title: text("case.not-discontinued") });
    }
  }

  back(): void {
    this.lease.letGo(false);
    this.actions.leave();
  }

  private lost(message: string): void {
    this.showLease();
    this.showSubmit();
    notice(message, { error: true, title: text("case.lost"), seconds: 0, id: "lost" });
  }

  neighbour(step: number): void {
    const numbers = this.task.schema.segments.map((segment) => segment.number);
    const at = numbers.indexOf(this.display.selected);
    this.select(numbers[(at + step + numbers.length) % numbers.length]!, true);
  }

  dispose(): void {
    this.abort.abort();
    this.lease.letGo(false);
    this.activity.stop();
    this.planes?.dispose();
  }
}
