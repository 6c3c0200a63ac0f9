// One claimed case: image, proposal, verdicts, submit.

import { Activity } from "./activity.js";
import { api } from "./api.ts";
import { key, unkey } from "./case-keys.js";
import { CaseLoading } from "./case-loading.js";
import { countBySlice, middleOf } from "../core/find.ts";
import { Grid } from "../core/grid.ts";
import { discontinueDialog, keysDialog } from "./dialogs.js";
import { clock, count, h, notice, replace, shortUid } from "./dom.ts";
import { Editing } from "./editing.js";
import { Lease } from "./lease.js";
import { OverlayStyle } from "./overlay-style.js";
import { Planes } from "./planes.js";
import { SegmentList } from "./segment-list.js";
import { tagLine } from "./tags.js";
import { ToolPanel } from "./tool-panel.js";
import { toolbar } from "./toolbar.js";
import { Uncertainty } from "./uncertainty.js";
import { autoWindow, fullRange, presets } from "./window-level.js";

export class CaseView {
  /** `claim` is what the server answered to a claim; `leave` goes to the worklist, `open` to another case. */
  constructor(claim, { leave, open, reader }) {
    this.reader = reader;
    this.task = claim.task;
    this.leave = leave;
    this.open = open;
    this.activity = new Activity();
    this.abort = new AbortController();
    this.lease = new Lease(this.task.id, claim, this.activity, {
      onchange: () => this.showLease(),
      onlost: (message) => this.lost(message),
    });
    this.display = new OverlayStyle(this.task.schema.segments);
    this.uncertainty = new Uncertainty(this.task, this.display);
    this.draftKey = "firstpass.draft." + this.task.id;
    this.segments = new SegmentList(this.task.schema.segments, this.task.scores, this.display, {
      drafts: JSON.parse(sessionStorage.getItem(this.draftKey) ?? "[]"),
      onselect: (number) => this.select(number, true),
      onverdict: (number, verdict, byPointer) => this.judge(number, verdict, byPointer),
      onvisibility: (number) => this.toggleVisibility(number),
    });
    this.build();
    this.keydown = (event) => key(this, event);
    this.keyup = (event) => unkey(this, event);
    this.pagehide = () => this.lease.letGo(true);
    addEventListener("keydown", this.keydown);
    addEventListener("keyup", this.keyup);
    addEventListener("blur", (this.blur = () => this.release()));
    addEventListener("pagehide", this.pagehide);
  }

  build() {
    this.stage = h("div", { class: "stage" }, h("div", { class: "stage-empty" }, "Loading the case…"));
    this.progress = h("progress", { class: "loading", max: 1, value: 0, "aria-label": "Image loading" });
    this.tools = h("div", { class: "tools" });
    this.leaseLine = h("p", { class: "lease" });
    this.submitButton = h("button", { type: "button", class: "primary submit", id: "submit", disabled: true, onclick: () => this.submit() });
    const { task } = this;
    this.element = h(
      "div",
      { class: "case" },
      h("section", { class: "case-image", "aria-label": "Image with the proposal" }, this.tools, this.stage, this.progress, this.uncertainty.legend),
      h(
        "aside",
        { class: "case-panel", "aria-label": "Proposal and verdicts" },
        h(
          "header",
          { class: "case-head" },
          h("h1", { title: task.series }, "Series " + shortUid(task.series)),
          h("p", {}, [task.modality, task.package.name + " " + task.package.version, task.schema.name, task.proposal?.device].filter(Boolean).join("  ·  ")),
          tagLine(task, { all: true }),
          this.leaseLine,
        ),
        this.segments.element,
        (this.toolBox = h("div", { class: "tool-box" })),
        h(
          "footer",
          { class: "case-actions" },
          this.submitButton,
          h(
            "div",
            { class: "case-more" },
            h("button", { type: "button", class: "quiet", id: "discontinue", onclick: () => this.discontinue() }, "Discontinue…"),
            h("button", { type: "button", class: "quiet", id: "back", onclick: () => this.back() }, "Back to the worklist"),
          ),
        ),
      ),
    );
    this.showLease();
    this.showSubmit();
  }

