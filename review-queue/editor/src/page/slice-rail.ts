// The rail beside the large plane: a slider and a number for its slice, and marks of slices to look at.

import type { Plane } from "../core/plane.ts";
import { text } from "../texts/texts.ts";
import { h, replace } from "./dom.ts";

/** A slice, as it was sent, at which the reader should look. */
export interface Mark {
  readonly slice: number;
  readonly share: number;
}

export class SliceRail {
  readonly element: HTMLElement;
  private readonly slider: HTMLInputElement;
  private readonly number: HTMLInputElement;
  private readonly markBox = h("div", { class: "slice-marks", "aria-hidden": "true" });
  private marks: readonly Mark[] = [];
  private plane: Plane | null = null;
  private slice = 0;

  /**
   * @param onslice is given the index that was chosen; a typed one may lie outside
   * @param ondone the number was typed
   */
  constructor(onslice: (slice: number) => void, ondone: () => void) {
    this.slider = h("input", { type: "range", class: "slice-slider", "aria-label": text("viewing.slice"), min: 0, step: 1 });
    this.slider.addEventListener("input", () => onslice(this.turned(Number(this.slider.value))));
    const title = text("viewing.slice-number");
    this.number = h("input", { type: "number", class: "slice-number", "aria-label": title, title, min: 1, step: 1 });
    this.number.addEventListener("change", () => Number.isFinite(this.number.valueAsNumber) && onslice(this.number.valueAsNumber - 1));
    this.number.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.number.value = String(this.slice + 1);
      if (event.key === "Enter" || event.key === "Escape") ondone();
    });
    this.element = h("div", { class: "slice-rail" }, this.number, h("div", { class: "slice-way" }, this.slider, this.markBox));
  }

  /** Lets the reader type a number. */
  ask(): void {
    this.number.focus();
    this.number.select();
  }

  setMarks(marks: readonly Mark[]): void {
    this.marks = marks;
    this.showMarks();
  }

  /** Shows where the plane is; returns it in words. */
  show(plane: Plane, slice: number): string {
    if (plane !== this.plane) this.setPlane(plane);
    this.slice = slice;
    this.slider.value = String(this.turned(slice));
    if (document.activeElement !== this.number) this.number.value = String(slice + 1);
    const words = text("viewing.slice-of", { plane: text(plane.title), slice: slice + 1, count: plane.count });
    const marked = plane.fixed === 2 && this.marks.some((mark) => mark.slice === slice);
    this.slider.setAttribute("aria-valuetext", marked ? text("viewing.slice-uncertain", { slice: words }) : words);
    return words;
  }

  private setPlane(plane: Plane): void {
    this.plane = plane;
    this.slider.max = String(plane.count - 1);
    this.number.max = String(plane.count);
    this.element.hidden = plane.count === 1;
    this.showMarks();
  }

  // The slider's upper end is the plane's upper end.
  private turned(slice: number): number {
    return this.plane && this.plane.upStep < 0 ? this.plane.count - 1 - slice : slice;
  }

  // Marks are of slices as they were sent; another plane has others.
  private showMarks(): void {
    const { plane } = this;
    if (!plane) return;
    const shown = plane.fixed === 2 ? this.marks : [];
    replace(
      this.markBox,
      shown.map(({ slice, share }) => {
        const title = text("viewing.slice-mark", { slice: slice + 1, share: Math.round(100 * share) });
        const part = this.turned(slice) / Math.max(1, plane.count - 1);
        return h("span", { class: "slice-mark", "data-slice": slice, title, style: { "--part": part } });
      }),
    );
  }
}
