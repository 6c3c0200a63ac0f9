// The tools for correcting beside the image: what is always at hand, one page for each group, what was said last, and the journal.

import { render } from "preact";
import type { Situation } from "../journal/courier.ts";
import { type TextKey, text } from "../texts/texts.ts";
import { type Action, type ActionGroup, keysText } from "./action.ts";

export interface PanelState {
  readonly groups: readonly ActionGroup[];
  /** The group whose page is open. */
  readonly open: string;
  readonly said: TextKey | null;
  readonly situation: Situation;
}

export interface PanelCalls {
  readonly open: (group: string) => void;
  /** An action was done by its button. */
  readonly used: () => void;
  readonly search: () => void;
}

const ALWAYS = "history";

export function ActionButton({ action, used, short = false }: { readonly action: Action; readonly used: () => void; readonly short?: boolean }) {
  const why = action.hindrance?.() ?? null;
  const run = () => {
    if (why !== null) return;
    action.run(null);
    used();
  };
  return (
    <button
      type="button"
      class={"tool" + (short ? " tool-short" : "")}
      id={short ? action.id : undefined}
      data-action={action.id}
      aria-pressed={action.pressed?.()}
      aria-disabled={why !== null}
      title={[text(action.hint), "(" + keysText(action) + ")", why && text(why)].filter(Boolean).join(" ")}
      onClick={run}
    >
      {text(action.name)}
      <kbd>{keysText({ ...action, keys: action.keys.slice(0, 1) })}</kbd>
    </button>
  );
}

function Tabs({ groups, open, calls }: { readonly groups: readonly ActionGroup[]; readonly open: string; readonly calls: PanelCalls }) {
  const step = (event: KeyboardEvent, at: number) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    const next = groups[(at + by + groups.length) % groups.length]!;
    calls.open(next.id);
    document.getElementById("tab-" + next.id)?.focus();
  };
  return (
    <div class="tool-tabs" role="tablist" aria-label={text("tools.groups")}>
      {groups.map(({ id, title }, at) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={"tab-" + id}
          aria-selected={id === open}
          aria-controls="tool-page"
          tabIndex={id === open ? 0 : -1}
          onClick={() => calls.open(id)}
          onKeyDown={(event) => step(event, at)}
        >
          {text(title)}
        </button>
      ))}
    </div>
  );
}

function journalText(situation: Situation): string {
  switch (situation.kind) {
    case "kept":
      return situation.last === 0 ? text("journal.every") : text(situation.last === 1 ? "journal.kept-one" : "journal.kept", { steps: situation.last });
    case "sending":
      return text(situation.waiting === 1 ? "journal.sending-one" : "journal.sending", { steps: situation.waiting });
    case "away":
      return text(situation.waiting === 1 ? "journal.away-one" : "journal.away", { steps: situation.waiting });
    case "refused":
      return text("journal.refused", { why: situation.message });
  }
}

export function Panel({ state, calls }: { readonly state: PanelState; readonly calls: PanelCalls }) {
  const { groups, said, situation } = state;
  const paged = groups.filter((group) => group.page);
  const open = paged.find((group) => group.id === state.open) ?? paged[0];
  const always = groups.find((group) => group.id === ALWAYS);
  return (
    <div class="tool-panel" role="region" aria-label={text("tools.panel")}>
      <div class="tool-head">
        {always?.actions.map((action) => <ActionButton key={action.id} action={action} used={calls.used} short />)}
        <button type="button" class="tool tool-short" id="all-actions" title={text("action.search.hint")} onClick={calls.search}>
          {text("action.search")}
          <kbd>?</kbd>
        </button>
      </div>
      {open && <Tabs groups={paged} open={open.id} calls={calls} />}
      {open && (
        <div class="tool-page" id="tool-page" role="tabpanel" aria-labelledby={"tab-" + open.id} data-group={open.id}>
          <div class="tool-row" role="toolbar" aria-label={text(open.title)}>
            {open.actions.filter((action) => !action.keyOnly).map((action) => <ActionButton key={action.id} action={action} used={calls.used} />)}
          </div>
          {open.page!()}
        </div>
      )}
      <p class="tool-said" id="tool-said" role="status">
        {said && text(said)}
      </p>
      <p class="journal" id="journal" data-kind={situation.kind}>
        {journalText(situation)}
      </p>
    </div>
  );
}

/** Holds what the panel shows and shows it anew. */
export class ToolPanel {
  readonly element = document.createElement("div");
  private readonly groups: readonly ActionGroup[];
  private readonly said: () => TextKey | null;
  private readonly calls: PanelCalls;
  private open = "draw";
  private situation: Situation = { kind: "kept", last: 0 };
  private pressed: Action | null = null;

  constructor(groups: readonly ActionGroup[], { said, used, search }: { readonly said: () => TextKey | null; readonly used: () => void; readonly search: () => void }) {
    this.groups = groups;
    this.said = said;
    this.calls = { open: (group) => this.show(group), used, search };
    this.element.className = "tool-panel-box";
    this.show();
  }

  show(open?: string): void {
    this.open = open ?? this.openOfTool() ?? this.open;
    render(<Panel state={{ groups: this.groups, open: this.open, said: this.said(), situation: this.situation }} calls={this.calls} />, this.element);
  }

  showSituation(situation: Situation): void {
    this.situation = situation;
    this.show();
  }

  /** The page of a tool that was taken up just now by its key. */
  private openOfTool(): string | null {
    const group = this.groups.find(({ page, actions }) => page && actions.some((action) => action.hindrance !== undefined && action.pressed?.()));
    const tool = group?.actions.find((action) => action.pressed?.()) ?? null;
    if (tool === this.pressed) return null;
    this.pressed = tool;
    return group?.id ?? null;
  }
}
