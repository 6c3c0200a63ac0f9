// What a reader changed so far: shown over the image on demand, in numbers, and place by place to be taken back.

import type { ChangedPlace } from "../core/difference.ts";
import { text } from "../texts/texts.ts";
import type { Action, ActionGroup } from "./action.ts";
import { DifferenceLayer } from "./difference-layer.ts";
import { amountText, placeText } from "./places-text.ts";
import { type ToolContext, pen } from "./tool-actions.tsx";

/** A key that is held longer than this shows the changes only as long as it is held. */
const HELD = 400;
/** After a change the places are looked for once it has been quiet so long, in ms. */
const QUIET = 250;
/** So many places are listed; the rest is counted. */
const LISTED = 12;

export class Changes {
  readonly layer: DifferenceLayer;
  private readonly context: ToolContext;
  private places: readonly ChangedPlace[] = [];
  private stale = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private at = -1;

  constructor(context: ToolContext) {
    this.context = context;
    this.layer = new DifferenceLayer(context.editing.bench.difference);
    context.editing.planes.addLayer(this.layer);
  }

  /** The labels have changed. */
  changed(): void {
    this.stale = true;
    this.layer.changed();
  }

  show(shown: boolean): void {
    this.layer.shown = shown;
    this.context.editing.planes.redraw();
    this.context.show();
  }

  group(): ActionGroup {
    const { editing } = this.context;
    const nothing = () => (editing.bench.difference.isEmpty ? "tools.nothing-differs" : null);
    const named = (id: "changes" | "next-change" | "previous-change", ...keys: string[]) => ({ id, name: `tool.${id}`, hint: `tool.${id}.hint`, keys }) as const;
    const step = (id: "next-change" | "previous-change", key: string, by: number): Action => ({ ...named(id, key), run: () => this.step(by), repeats: true, hindrance: nothing });
    const show: Action = {
      ...named("changes", "Shift+c"),
      run: () => this.show(!this.layer.shown),
      release: (heldMillis) => heldMillis > HELD && this.show(false),
      pressed: () => this.layer.shown,
    };
    const revert: Action = {
      ...pen(this.context, "revert", "Shift+r"),
      run: () => {
        editing.choose("revert");
        // What can be clicked is to be seen.
        if (editing.pen === "revert") this.show(true);
      },
      hindrance: nothing,
    };
    return {
      id: "changes",
      title: "tools.changes",
      actions: [show, revert, step("next-change", "Shift+ArrowDown", 1), step("previous-change", "Shift+ArrowUp", -1)],
      page: () => <ChangesPage changes={this} context={this.context} />,
    };
  }

  /** The places that differ, the largest one first. */
  all(): readonly ChangedPlace[] {
    if (this.stale) this.places = this.context.editing.bench.difference.places();
    this.stale = false;
    return this.places;
  }

  /** Those that were found last; newer ones are shown once the reader pauses. */
  known(): readonly ChangedPlace[] {
    if (this.stale) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.all();
        this.context.show();
      }, QUIET);
    }
    return this.places;
  }

  go(at: number): void {
    const place = this.all()[at];
    if (!place) return;
    this.at = at;
    this.layer.shown = true;
    this.context.editing.planes.moveTo(place.middle);
    this.context.show();
  }

  private step(by: number): void {
    const count = this.all().length;
    this.go((Math.max(this.at, by > 0 ? -1 : 0) + by + count) % count);
  }
}

interface Shown {
  readonly changes: Changes;
  readonly context: ToolContext;
}

const labelIn = ({ segments }: ToolContext, segment: number): string => segments.find(({ number }) => number === segment)?.label ?? String(segment);

function ChangesPage({ changes, context }: Shown) {
  if (context.editing.bench.difference.isEmpty) return <p class="tool-note">{text("tools.nothing-differs")}</p>;
  return (
    <>
      <BalanceTable context={context} />
      <ChangedPlaces changes={changes} context={context} />
    </>
  );
}

function BalanceTable({ context }: Pick<Shown, "context">) {
  const { planes, bench } = context.editing;
  const ml = (voxels: number) => amountText(planes.grid, voxels);
  return (
    <table class="balance">
      <thead>
        <tr>
          <th scope="col">{text("tools.segment")}</th>
          <th scope="col">
            <span class="change-added" aria-hidden="true" />
            {text("tools.added")}
          </th>
          <th scope="col">
            <span class="change-removed" aria-hidden="true" />
            {text("tools.removed")}
          </th>
        </tr>
      </thead>
      <tbody>
        {[...bench.difference.balance].map(([segment, { added, removed }]) => (
          <tr key={segment} data-segment={segment}>
            <th scope="row">{labelIn(context, segment)}</th>
            <td>+{ml(added)}</td>
            <td>−{ml(removed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ChangedPlaces({ changes, context }: Shown) {
  const { editing } = context;
  const { grid } = editing.planes;
  const places = changes.known();
  return (
    <>
      <ol class="changed-places" aria-label={text("tools.changed-places")}>
        {places.slice(0, LISTED).map((place, at) => (
          <li key={place.middle.join(".")}>
            <button type="button" class="place-go" title={placeText(grid, place.middle)} onClick={() => changes.go(at)}>
              {[...place.segments.keys()].map((segment) => labelIn(context, segment)).join(", ")} · {amountText(grid, place.voxels)} ·{" "}
              {text("places.slice", { slice: place.middle[2] + 1 })}
            </button>
            <button type="button" class="place-revert" aria-label={text("tools.revert-place", { place: at + 1 })} onClick={() => editing.revertPlace(place.middle)}>
              {text("tools.revert")}
            </button>
          </li>
        ))}
      </ol>
      {places.length > LISTED && <p class="tool-note">{text("tools.more-places", { count: places.length - LISTED })}</p>}
    </>
  );
}
