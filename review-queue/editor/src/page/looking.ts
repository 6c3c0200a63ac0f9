// Looking at a case: planes, windows, overlay, hanging, the earlier image beside it and the surface.

import { centreOf } from "../core/box.ts";
import type { LabelCounts } from "../core/counts.ts";
import { middleOf } from "../core/find.ts";
import type { Grid } from "../core/grid.ts";
import type { Hanging } from "../core/hanging.ts";
import type { LabelArray } from "../core/labels.ts";
import { type Media, shownScale, shownUnit, usualMap } from "../core/media.ts";
import { type Delta, boxOfDelta } from "../core/runs.ts";
import { text } from "../texts/texts.ts";
import { isAbort } from "./api.ts";
import { messageOf, notice } from "./dom.ts";
import { ImageLooks } from "./image-looks.tsx";
import type { OverlayStyle } from "./overlay-style.ts";
import { Planes } from "./planes.ts";
import type { PriorPane } from "./prior-pane.tsx";
import type { CaseGeometry, Task } from "./server.ts";
import type { SurfacePane } from "./surface.ts";
import { type Shown, Toolbar, type ToolbarActions } from "./toolbar.tsx";
import { type Scale, type Window, autoWindow, fullRange, presets } from "./window-level.ts";

export interface LookingConfig {
  readonly task: Task;
  readonly grid: Grid;
  readonly geometry: CaseGeometry;
  readonly display: OverlayStyle;
  readonly hanging: Hanging;
  /** Earlier images are for who holds the case. */
  readonly priors?: boolean;
  readonly ondisplay: ToolbarActions["display"];
  readonly onheat: ToolbarActions["heat"];
  readonly onkeys: ToolbarActions["keys"];
}

export class Looking {
  readonly planes: Planes;
  readonly toolbar: Toolbar;
  readonly looks: ImageLooks;
  readonly scale: Scale;
  private readonly config: LookingConfig;
  private prior: Promise<PriorPane> | null = null;
  private priorPane: PriorPane | null = null;
  private choices: readonly Window[];
  private labels: LabelArray | null = null;
  private counts: LabelCounts | null = null;
  private surface: SurfacePane | null = null;
  private surfaceWanted = false;
  private priorShown = false;

  constructor(config: LookingConfig) {
    const { task, grid, geometry, display, hanging } = config;
    this.config = config;
    const { media } = geometry;
    this.scale = shownScale(geometry, media);
    const range = rangeOf(geometry.valueRange, this.scale);
    this.choices = presets({ modality: task.modality, unit: shownUnit(media), stated: statedWindow(media) }, range, hanging.window && shownWindow(hanging.window, media));
    if (hanging.overlay) display.change({ filled: hanging.overlay === "filled" });
    this.planes = new Planes(grid, display, {
      unit: shownUnit(media),
      map: usualMap(media),
      scale: this.scale,
      hanging,
      onwindow: (window) => {
        this.looks?.window(window);
        this.toolbar?.show({ window });
      },
    });
    this.looks = new ImageLooks(task, grid, geometry, this.planes, () => this.planes.viewer.focus({ preventScroll: true }));
    this.toolbar = new Toolbar({ choices: this.choices, window: this.planes.window, display, shown: this.buttons(null), actions: this.actions() });
    this.planes.setWindow(this.choices.length > 1 ? this.choices[0]! : fullRange(range));
    if (hanging.prior && this.hasPriors) void this.showPrior(true, false);
  }

  private actions(): ToolbarActions {
    return {
      window: (window) => this.planes.setWindow(window),
      display: this.config.ondisplay,
      heat: this.config.onheat,
      keys: this.config.onkeys,
      fit: () => this.fitSegment(),
      layout: () => this.planes.nextLayout(),
      prior: () => void this.togglePrior(),
      surface: () => void this.toggleSurface(),
      done: () => this.planes.viewer.focus({ preventScroll: true }),
    };
  }

  /** The labels are there, and how many there are where. */
  setLabels(labels: LabelArray, counts: LabelCounts): void {
    this.labels = labels;
    this.counts = counts;
    this.planes.setLabels(labels);
    this.surface?.setLabels(labels);
    this.showButtons();
  }

  /** Where nothing is known of the modality's values: the window that shows nearly all of them. */
  offerAutomatic(voxels: Int16Array): void {
    if (this.choices.length > 1) return;
    const automatic = autoWindow(voxels, this.scale);
    this.choices = [automatic, ...this.choices];
    this.toolbar.show({ choices: this.choices });
    this.planes.setWindow(automatic);
  }

  /** Some labels changed: by what is said, or nobody knows by what. */
  changed(delta: Delta | null): void {
    if (delta) this.surface?.changed(delta);
    else if (this.labels) this.surface?.setLabels(this.labels);
    const { grid } = this.config;
    const within = delta && boxOfDelta(grid, delta);
    this.planes.redraw(within ? { labels: true, within, on: (plane, slice) => plane.rectangleOf(within, slice) !== null } : { labels: true });
  }