  async load() {
    const geometry = await api.geometry(this.task.id, this.abort.signal);
    const grid = new Grid(geometry);
    const { modality } = this.task;
    const { slope, intercept, valueRange } = geometry;
    const range = { minimum: valueRange.min * slope + intercept, maximum: valueRange.max * slope + intercept };
    this.scale = { slope, intercept };
    this.choices = presets(modality, range);
    this.planes = new Planes(grid, this.display, {
      modality,
      scale: this.scale,
      onwindow: (window) => this.toolbar?.showWindow(window),
    });
    this.toolbar = toolbar(this.planes, this.display, this.choices, {
      onwindow: (window) => this.planes.setWindow(window),
      ondisplay: (changes) => this.setDisplay(changes),
      onheat: (shown) => this.heat(shown),
      onkeys: () => keysDialog(),
    });
    replace(this.tools, this.toolbar.element);
    replace(this.stage, this.planes.element);
    this.planes.setWindow(this.choices.length > 1 ? this.choices[0] : fullRange(range));
    this.planes.viewer.focus();
    const loading = new CaseLoading(this.task.id, grid, valueRange.min, this.abort.signal);
    loading.onlabels = (labels) => this.labelsArrived(grid, labels);
    loading.onimage = (voxels, share) => this.imageArrived(voxels, share);
    await loading.run();
    await this.beginEditing(grid, loading);
    if (this.choices.length === 1) this.offerAutomatic(loading.voxels);
    this.loaded = true;
    this.element.dataset.loaded = "true";
    this.uncertainty.load(grid, this.planes, this.abort.signal);
    this.showSubmit();
  }

  async beginEditing(grid, loading) {
    const image = { grid, values: loading.voxels, ...this.scale };
    this.editing = await Editing.begin({
      task: this.task,
      reader: this.reader,
      image,
      labels: this.labels,
      planes: this.planes,
      onchange: () => this.painted(),
      onsituation: (situation) => this.panel?.showSituation(situation),
    });
    this.editing.segment = this.display.selected;
    this.panel = new ToolPanel(this.editing, { onuse: () => this.planes.viewer.focus({ preventScroll: true }) });
    replace(this.toolBox, this.panel.element);
    this.painted();
  }

  /** What holds of the strokes decides which segments count as corrected. */
  painted() {
    this.bySlice = countBySlice(this.grid, this.labels);
    this.segments.setPainted(this.editing.session.touched());
    this.planes.redraw({ labels: true });
    this.panel?.show();
    this.showSubmit();
  }

  offerAutomatic(voxels) {
    const automatic = autoWindow(voxels, this.scale);
    this.choices.unshift(automatic);
    this.toolbar.showPresets();
    this.planes.setWindow(automatic);
  }

  labelsArrived(grid, labels) {
    this.bySlice = countBySlice(grid, labels);
    this.grid = grid;
    this.labels = labels;
    this.planes.setLabels(labels);
    const open = this.segments.nextOpen(0) ?? this.task.schema.segments[0].number;
    this.select(this.mostUncertain() ?? open, true);
  }

  imageArrived(voxels, share) {
    this.progress.value = share;
    this.progress.hidden = share >= 1;
    this.planes.setVoxels(voxels);
  }

  /** The segment to look at first: found, not yet judged, and the one of which the model is least sure. */
  mostUncertain() {
    return this.task.scores
      .filter((score) => score.voxels > 0 && !this.segments.verdicts.has(score.segmentNumber))
      .sort((a, b) => b.uncertainty - a.uncertainty)[0]?.segmentNumber;
  }

  select(number, go) {
    this.segments.select(number);
    if (this.editing) this.editing.segment = number;
    const slices = this.bySlice?.get(number);
    if (go && slices) {
      const middle = middleOf(this.grid, this.labels, number, slices);
      if (middle) this.planes.moveTo(middle);
    }
    this.planes?.redraw({ labels: true });
  }

  judge(number, verdict, byPointer) {
    this.segments.setVerdict(number, verdict);
    sessionStorage.setItem(this.draftKey, JSON.stringify([...this.segments.verdicts]));
    if (byPointer) this.planes?.viewer.focus({ preventScroll: true });
    const next = this.segments.nextOpen(number);
    this.select(next ?? number, next !== undefined);
    this.showSubmit();
  }

  setDisplay(changes) {
    this.display.set(changes);
    this.segments.refresh();
    this.toolbar.showDisplay();
    this.planes.redraw({ labels: true });
  }

