// The places to look at, as a list and as one line that is always there.

import { useEffect, useRef } from "preact/hooks";
import type { Grid } from "../core/grid.ts";
import type { Suspect } from "../core/suspects/suspect.ts";
import { text } from "../texts/texts.ts";
import type { ActionGroup } from "./action.ts";
import { placeText, reasonText } from "./places-text.ts";
import type { Suspicions } from "./suspicions.ts";

export interface PlacesContext {
  readonly suspicions: Suspicions;
  readonly grid: Grid;
  readonly labelOf: (segment: number) => string;
  /** Shows a place, and selects its segment. */
  readonly go: (suspect: Suspect) => void;
}

const named = (id: "next-place" | "previous-place", ...keys: string[]) => ({ id, name: `tool.${id}`, hint: `tool.${id}.hint`, keys }) as const;

export function placesGroup(context: PlacesContext): ActionGroup {
  const step = (by: 1 | -1) => () => {
    const suspect = context.suspicions.step(by);
    if (suspect) context.go(suspect);
  };
  const nothing = () => (context.suspicions.all.length === 0 ? "places.none" : null);
  return {
    id: "places",
    title: "places.title",
    actions: [
      { ...named("next-place", "."), run: step(1), repeats: true, hindrance: nothing },
      { ...named("previous-place", ","), run: step(-1), repeats: true, hindrance: nothing },
    ],
    page: () => <PlacesPage context={context} />,
  };
}

function PlacesPage({ context }: { readonly context: PlacesContext }) {
  const { suspicions } = context;
  const { all, current, pending } = suspicions;
  return (
    <>
      <p class="tool-note" id="places-left">
        {text(pending ? "places.searching" : all.length === 0 ? "places.none" : all.length === 1 ? "places.left-one" : "places.left", { left: suspicions.left, all: all.length })}
      </p>
      <ol class="suspects" aria-label={text("places.title")}>
        {all.map((suspect) => (
          <SuspectLine key={suspect.id} suspect={suspect} current={suspect === current} context={context} />
        ))}
      </ol>
    </>
  );
}

function SuspectLine({ suspect, current, context }: { readonly suspect: Suspect; readonly current: boolean; readonly context: PlacesContext }) {
  const { suspicions, grid } = context;
  const visited = suspicions.isVisited(suspect);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current) button.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <li data-kind={suspect.kind} data-segment={suspect.segment}>
      <button
        ref={button}
        type="button"
        class="suspect"
        aria-current={current ? "true" : undefined}
        title={placeText(grid, suspect.index)}
        onClick={() => context.go(suspicions.visit(suspect))}
      >
        <span class="suspect-tick" aria-hidden="true">
          {visited ? "✓" : "○"}
        </span>
        <span>
          {suspect.segment > 0 && <strong>{context.labelOf(suspect.segment)}: </strong>}
          {reasonText(suspect)}
          <span class="suspect-place"> {text("places.slice", { slice: suspect.index[2] + 1 })}</span>
          {current && <span class="place-at">{placeText(grid, suspect.index)}</span>}
          <span class="hidden"> {text(visited ? "places.visited" : "places.not-visited")}</span>
        </span>
      </button>
    </li>
  );
}

/** What the place is that the reader was led to, over the tools. */
export function PlaceLine({ context }: { readonly context: PlacesContext }) {
  const { suspicions, grid } = context;
  const { current, all } = suspicions;
  if (!current) return <p class="place-line">{all.length === 0 ? "" : text(all.length === 1 ? "places.begin-one" : "places.begin", { all: all.length })}</p>;
  return (
    <p class="place-line" id="place-line" title={reasonText(current) + ", " + placeText(grid, current.index)}>
      {text("places.number", { at: all.indexOf(current) + 1, all: all.length })}
      {" · "}
      {current.segment > 0 && <strong>{context.labelOf(current.segment)}: </strong>}
      {reasonText(current)}
    </p>
  );
}
