// How segments are drawn: colour, dash, what is visible. Colour is never the only sign.

// Okabe and Ito's palette without black: told apart with every common kind of colour blindness.
const SAFE = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"];
const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
const KEY = "firstpass.display";

export class OverlayStyle {
  constructor(segments) {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    this.opacity = kept.opacity ?? 0.35;
    this.filled = kept.filled ?? true;
    this.safe = kept.safe ?? false;
    this.cross = kept.cross ?? true;
    this.hidden = false;
    this.heat = false;
    this.hasHeat = false;
    this.selected = 0;
    this.invisible = new Set();
    this.segments = segments;
    this.paint();
  }

  set(changes) {
    Object.assign(this, changes);
    this.paint();
    const { opacity, filled, safe, cross } = this;
    localStorage.setItem(KEY, JSON.stringify({ opacity, filled, safe, cross }));
  }

  toggle(number) {
    if (!this.invisible.delete(number)) this.invisible.add(number);
    this.paint();
  }

  paint() {
    this.styles = new Map(
      this.segments.map((segment, at) => {
        const colour = this.safe ? SAFE[at % SAFE.length] : segment.colour;
        const dash = DASHES[Math.floor(at / SAFE.length) % DASHES.length];
        return [segment.number, { colour, dash, label: segment.label, hidden: this.invisible.has(segment.number), pixel: pixel(colour) }];
      }),
    );
  }

  styleOf(label) {
    return this.styles.get(label);
  }

  /** The colour of a label as a pixel, 0 if it is not shown. A label that the schema lacks is white. */
  fillOf(label) {
    const style = this.styles.get(label);
    if (!style) return 0xffffffff;
    return style.hidden ? 0 : style.pixel;
  }
}

function pixel(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