  toggleVisibility(number) {
    this.display.toggle(number);
    this.segments.refresh();
    this.planes?.redraw({ labels: true });
  }

  hide(hidden) {
    if (this.display.hidden === hidden) return;
    this.display.hidden = hidden;
    this.planes?.redraw();
  }

  heat(shown) {
    this.uncertainty.show(shown);
    this.toolbar?.showDisplay();
  }

  /** Nothing is held any more. */
  release() {
    this.hide(false);
    this.heat(false);
  }

  showLease() {
    this.leaseLine.textContent = this.lease.lost ? "No longer yours" : "Yours until " + clock(this.lease.until) + ", renewed while you work";
    this.leaseLine.classList.toggle("lost", this.lease.lost);
  }

  showSubmit() {
    const decision = this.segments.decision();
    const open = this.segments.openCount;
    const all = decision.every((one) => one.verdict === "ACCEPT");
    const text = all ? "Accept all and next" : open ? "Accept the other " + open + ", submit" : "Submit and next";
    replace(this.submitButton, h("span", {}, this.loaded ? text : "Loading…"), h("kbd", {}, "Enter"));
    this.submitButton.disabled = !this.loaded || this.busy === true || this.lease.lost;
  }

  async submit() {
    if (!this.loaded || this.busy || this.lease.lost) return;
    this.busy = true;
    this.showSubmit();
    this.activity.touch();
    try {
      await this.editing.courier.settled();
      const decision = { segments: this.segments.decision(), activeMillis: Math.round(this.activity.millis), journal: this.editing.session.number };
      const receipt = await api.submit(this.task.id, this.lease.transaction, decision);
      this.lease.end();
      sessionStorage.removeItem(this.draftKey);
      showReceipt(receipt, this.task);
      await this.next();
    } catch (failure) {
      this.busy = false;
      this.showSubmit();
      if (failure.code === "STALE_LEASE") {
        this.lease.lose("Somebody else took this case over. What you decided is kept beside theirs; nothing more is to be done here.");
      } else {
        notice(failure.message, { error: true, title: "Not submitted" });
      }
    }
  }

  async next() {
    try {
      const claim = await api.next();
      if (claim) await this.open(claim);
      else this.leave();
    } catch (failure) {
      notice(failure.message, { error: true, title: "No next case" });
      this.leave();
    }
  }

  async discontinue() {
    const reason = await discontinueDialog();
    if (!reason) return;
    try {
      await api.discontinue(this.task.id, this.lease.transaction, reason.code);
      this.lease.end();
      sessionStorage.removeItem(this.draftKey);
      notice(reason.meaning, { title: "Discontinued" });
      await this.next();
    } catch (failure) {
      notice(failure.message, { error: true, title: "Not discontinued" });
    }
  }

  back() {
    this.lease.letGo(false);
    this.leave();
  }

  lost(message) {
    this.showLease();
    this.showSubmit();
    notice(message, { error: true, title: "This case is no longer yours", seconds: 0, id: "lost" });
  }

  neighbour(step) {
    const numbers = this.task.schema.segments.map((segment) => segment.number);
    const at = numbers.indexOf(this.display.selected);
    this.select(numbers[(at + step + numbers.length) % numbers.length], true);
  }

  dispose() {
    this.abort.abort();
    this.lease.letGo(false);
    this.activity.stop();
    this.planes?.dispose();
    removeEventListener("keydown", this.keydown);
    removeEventListener("keyup", this.keyup);
    removeEventListener("blur", this.blur);
    removeEventListener("pagehide", this.pagehide);
  }
}

function showReceipt(receipt, task) {
  const found = Object.values(receipt.voxels).filter((number) => number > 0);
  const voxels = found.reduce((sum, number) => sum + number, 0);
  const text =
    "Series " + shortUid(task.series) + " · revision " + receipt.revision + " · " + count(voxels) + " voxels in " +
    found.length + (found.length === 1 ? " segment" : " segments") + " · receipt " + receipt.correctionId.slice(0, 8) + " · labels " + receipt.digest.slice(0, 12);
  const box = notice(text, { title: "Recorded", seconds: 12, id: "receipt" });
  box.dataset.correction = receipt.correctionId;
  box.dataset.digest = receipt.digest;
}
