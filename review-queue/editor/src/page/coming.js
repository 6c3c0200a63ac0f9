// What workers segment now: it will be on the worklist soon.

import { clock, h, replace, shortUid } from "./dom.ts";

/** "14:32, in 3 min", "14:32, late", or that nobody has measured it. */
export function expected(one, now = Date.now()) {
  if (!one.expectedReady) return "not measured yet on this device";
  const seconds = Math.round((Date.parse(one.expectedReady) - now) / 1000);
  const at = "expected at " + clock(one.expectedReady);
  if (seconds < 0) return at + ", late";
  if (seconds < 90) return at + ", in " + seconds + " s";
  return at + ", in " + Math.round(seconds / 60) + " min";
}

export class Coming {
  constructor() {
    this.count = h("h2", { id: "coming-count", "aria-live": "polite" });
    this.list = h("ul", { class: "coming-list" });
    this.element = h("section", { class: "coming", id: "coming", "aria-labelledby": "coming-count", hidden: true }, this.count, this.list);
  }

  show(all) {
    const text = "On their way: " + all.length;
    // A text that is set again is read aloud again.
    if (this.count.textContent !== text) this.count.textContent = text;
    this.element.hidden = all.length === 0;
    replace(
      this.list,
      all.map((one) =>
        h(
          "li",
          { "data-series": one.series, class: one.late ? "late" : "" },
          h("span", { class: "uid", title: one.series }, shortUid(one.series)),
          h("span", {}, [one.modality, one.package.name + " " + one.package.version].filter(Boolean).join(" · ")),
          h("span", { class: "dim" }, "on " + one.device + " since " + clock(one.started)),
          h("span", { class: "expected" }, expected(one)),
        ),
      ),
    );
  }
}
