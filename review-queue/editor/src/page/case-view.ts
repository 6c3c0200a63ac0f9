// One claimed case: image, proposal, verdicts, submit.

import type { LabelCounts } from "../core/counts.ts";
import { largestSlice } from "../core/find.ts";
import type { Span } from "./grey.ts";
import type { Grid } from "../core/grid.ts";
import type { Hanging } from "../core/hanging.ts";
import type { LabelArray } from "../core/labels.ts";
import type { Delta } from "../core/runs.ts";
import { text } from "../texts/texts.ts";
import type { ActionGroup } from "./action.ts";
import { Activity } from "./activity.ts";
import { type OpenedCase, openedCase } from "./ahead.ts";
import { api } from "./api.ts";
import { type CaseActions, CaseEnding, type EndingCase } from "./case-ending.ts";
import { CaseFrame } from "./case-frame.tsx";
import { type CaseCommands, caseGroups } from "./case-actions.ts";
import { CaseKeys } from "./case-keys.ts";
import { byId, replace } from "./dom.ts";
import { draftKey, saidBefore } from "./draft.ts";
import { dropFirstHint, showFirstHint } from "./first-hint.tsx";
import { Correcting } from "./correcting.tsx";
import { Lease } from "./lease.ts";
import { lookingGroup } from "./looking-actions.ts";
import { Looking } from "./looking.ts";
import { OverlayStyle } from "./overlay-style.ts";
import type { Planes } from "./planes.ts";
import { SegmentList } from "./segment-list.tsx";
import type { CaseGeometry, Claim, Protocol, SaidVerdict, Task } from "./server.ts";
import { Uncertainty } from "./uncertainty.ts";

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
  private counts: LabelCounts | undefined;
  planes: Planes | undefined;
  looking: Looking | undefined;
  correcting: Correcting | undefined;
  /** Lets other tabs have the case. */
  held: (() => void) | undefined;
  private readonly actions: CaseActions;
  private readonly frame: CaseFrame;
  private readonly activity = new Activity();
  private readonly abort = new AbortController();
  private readonly opened: Promise<OpenedCase>;
  private readonly protocol: Promise<Protocol>;
  private readonly ending: CaseEnding;
  private groups: readonly ActionGroup[] = [];
  private keys = new CaseKeys([]);
  private atHand: Promise<typeof import("./at-hand.ts")> | null = null;
  private loaded = false;

  constructor(claim: Claim, actions: CaseActions) {
    this.task = claim.task;
    this.actions = actions;
    // On its way while the page is made.
    const { signal } = this.abort;
    this.opened = Promise.resolve(actions.ahead.take(this.task.id, signal) ?? openedCase(this.task, signal));
    this.protocol = api.protocol(this.task.id, signal);
    this.reader = actions.reader;
    this.lease = new Lease(claim, this.activity, {
      onchange: () => this.showLease(),
      onlost: (message) => this.lost(message),
    });
    this.display = new OverlayStyle(this.task.schema.segments);
    this.uncertainty = new Uncertainty(this.task, this.display);
    this.segments = new SegmentList(this.task.schema.segments, this.task.scores, this.display, saidBefore(this.task.id), {
      select: (segment) => this.select(segment, true),
      judge: (segment, verdict, byPointer) => this.judge(segment, verdict, byPointer),
      toggle: (segment) => this.toggleVisibility(segment),
      lock: (segment) => this.correcting?.editing.settings.toggleLock(segment),
    });
    this.frame = new CaseFrame(this.task, {
      submit: () => void this.submit(),
      discontinue: () => void this.discontinue(),
      handOver: () => void this.handOver(),
      flag: () => void this.flag(),
      back: () => this.back(),
    });
    this.frame.segmentBox.append(this.segments.element);
    this.frame.imageBox.append(this.uncertainty.legend);
    this.element = this.frame.element;
    this.ending = new CaseEnding(this.endingCase(), actions);
    this.showLease();
    this.showSubmit();
    this.act(this.looks());
    this.listen();
  }

  private endingCase(): EndingCase {
    return {
      task: this.task,
      lease: this.lease,
      segments: this.segments,
      activity: this.activity,
      frame: this.frame,
      work: () => (this.loaded ? { editing: this.correcting!.editing, labels: this.labels!, answered: () => this.correcting!.answered() } : null),
      select: (segment) => this.select(segment, true),
      putAway: () => this.putAway(),
    };
  }

  private looks(): ActionGroup[] {
    return [...caseGroups(this), lookingGroup(() => this.looking)];
  }

  /** From now on these actions are there. */
  private act(groups: readonly ActionGroup[]): void {
    this.groups = groups;
    this.keys = new CaseKeys(groups, (why) => this.correcting?.say(why));
  }

  private listen(): void {
    const { signal } = this.abort;
    addEventListener("keydown", (event) => this.keys.press(event), { signal });
    addEventListener("keyup", (event) => this.keys.lift(event), { signal });
    addEventListener("blur", () => this.keys.liftAll(), { signal });
    addEventListener("pagehide", () => this.lease.letGo(true), { signal });
  }

  async load(): Promise<void> {
    const { signal } = this.abort;
    const [{ geometry, grid, loading }, protocol] = await Promise.all([this.opened, this.protocol]);
    this.grid = grid;
    await loading.ask((runs) => largestSlice(runs.onSlices(this.firstSegment())));
    this.showPlanes(grid, geometry, protocol.hanging);
    loading.follow({
      onlabels: (labels, counts) => this.labelsArrived(labels, counts),
      onimage: (voxels, share, there) => this.imageArrived(voxels, share, there),
    });
    await loading.run();
    await this.beginEditing(geometry, protocol, loading.voxels);
    this.looking!.offerAutomatic(loading.voxels);
    this.loaded = true;
    showFirstHint(byId("bar-context"));
    this.element.dataset["loaded"] = "true";
    void this.looking!.looks.load();
    void this.uncertainty.load(grid, this.planes!, signal);
    this.showSubmit();
    this.actions.ahead.follow(this.task.id, loading.bytes, signal);
    void import("./surface.ts").catch(() => null);
  }

  private showPlanes(grid: Grid, geometry: CaseGeometry, hanging: Hanging): void {
    const looking = new Looking({
      task: this.task,
      grid,
      geometry,
      display: this.display,
      hanging,
      ondisplay: (changes) => this.setDisplay(changes),
      onheat: (shown) => this.heat(shown),
      onkeys: () => this.search(),
    });
    this.looking = looking;
    this.planes = looking.planes;
    replace(this.frame.tools, looking.toolbar.element);
    replace(this.frame.stage, looking.planes.element);
    replace(this.frame.looks, looking.looks.element);
    looking.planes.viewer.focus();
  }

  private async beginEditing(geometry: CaseGeometry, protocol: Protocol, voxels: Int16Array): Promise<void> {
    const correcting = await Correcting.begin({
      task: this.task,
      protocol,
      reader: this.reader,
      image: { grid: this.grid!, values: voxels, ...this.looking!.scale },
      description: geometry,
      labels: this.labels!,
      counts: this.counts!,
      planes: this.planes!,
      select: (segment) => this.select(segment, false),
      onchange: (delta) => this.painted(delta),
      onlocks: (locked) => this.segments.setLocked(locked),
      onmoved: () => this.showOnly(text("tabs.moved-on")),
      signal: this.abort.signal,
    });
    this.correcting = correcting;
    this.uncertainty.onmap = (doubt) => correcting.hasDoubt(doubt);
    correcting.editing.segment = this.display.selected;
    if (this.ending.gone) {
      // Another tab took the case over while it was loaded here.
      correcting.editing.freeze();
      this.segments.setChanged(correcting.editing.bench.difference.balance);
      return;
    }
    this.showTools(correcting);
    this.painted(null);
    const atHand = await this.atHand!;
    atHand.showReasons(this.task, this.frame.reasons);
    correcting.take(atHand);
    if (!this.ending.gone) this.showTools(correcting);
  }

  private showTools(correcting: Correcting): void {
    this.act([...correcting.groups, ...this.looks()]);
    replace(this.frame.toolBox, correcting.panelOf(this.groups, () => this.search()));
  }

  /** What differs from the proposal decides which segments count as corrected. */
  private painted(delta: Delta | null): void {
    this.looking!.changed(delta);
    this.segments.setChanged(this.correcting!.editing.bench.difference.balance);
    this.correcting!.show();
    this.showSubmit();
  }

  private labelsArrived(labels: LabelArray, counts: LabelCounts): void {
    this.labels = labels;
    this.counts = counts;
    this.segments.setProposed((segment) => counts.total(segment));
    this.looking!.setLabels(labels, counts);
    this.select(this.firstSegment(), true);
  }

  private imageArrived(voxels: Int16Array, share: number, there: Span): void {
    this.frame.progress.value = share;
    this.frame.progress.hidden = share >= 1;
    this.planes!.setVoxels(voxels, there);
    this.atHand ??= import("./at-hand.ts");
  }

  /** The segment to look at first. */
  private firstSegment(): number {
    return this.mostUncertain() ?? this.segments.nextOpen(0) ?? this.task.schema.segments[0]!.number;
  }

  /** Found, not yet judged, and the one of which the model is least sure. */
  private mostUncertain(): number | undefined {
    return this.task.scores
      .filter((score) => score.voxels > 0 && !this.segments.verdicts.has(score.segmentNumber))
      .sort((a, b) => b.uncertainty - a.uncertainty)[0]?.segmentNumber;
  }

  select(number: number, go: boolean): void {
    this.segments.select(number);
    if (this.correcting) this.correcting.editing.segment = number;
    this.correcting?.show();
    if (go) this.looking?.goTo(number);
    this.planes?.redraw({ labels: true });
  }

  judge(number: number, verdict: SaidVerdict, byPointer: boolean): void {
    if (this.ending.gone) return;
    this.segments.setVerdict(number, verdict);
    sessionStorage.setItem(draftKey(this.task.id), JSON.stringify([...this.segments.verdicts]));
    if (byPointer) this.planes?.viewer.focus({ preventScroll: true });
    // Where a verdict does not fit yet, there is still something to be done.
    const next = this.segments.contradictionOf(number) ? undefined : this.segments.nextOpen(number);
    this.select(next ?? number, next !== undefined);
    this.showSubmit();
  }

  judgeSelected(...verdicts: SaidVerdict[]): void {
    const { selected } = this.display;
    const offered = selected ? this.segments.offered(selected) : [];
    const verdict = verdicts.find((one) => offered.includes(one));
    if (verdict) this.judge(selected, verdict, false);
  }

  setDisplay(changes: Parameters<OverlayStyle["set"]>[0]): void {
    this.display.set(changes);
    this.segments.refresh();
    this.looking?.showDisplay();
  }

  toggleVisibility(number: number): void {
    this.display.toggle(number);
    this.segments.refresh();
    this.looking?.showDisplay();
  }

  hide(hidden: boolean): void {
    if (this.display.hidden === hidden) return;
    this.display.hidden = hidden;
    this.planes?.redraw();
  }

  heat(shown: boolean): void {
    this.uncertainty.show(shown);
    this.looking?.toolbar.show();
  }

  nextWindow(): void {
    this.looking?.toolbar.nextPreset();
  }

  search(): void {
    void import("./at-hand.ts").then(({ actionsDialog }) => actionsDialog(this.groups));
  }

  escape(): void {
    const editing = this.correcting?.editing;
    if (editing?.takeBack(false)) return;
    if (editing?.active) editing.choose(null);
    else if (!this.correcting?.letGo()) this.back();
  }

  enter(): void {
    if (!this.correcting?.editing.closePolygon()) void this.submit();
  }

  private showLease(): void {
    this.frame.showLease(this.lease);
  }

  private lost(message: string): void {
    this.showLease();
    this.ending.lost(message);
  }

  private showSubmit(): void {
    this.ending.show();
  }

  async submit(): Promise<void> {
    await this.ending.submit();
  }

  async discontinue(): Promise<void> {
    await this.ending.discontinue();
  }

  async handOver(): Promise<void> {
    await this.ending.handOver();
  }

  async flag(): Promise<void> {
    await this.ending.flag();
  }

  /** Another tab goes on with the case. */
  async give(): Promise<void> {
    await this.ending.give();
  }

  /** From now on the case is only shown here. */
  showOnly(message: string): void {
    this.ending.showOnly(message);
  }

  /** Takes the tools away for good. */
  private putAway(): void {
    this.act(this.looks());
    this.segments.setLocked(null);
    replace(this.frame.toolBox);
  }

  back(): void {
    this.lease.letGo(false);
    this.actions.leave();
  }

  neighbour(step: number): void {
    const numbers = this.task.schema.segments.map((segment) => segment.number);
    const at = numbers.indexOf(this.display.selected);
    this.select(numbers[(at + step + numbers.length) % numbers.length]!, true);
  }

  dispose(): void {
    this.abort.abort();
    dropFirstHint(byId("bar-context"));
    this.held?.();
    this.lease.letGo(false);
    this.activity.stop();
    this.looking?.dispose();
  }
}
