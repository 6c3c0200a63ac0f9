// What an image of its modality offers: units, colour map, another image laid over it, frames in time.

import { render } from "preact";
import type { Grid } from "../core/grid.ts";
import { isUptake, shownScale, shownUnit, usualMap } from "../core/media.ts";
import { COLOUR_MAPS, type ColourMap } from "../core/tint.ts";
import { text } from "../texts/texts.ts";
import { isAbort, json, send, streamed, taskPath } from "./api.ts";
import { CaseLoading } from "./case-loading.ts";
import { ColourPicture, Fusion } from "./colour-picture.ts";
import { h, messageOf, notice } from "./dom.ts";
import { Grey } from "./grey.ts";
import { Loop } from "./loop.ts";
import type { Planes } from "./planes.ts";
import type { CaseGeometry, Companion, Task } from "./server.ts";
import { type Window, autoWindow, presets } from "./window-level.ts";

const SPEEDS = [0.25, 0.5, 1, 2] as const;
/** Of the upper image at first. */
const HALF = 0.5;

interface Laid {
  readonly series: string;
  readonly fusion: Fusion;
}

export class ImageLooks {
  readonly element = h("div", { class: "image-looks" });
  private readonly task: Task;
  private readonly grid: Grid;
  private readonly geometry: CaseGeometry;
  private readonly planes: Planes;
  private readonly done: () => void;
  private readonly abort = new AbortController();
  private readonly loop: Loop | null;
  private map: ColourMap;
  /** The map that was chosen before another image was laid beneath. */
  private alone: ColourMap | null = null;
  private companions: readonly Companion[] = [];
  private wanted = "";
  private laid: Laid | null = null;
  private share = HALF;
  private colours: ColourPicture | null = null;

  /** @param done a choice is made: the keyboard belongs to the image again */
  constructor(task: Task, grid: Grid, geometry: CaseGeometry, planes: Planes, done: () => void) {
    this.task = task;
    this.grid = grid;
    this.geometry = geometry;
    this.planes = planes;
    this.done = done;
    this.map = usualMap(geometry.media);
    const frames = grid.sizes[2];
    this.loop = grid.flat && frames > 1 ? new Loop(geometry.media.frameMillis, frames, (frame) => planes.moveToSlice(frame)) : null;
    this.show();
  }

  /** Asks for what the image has beside its grey values. */
  async load(): Promise<void> {
    try {
      if (this.geometry.media.colour) await this.loadColours();
      if (!this.grid.flat) this.companions = await json<Companion[]>("GET", taskPath(this.task.id, "/companions"), { signal: this.abort.signal });
    } catch (failure) {
      if (!isAbort(failure)) notice(messageOf(failure), { error: true, title: text("images.companion-failed") });
    }
    this.show();
  }

  private async loadColours(): Promise<void> {
    const rgb = new Uint8Array(3 * this.grid.voxels);
    const response = await send("GET", taskPath(this.task.id, "/colour"), { signal: this.abort.signal });
    await streamed("colour", response, rgb.length, (piece, from) => rgb.set(piece, from));
    this.colours = new ColourPicture(rgb, this.planes.window);
    this.planes.setPicture(this.colours);
  }

  /** The window changed. */
  window(window: Window): void {
    this.colours?.setWindow(window);
  }

  private choose(map: ColourMap): void {
    this.map = map;
    this.planes.grey.setMap(map);
    this.planes.redraw({ grey: true });
    this.show();
  }

  private async lay(series: string): Promise<void> {
    this.wanted = series;
    this.laid = null;
    this.planes.setPicture(null);
    if (this.alone) this.choose(this.alone);
    this.alone = null;
    this.show();
    if (!series) return;
    try {
      const laid = await this.fused(series);
      if (this.wanted !== series) return;
      this.laid = laid;
      this.planes.setPicture(laid.fusion);
    } catch (failure) {
      this.wanted = "";
      if (!isAbort(failure)) notice(messageOf(failure), { error: true, title: text("images.companion-failed") });
    }
    this.show();
  }

  /** Function glows over anatomy, whichever of the two is corrected. */
  private async fused(series: string): Promise<Laid> {
    const path = "/companions/" + encodeURIComponent(series);
    const geometry = await json<CaseGeometry>("GET", taskPath(this.task.id, path + "/geometry"), { signal: this.abort.signal });
    const wanted = { image: path + "/image", labels: null, highestLabel: 0 };
    const loading = new CaseLoading(this.task.id, this.grid, wanted, this.abort.signal, { onlabels: () => {}, onimage: () => {} });
    await loading.run();
    const scale = shownScale(geometry, geometry.media);
    const glows = isUptake(geometry.media.modality);
    const other = new Grey(scale, glows ? "hot" : "grey");
    other.voxels = loading.voxels;
    other.setWindow(windowOf(geometry) ?? autoWindow(loading.voxels, scale));
    const { grey } = this.planes;
    if (!glows && isUptake(this.geometry.media.modality)) {
      this.alone = this.map;
      this.choose("hot");
    }
    const fusion = glows ? new Fusion(grey, other) : new Fusion(other, grey);
    fusion.share = this.share;
    return { series, fusion };
  }

