// What the tools are set to, beside their buttons.

import { Component } from "preact";
import type { Grid } from "../core/grid.ts";
import { type TextKey, text } from "../texts/texts.ts";
import type { NumberSetting, Overwrite } from "./pen-settings.ts";
import type { ToolContext } from "./tool-actions.tsx";

interface Shown {
  readonly context: ToolContext;
}

interface FieldProps extends Shown {
  readonly name: NumberSetting;
  readonly label: TextKey;
  readonly unit?: TextKey;
  readonly step: number;
}

/** A number that counts once it is typed. */
class NumberField extends Component<FieldProps, { readonly draft: string | null }> {
  override state = { draft: null };

  private take(typed: string): void {
    this.setState({ draft: null });
    if (typed !== "" && Number.isFinite(Number(typed))) this.props.context.editing.settings.set({ [this.props.name]: Number(typed) });
  }

  render({ context, name, label, unit, step }: FieldProps) {
    const { settings, planes } = context.editing;
    return (
      <label>
        {text(label)}
        <input
          type="number"
          id={"pen-" + name}
          step={step}
          value={this.state.draft ?? String(Math.round(settings.now[name] * 10) / 10)}
          onInput={(event) => this.setState({ draft: event.currentTarget.value })}
          onChange={(event) => this.take(event.currentTarget.value)}
        />
        {unit && text(unitOf(unit, planes.grid))}
      </label>
    );
  }
}

/** Images without a place in patient space have no volumes, and perhaps no mm. */
export function unitOf(unit: TextKey, { flat, unit: length }: Grid): TextKey {
  if (length === "px") return "tools.px";
  return flat && unit === "tools.mm3" ? "tools.mm2" : unit;
}

function Check({ id, label, on, disabled, set }: { readonly id: string; readonly label: string; readonly on: boolean; readonly disabled?: boolean; readonly set: (on: boolean) => void }) {
  return (
    <label>
      <input type="checkbox" id={id} checked={on} disabled={disabled} onChange={(event) => set(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

function OnSlice({ context }: Shown) {
  const { settings } = context.editing;
  return <Check id="pen-onSlice" label={text("tools.on-slice")} on={settings.now.onSlice} disabled={!settings.deep} set={(onSlice) => settings.set({ onSlice })} />;
}

function Tolerance({ context }: Shown) {
  const { editing } = context;
  const { tolerance } = editing.settings.now;
  const { step } = editing.settings;
  return (
    <label class="tolerance">
      {text("tools.tolerance", { tolerance: Number(tolerance.toFixed(1)) })}
      <input
        type="range"
        id="pen-tolerance"
        min={0}
        max={Math.max(300 * step, tolerance)}
        step={step}
        value={tolerance}
        onInput={(event) => editing.setTolerance(Number(event.currentTarget.value), false)}
        onChange={(event) => editing.setTolerance(Number(event.currentTarget.value), true)}
      />
    </label>
  );
}

const OVERWRITE: readonly Overwrite[] = ["all", "empty", "named"];

function PaintOver({ context }: Shown) {
  const { settings, segment } = context.editing;
  const { overwrite } = settings.now;
  return (
    <>
      <label>
        {text("tools.overwrite")}
        <select id="pen-overwrite" value={overwrite} onChange={(event) => settings.set({ overwrite: event.currentTarget.value as Overwrite })}>
          {OVERWRITE.map((one) => (
            <option key={one} value={one}>
              {text(`tools.overwrite-${one}`)}
            </option>
          ))}
        </select>
      </label>
      {overwrite === "named" && (
        <span class="named" role="group" aria-label={text("tools.overwrite-named")}>
          {context.segments
            .filter(({ number }) => number !== segment)
            .map(({ number, label }) => (
              <Check key={number} id={"named-" + number} label={label} on={settings.named.has(number)} set={() => settings.toggleNamed(number)} />
            ))}
        </span>
      )}
    </>
  );
}

/** What else the tool in the hand is set to; of empty hands, what the brush will be. */
export function DrawSettings({ context }: Shown) {
  const { editing } = context;
  const { settings } = editing;
  const pen = editing.pen ?? "brush";
  return (
    <div class="pen-settings">
      {settings.isRound(pen) && (
        <>
          <NumberField context={context} name="radius" label="tools.radius" unit="tools.mm" step={0.5} />
          <Check id="pen-ball" label={text("tools.ball")} on={settings.now.ball} disabled={!settings.deep} set={(ball) => settings.set({ ball })} />
        </>
      )}
      {pen === "threshold-brush" && (
        <>
          <NumberField context={context} name="least" label="tools.least" step={settings.step} />
          <NumberField context={context} name="largest" label="tools.largest" step={settings.step} />
        </>
      )}
      {pen === "grow" && <Tolerance context={context} />}
      {(pen === "grow" || pen === "scissors") && <OnSlice context={context} />}
      {pen !== "eraser" && pen !== "scissors" && <PaintOver context={context} />}
    </div>
  );
}

export function SegmentSettings({ context }: Shown) {
  const others = context.segments.filter(({ number }) => number !== context.editing.segment);
  return (
    <div class="pen-settings">
      <NumberField context={context} name="margin" label="tools.margin" unit="tools.mm" step={0.5} />
      <NumberField context={context} name="smoothing" label="tools.smoothing" unit="tools.mm" step={0.5} />
      <NumberField context={context} name="smallPart" label="tools.small-part" unit="tools.mm3" step={10} />
      <OnSlice context={context} />
      <label>
        {text("tools.other")}
        <select
          id="tool-other"
          value={String(context.other)}
          onChange={(event) => {
            context.other = Number(event.currentTarget.value);
            context.show();
          }}
        >
          <option value="0">{text("tools.other-none")}</option>
          {others.map(({ number, label }) => (
            <option key={number} value={String(number)}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Which slices are keys, and the way to each. */
export function SliceSettings({ context }: Shown) {
  const { editing } = context;
  const { fixed, name } = editing.plane;
  const keys = editing.segment === 0 ? [] : editing.keySlices;
  const go = (slice: number) => {
    const index: [number, number, number] = [...editing.planes.scene.index];
    index[fixed] = slice;
    editing.planes.moveTo(index);
    context.show();
  };
  return (
    <div class="key-slices">
      <p>{keys.length === 0 ? text("tools.no-keys", { plane: text(`plane.${name}`) }) : text("tools.keys", { plane: text(`plane.${name}`) })}</p>
      {keys.map((slice) => (
        <button key={slice} type="button" class="key-slice" aria-current={slice === editing.slice ? "true" : undefined} onClick={() => go(slice)}>
          {slice + 1}
        </button>
      ))}
    </div>
  );
}
