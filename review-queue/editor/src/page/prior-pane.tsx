// An earlier image of the patient beside the current one, scrolled along with it.

import { render } from "preact";
import type { Triple } from "../core/grid.ts";
import { Grid } from "../core/grid.ts";
import { highestLabelOf } from "../core/labels.ts";
import { Link, type LinkKind, nearestVoxel, planeNamed, tiltBetween } from "../core/linked.ts";
import { shownScale, usualMap } from "../core/media.ts";
import type { Plane } from "../core/plane.ts";
import { type Placement, placedAt } from "../core/view.ts";
import { text } from "../texts/texts.ts";
import { isAbort, json, taskPath } from "./api.ts";
import { CaseLoading, labelRuns } from "./case-loading.ts";
import { h, messageOf, notice, replace } from "./dom.ts";
import { EVERYTHING, Grey } from "./grey.ts";
import { OverlayStyle } from "./overlay-style.ts";
import { Cross, Rulers } from "./plane-layers.ts";
import { PlaneView } from "./plane.ts";
import type { Planes } from "./planes.ts";
import { PriorHead } from "./prior-head.tsx";
import type { Scene } from "./scene.ts";
import type { CaseGeometry, PriorEntry, PriorImage, Task } from "./server.ts";
import { type Window, autoWindow, dragged } from "./window-level.ts";

/** Less is not seen. */
const TILT = 2;

/** What is shown of one earlier image. */
interface Opened {
  readonly image: PriorImage;
  readonly grid: Grid;
  readonly scene: Scene;
  readonly grey: Grey;
  link: Link;
  window: Window | null;
}

export class PriorPane {
  readonly element = h("section", { class: "prior", "aria-label": text("prior.name") });
  private readonly task: Task;
  private readonly geometry: CaseGeometry;
  private readonly planes: Planes;
  private readonly calls: { readonly onclose: () => void };
  private readonly head = h("header", { class: "prior-head" });
  private readonly stage = h("div", { class: "prior-stage" });
  private readonly note = h("div", { class: "prior-note", role: "status" });
  private entries: readonly PriorEntry[] | null = null;
  private abort = new AbortController();
  private chosen: PriorEntry | null = null;
  private opened: Opened | null = null;
  private view: PlaneView | null = null;

  constructor(task: Task, geometry: CaseGeometry, planes: Planes, calls: { readonly onclose: () => void }) {
    this.task = task;
    this.geometry = geometry;
    this.planes = planes;
    this.calls = calls;
    this.element.append(this.head, this.stage, this.note);
    planes.followers.push(() => this.follow());
  }

  /** Asks for the earlier images; whether there are any. */
  async find(): Promise<boolean> {
    this.entries ??= await json<PriorEntry[]>("GET", taskPath(this.task.id, "/priors"), { signal: this.abort.signal });
    return this.entries.length > 0;
  }

  private get preferred(): PriorEntry | undefined {
    return this.chosen ?? this.entries?.find((one) => one.modality === this.task.modality) ?? this.entries?.[0];
  }

  /** Shows the one that was shown last; at first the latest of the same modality. */
  async open(entry = this.preferred): Promise<void> {
    if (!entry || (entry === this.chosen && this.opened)) return;
    this.close();
    this.chosen = entry;
    this.showHead();
    try {
      await this.load(entry);
    } catch (failure) {
      if (isAbort(failure)) return;
      this.note.textContent = messageOf(failure);
      notice(messageOf(failure), { error: true, title: text("prior.failed") });
    }
  }

  private async load(entry: PriorEntry): Promise<void> {
    const { signal } = this.abort;
    const path = "/priors/" + encodeURIComponent(entry.series);
    this.note.textContent = text("prior.loading");
    const image = await json<PriorImage>("GET", taskPath(this.task.id, path), { signal });
    const { geometry } = image;
    const segments = image.accepted?.schema.segments ?? [];
    const grid = new Grid(geometry);
    const same = geometry.frameOfReference === this.geometry.frameOfReference;
    const scale = shownScale(geometry, geometry.media);
    const grey = new Grey(scale, usualMap(geometry.media));
    const scene = sceneOf(grid, new OverlayStyle(segments), grey);
    this.opened = { image, grid, scene, grey, link: Link.between(this.planes.grid, grid, same), window: null };
    this.showHead();
    const highestLabel = highestLabelOf(segments);
    const wanted = { image: path + "/image", labels: image.accepted ? labelRuns(this.task.id, path + "/label-runs", signal) : null, highestLabel };
    const loading = new CaseLoading(this.task.id, grid, wanted, signal, {
      onlabels: (labels) => {
        scene.labels = labels;
        this.redraw();
      },
      onimage: (voxels, share, there) => {
        grey.voxels = voxels;
        grey.there = scene.there = there;
        scene.image = grey;
        if (share === 1) this.note.textContent = "";
        this.redraw();
      },
    });
    await loading.run();
    // Another one may have been chosen since.
    if (image.modality !== (this.task.modality ?? undefined) && this.opened?.scene === scene) this.setWindow(autoWindow(loading.voxels, scale));
  }

