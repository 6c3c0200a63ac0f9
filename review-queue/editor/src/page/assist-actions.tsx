// The model's help while correcting: clicks that refine, a border by probability, a second look at a box.

import { text } from "../texts/texts.ts";
import type { Action, ActionGroup } from "./action.ts";
import type { Assist, AssistMode } from "./assist.ts";
import { hindrance } from "./tool-actions.tsx";

type AssistId = AssistMode | "refine-add" | "refine-take" | "probability";

const named = (id: AssistId, ...keys: string[]) => ({ id, name: `tool.${id}`, hint: `tool.${id}.hint`, keys }) as const;

export function assistGroup(assist: Assist): ActionGroup {
  const why = () => hindrance(assist.context);
  const tool = (id: AssistMode, key: string): Action => ({ ...named(id, key), tool: true, run: () => assist.choose(id), pressed: () => assist.active && assist.mode === id, hindrance: why });
  const here = (id: "refine-add" | "refine-take", key: string, adds: boolean): Action => ({
    ...named(id, key),
    run: () => void assist.refining.click(assist.context.editing.planes.scene.index, adds),
    hindrance: why,
    keyOnly: true,
  });
  return {
    id: "assist",
    title: "assist.title",
    actions: [
      tool("refine", "Shift+e"),
      { ...named("probability", "%"), run: () => void assist.thresholding.begin().then(() => assist.context.show()), hindrance: why },
      tool("model-box", "Shift+w"),
      here("refine-add", "Shift+a", true),
      here("refine-take", "_", false),
    ],
    page: () => <AssistPage assist={assist} boxed={assist.mode === "model-box"} refines={assist.mode === "refine"} segment={assist.context.editing.segment} show={assist.context.show} />,
  };
}

interface PageState {
  readonly assist: Assist;
  readonly boxed: boolean;
  readonly refines: boolean;
  readonly segment: number;
  readonly show: () => void;
}

function AssistPage({ assist, boxed, refines, segment, show }: PageState) {
  const { again, thresholding } = assist;
  return (
    <div class="assist">
      {refines && <p>{text("assist.refine-help")}</p>}
      {thresholding.open ? <Threshold assist={assist} show={show} /> : !refines && !boxed && <p>{text("assist.probability-help")}</p>}
      {(boxed || again.open) && <BoxTools assist={assist} segment={segment} show={show} />}
      <p class="assist-said" id="assist-said" role="status">
        {assist.said}
      </p>
    </div>
  );
}

function Threshold({ assist: { thresholding }, show }: Pick<PageState, "assist" | "show">) {
  const { threshold } = thresholding;
  return (
    <>
      <label>
        {text("assist.threshold", { percent: Math.round((100 * threshold) / 255) })}
        <input
          type="range"
          id="assist-threshold"
          min={5}
          max={255}
          value={threshold}
          onInput={(event) => {
            thresholding.show(Number(event.currentTarget.value));
            show();
          }}
        />
      </label>
      <Choice id="threshold" keep={() => thresholding.keep()} drop={() => thresholding.drop()} show={show} />
    </>
  );
}

function BoxTools({ assist: { again }, segment, show }: Pick<PageState, "assist" | "segment" | "show">) {
  const only = (
    <label>
      <input
        type="checkbox"
        id="assist-only"
        checked={again.only}
        onChange={(event) => {
          again.setOnly(event.currentTarget.checked);
          show();
        }}
      />
      {text("assist.only")}
    </label>
  );
  if (again.open) {
    return (
      <>
        {only}
        <Choice id="box" keep={() => again.keep()} drop={() => again.drop()} show={show} />
      </>
    );
  }
  const disabled = !again.box || again.asked !== null;
  return (
    <>
      {!again.box && <p>{text("assist.box-help")}</p>}
      <div class="assist-row">
        <button
          type="button"
          id="assist-ask"
          disabled={disabled}
          onClick={() => {
            void again.ask().then(show);
            show();
          }}
        >
          {text("assist.ask")}
        </button>
        <button
          type="button"
          id="assist-around"
          disabled={segment === 0}
          onClick={() => {
            again.around();
            show();
          }}
        >
          {text("assist.around")}
        </button>
        <label>
          {text("assist.depth")}
          <input type="number" id="assist-depth" min={0} step={5} value={again.depth} onChange={(event) => (again.depth = Math.max(0, Number(event.currentTarget.value) || 0))} />
          {text("tools.mm")}
        </label>
      </div>
      {only}
    </>
  );
}

function Choice({ id, keep, drop, show }: { readonly id: string; readonly keep: () => void; readonly drop: () => void; readonly show: () => void }) {
  return (
    <div class="assist-row">
      <button
        type="button"
        id={"assist-keep-" + id}
        onClick={() => {
          keep();
          show();
        }}
      >
        {text("assist.apply")}
      </button>
      <button
        type="button"
        id={"assist-drop-" + id}
        onClick={() => {
          drop();
          show();
        }}
      >
        {text("assist.discard")}
      </button>
    </div>
  );
}