  private mix(share: number): void {
    this.share = share;
    if (this.laid) this.laid.fusion.share = share;
    this.planes.redraw({ grey: true });
    this.show();
  }

  togglePlay(): void {
    if (!this.loop) return;
    if (this.loop.playing) this.loop.stop();
    else this.loop.play(this.planes.scene.index[2]);
    this.show();
  }

  private show(): void {
    render(
      <>
        <Unit geometry={this.geometry} />
        {!this.geometry.media.colour && <Maps map={this.map} choose={(map) => this.after(() => this.choose(map))} />}
        {this.companions.length > 0 && (
          <Companions
            companions={this.companions}
            wanted={this.wanted}
            laid={this.laid !== null}
            share={this.share}
            lay={(series) => this.after(() => void this.lay(series))}
            mix={(share) => this.mix(share)}
          />
        )}
        {this.loop && <Cine loop={this.loop} play={() => this.after(() => this.togglePlay())} speed={(speed) => this.after(() => this.speed(speed))} />}
      </>,
      this.element,
    );
  }

  private speed(speed: number): void {
    this.loop?.setSpeed(speed);
    this.show();
  }

  private after(act: () => void): void {
    act();
    this.done();
  }

  dispose(): void {
    this.loop?.stop();
    this.abort.abort();
  }
}

/** The usual window of an image, if its modality has one. */
function windowOf({ media, valueRange, ...values }: CaseGeometry): Window | undefined {
  const { slope, intercept } = shownScale(values, media);
  const range = { minimum: valueRange.min * slope + intercept, maximum: valueRange.max * slope + intercept };
  const choices = presets({ modality: media.modality, unit: shownUnit(media), stated: null }, range);
  return choices.length > 1 ? choices[0] : undefined;
}

function Unit({ geometry: { media, space } }: { readonly geometry: CaseGeometry }) {
  const unit = shownUnit(media);
  const why = media.suvLack ? text("images.no-uptake", { why: text(`images.lack-${media.suvLack}`) }) : null;
  return (
    <>
      {unit && (
        <output class="window-unit" aria-label={text("images.unit")} title={why ?? (media.suv ? text("images.uptake-title") : text("images.unit"))}>
          {unit}
        </output>
      )}
      {why && <span class="image-note">{why}</span>}
      {space === "IMAGE_PIXELS" && <span class="image-note">{text("images.no-scale")}</span>}
      {media.calibration === "DETECTOR" && <span class="image-note">{text("images.detector")}</span>}
    </>
  );
}

function Maps({ map, choose }: { readonly map: ColourMap; readonly choose: (map: ColourMap) => void }) {
  return (
    <label class="colour-map">
      {text("images.map")}
      <select value={map} onChange={(event) => choose(event.currentTarget.value as ColourMap)}>
        {COLOUR_MAPS.map((one) => (
          <option key={one} value={one}>
            {text(`images.map-${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface CompanionsProps {
  readonly companions: readonly Companion[];
  readonly wanted: string;
  readonly laid: boolean;
  readonly share: number;
  readonly lay: (series: string) => void;
  readonly mix: (share: number) => void;
}

function Companions({ companions, wanted, laid, share, lay, mix }: CompanionsProps) {
  return (
    <span class="fusion" data-laid={laid ? "true" : undefined}>
      <label title={text("images.with-title")}>
        {text("images.with")}
        <select value={wanted} onChange={(event) => lay(event.currentTarget.value)}>
          <option value="">{text("images.alone")}</option>
          {companions.map(({ series, modality, slices }) => (
            <option key={series} value={series}>
              {text("images.companion", { modality, slices })}
            </option>
          ))}
        </select>
      </label>
      {wanted && !laid && <span role="status">{text("images.companion-loading")}</span>}
      {laid && <input type="range" min="0" max="1" step="0.05" aria-label={text("images.share")} title={text("images.share")} value={share} onInput={(event) => mix(Number(event.currentTarget.value))} />}
    </span>
  );
}

function Cine({ loop, play, speed }: { readonly loop: Loop; readonly play: () => void; readonly speed: (speed: number) => void }) {
  return (
    <span class="cine">
      <button type="button" class="play" title={text("images.play-title")} aria-pressed={loop.playing} onClick={play}>
        {loop.playing ? text("images.stop") : text("images.play")}
      </button>
      <label>
        {text("images.speed")}
        <select value={String(loop.speed)} onChange={(event) => speed(Number(event.currentTarget.value))}>
          {SPEEDS.map((one) => (
            <option key={one} value={String(one)}>
              {one}×
            </option>
          ))}
        </select>
      </label>
      <output>{text("images.rate", { rate: loop.rate.toFixed(1) })}</output>
    </span>
  );
}