  /** To the middle of a segment, closer if the protocol wants that. */
  goTo(number: number): void {
    const { grid, hanging } = this.config;
    const { labels, counts } = this;
    const box = counts?.boxOf(number);
    if (!labels || !counts || !box) return;
    // Where its slice has not come, it is at least in sight.
    this.planes.moveTo(middleOf(grid, labels, number, counts.along(number, 2)) ?? centreOf(box));
    if (hanging.zoomToSegment) this.fitTo(number);
  }

  fitSegment(): void {
    if (!this.fitTo(this.config.display.selected)) notice(text("view.nothing-to-fit"), { id: "nothing-to-fit", seconds: 4 });
  }

  private fitTo(number: number): boolean {
    const box = this.counts?.boxOf(number);
    if (box) this.planes.fitTo(box);
    return Boolean(box);
  }

  /** How the segments are drawn changed. */
  showDisplay(): void {
    this.toolbar.show();
    this.surface?.showStyle();
    this.planes.redraw({ labels: true });
  }

  private showButtons(): void {
    this.toolbar.show({ shown: this.buttons(this.labels && !this.config.grid.flat && hasGraphics() ? this.surfaceWanted : null) });
  }

  private buttons(surface: boolean | null): Shown {
    return { prior: this.hasPriors ? this.priorShown : null, surface };
  }

  private get hasPriors(): boolean {
    return this.config.priors ?? true;
  }

  togglePrior(): Promise<void> {
    return this.showPrior(!this.priorShown);
  }

  /** The places shown now are the same. */
  link(): void {
    this.priorPane?.toggleLink();
  }

  toggleSurface(): Promise<void> {
    return this.showSurface(!this.surfaceWanted);
  }

  /** @param asked whether the reader asked, and wants to know if there is none */
  private async showPrior(shown: boolean, asked = true): Promise<void> {
    this.priorShown = shown;
    this.showButtons();
    try {
      // Nobody is asked for priors before they are wanted.
      if (shown && !(await (await this.priorView()).find())) {
        this.priorShown = false;
        if (asked) notice(text("prior.none"), { id: "no-prior", seconds: 4 });
      }
    } catch (failure) {
      this.priorShown = false;
      if (!isAbort(failure)) notice(messageOf(failure), { error: true, title: text("prior.failed") });
    }
    this.showButtons();
    const pane = this.priorShown ? this.priorPane : null;
    this.planes.invite("beside", pane?.element ?? null);
    await pane?.open();
  }

  private priorView(): Promise<PriorPane> {
    const { task, geometry } = this.config;
    this.prior ??= import("./at-hand.ts").then(({ PriorPane }) => {
      this.priorPane = new PriorPane(task, geometry, this.planes, { onclose: () => void this.showPrior(false) });
      return this.priorPane;
    });
    return this.prior;
  }

  private async showSurface(shown: boolean): Promise<void> {
    if (shown && (!this.labels || !hasGraphics())) return;
    this.surfaceWanted = shown;
    this.showButtons();
    this.surface?.dispose();
    this.surface = null;
    this.planes.invite("below", null);
    if (!shown) return;
    try {
      const { SurfacePane } = await import("./surface.ts");
      if (!this.surfaceWanted || !this.labels) return;
      this.surface = new SurfacePane(this.config.grid, this.labels, this.config.display, {
        box: (number) => this.counts?.boxOf(number) ?? null,
        onmove: (index) => this.planes.moveTo(index),
        onclose: () => void this.showSurface(false),
      });
      this.planes.invite("below", this.surface.element);
    } catch (failure) {
      this.surfaceWanted = false;
      this.showButtons();
      notice(messageOf(failure), { error: true, title: text("surface.failed") });
    }
  }

  dispose(): void {
    this.planes.dispose();
    this.priorPane?.dispose();
    this.looks.dispose();
    this.surface?.dispose();
  }
}

const rangeOf = ({ min, max }: CaseGeometry["valueRange"], { slope, intercept }: Scale) => ({
  minimum: min * slope + intercept,
  maximum: max * slope + intercept,
});

/** A window of rescaled values, in shown ones. */
function shownWindow({ level, width }: { readonly level: number; readonly width: number }, { suv }: Media): { readonly level: number; readonly width: number } {
  const factor = suv ?? 1;
  return { level: level * factor, width: width * factor };
}

/** The window that the image states; of colours the one that leaves them as they are. */
function statedWindow(media: Media): { readonly level: number; readonly width: number } | null {
  if (media.colour) return { level: 128, width: 256 };
  return media.window ? shownWindow({ level: media.window.centre, width: media.window.width }, media) : null;
}

/** Whether this browser draws with WebGL 2; asked once. */
function hasGraphics(): boolean {
  if (graphics === undefined) {
    const context = document.createElement("canvas").getContext("webgl2");
    graphics = context !== null;
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return graphics;
}

let graphics: boolean | undefined;