  /** The places that are shown now are the same; or no longer, if a reader had said so. */
  toggleLink(): void {
    const { opened } = this;
    if (!opened || !this.element.isConnected || opened.link.kind === "position") return;
    if (opened.link.linked) {
      opened.scene.index = nearestVoxel(opened.grid, opened.scene.index);
      opened.link = Link.between(this.planes.grid, opened.grid, false);
    } else {
      opened.link = opened.link.linkedAt(this.planes.scene.index, opened.scene.index);
    }
    this.showHead();
    this.redraw();
  }

  private setWindow(window: Window): void {
    if (!this.opened) return;
    this.opened.window = window;
    this.redraw();
  }

  private showHead(): void {
    const kind: LinkKind | null = this.opened?.link.kind ?? null;
    const schema = this.opened?.image.accepted?.schema.name ?? null;
    const actions = { choose: (entry: PriorEntry) => void this.open(entry), link: () => this.toggleLink(), close: this.calls.onclose };
    render(<PriorHead entries={this.entries ?? []} chosen={this.chosen} kind={kind} schema={schema} actions={actions} />, this.head);
  }

  private redraw(): void {
    this.view?.invalidate({ grey: true, labels: true });
    this.follow();
  }

  /** Goes where the current image is, and as near to it. */
  private follow(): void {
    const { opened } = this;
    if (!opened || !this.element.isConnected) return;
    if (opened.link.linked) opened.scene.index = opened.link.toPrior(this.planes.scene.index);
    const plane = planeNamed(opened.grid, this.planes.main.name);
    if (this.view?.plane.name !== plane.name || this.view.scene !== opened.scene) this.makeView(opened, plane);
    opened.grey.setWindow(opened.window ?? this.planes.window);
    this.view!.invalidate({ grey: true });
    this.view!.draw();
    this.showNote(opened, this.view!);
  }

  private showNote({ link, scene }: Opened, { plane, slice }: PlaneView): void {
    const tilt = link.linked ? tiltBetween(this.planes.main, plane) : 0;
    if (!scene.image) return;
    if (slice < 0) this.note.textContent = text("prior.outside");
    else this.note.textContent = tilt >= TILT ? text("prior.tilt", { degrees: Math.round(tilt) }) : "";
  }

  private makeView(opened: Opened, plane: Plane): void {
    this.view?.dispose();
    const view = new PlaneView(opened.scene, plane, "prior", {
      onmove: (index) => this.moveTo(opened, index),
      onwindow: (dx, dy) => this.setWindow(dragged(opened.window ?? this.planes.window, dx, dy, shownScale(opened.image.geometry, opened.image.geometry.media))),
      onscroll: (_, up) => this.scroll(opened, plane, up),
      onselect: () => {},
      onview: () => {},
    });
    view.follow = () => (opened.link.linked ? this.placementBeside(opened, view) : null);
    this.view = view;
    replace(this.stage, view.element);
  }

  /** As many pixels per mm as the current image has, and the same place in the middle. */
  private placementBeside({ link }: Opened, { plane, canvas }: PlaneView): Placement {
    const main = this.planes.mainView;
    const place = main.placement();
    const middle = [(main.canvas.width / 2 - place.left) / place.scaleX, (main.canvas.height / 2 - place.top) / place.scaleY] as const;
    const index = main.plane.betweenAt(middle, this.planes.scene.index[main.plane.fixed]);
    return placedAt(plane, canvas, place.scaleX / main.plane.pixelWidth, plane.placeOf(link.toPrior(index)));
  }

  private moveTo(opened: Opened, index: Triple): void {
    if (opened.link.linked) this.planes.moveTo(opened.link.toCurrent(index));
    else {
      opened.scene.index = index;
      this.redraw();
    }
  }

  private scroll(opened: Opened, plane: Plane, up: number): void {
    if (opened.link.linked) this.planes.step(up);
    else {
      const index: [number, number, number] = [...opened.scene.index];
      index[plane.fixed] += up * plane.upStep;
      this.moveTo(opened, nearestVoxel(opened.grid, index));
    }
  }

  private close(): void {
    this.abort.abort();
    this.abort = new AbortController();
    this.view?.dispose();
    this.view = null;
    this.opened = null;
    replace(this.stage);
  }

  dispose(): void {
    this.close();
  }
}

function sceneOf(grid: Grid, display: OverlayStyle, grey: Grey): Scene {
  const index: Triple = [grid.sizes[0] >> 1, grid.sizes[1] >> 1, grid.sizes[2] >> 1];
  const scene: Scene = { grid, display, layers: [], hands: [], veils: [], image: null, labels: null, there: EVERYTHING, index, describe: (at) => grey.valueAt(grid.offset(...at)) };
  scene.layers.push(new Cross(scene), new Rulers());
  return scene;
}
