// The tools for correcting beside the image: what is always at hand, one page for each group, what was said last, and the journal.

import { type ComponentChild, render } from "preact";
import type { Situation } from "../journal/courier.ts";
import { type TextKey, text } from "../texts/texts.ts";
import { type Action, type ActionGroup, keysText } from "./action.ts";

export interface PanelState {
  readonly groups: readonly ActionGroup[];
  /** The group whose page is open. */
  readonly open: string;
  readonly said: TextKey | null;
  readonly situation: Situation;
  /** What is over the pages. */
  readonly line: ComponentChild;
}

export interface PanelCalls {
  readonly open: (group: string) => void;
  /** An action was done by its button. */
  readonly used: () => void;
  /** It could not be done, and why. */
  readonly refused: (why: TextKey) => void;
  readonly search: () => void;
}

const ALWAYS = "history";
const FORWARD = ["ArrowDown", "ArrowRight"];
const BACK = ["ArrowUp", "ArrowLeft"];

export function ActionButton({ action, calls, short = false }: { readonly action: Action; readonly calls: Pick<PanelCalls, "used" | "refused">; readonly short?: boolean }) {
  const why = action.hindrance?.() ?? null;
  const run = () => {
    if (why !== null) {
      calls.refused(why);
      return;
    }
    action.run(null);
    calls.used();
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
      <span>
        {text(action.name)} {action.amount && <span class="tool-amount">{action.amount()}</span>}
      </span>
      <kbd>{keysText({ ...action, keys: action.keys.slice(0, 1) })}</kbd>
    </button>
  );
}

function Tabs({ groups, open, calls }: { readonly groups: readonly ActionGroup[]; readonly open: string; readonly calls: PanelCalls }) {
  const step = (event: KeyboardEvent, at: number) => {
    const by = FORWARD.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = groups[(at + by + groups.length) % groups.length]!;
    calls.open(next.id);
    document.getElementById("tab-" + next.id)?.focus();
  };
  return (
    <div class="tool-tabs" role="tablist" aria-orientation="vertical" aria-label={text("tools.groups")}>
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
  const { groups, said, situation, line } = state;
  const paged = groups.filter((group) => group.page);
  const open = paged.find((group) => group.id === state.open) ?? paged[0];
  const always = groups.find((group) => group.id === ALWAYS);
  return (
    <div class="tool-panel" role="region" aria-label={text("tools.panel")}>
      <div class="tool-head">
        {always?.actions.map((action) => <ActionButton key={action.id} action={action} calls={calls} short />)}
        <button type="button" class="tool tool-short" id="all-actions" title={text("action.search.hint")} onClick={calls.search}>
          {text("action.search")}
          <kbd>?</kbd>
        </button>
      </div>
      {line}
      {open && (
        <div class="tool-pages">
          <Tabs groups={paged} open={open.id} calls={calls} />
          <div class="tool-page" id="tool-page" role="tabpanel" aria-labelledby={"tab-" + open.id} data-group={open.id}>
            <div class="tool-row" role="toolbar" aria-label={text(open.title)}>
              {open.actions.filter((action) => !action.keyOnly).map((action) => <ActionButton key={action.id} action={action} calls={calls} />)}
            </div>
            {open.page!()}
          </div>
        </div>
      )}
      <p class="tool-said" id="tool-said" role="status">
        {said && text(said)}
      </p>
      <p class="journal" id="journal" role={situation.kind === "away" || situation.kind === "refused" ? "alert" : undefined} data-kind={situation.kind}>
        {journalText(situation)}
      </p>
    </div>
  );
}

export interface PanelSetup {
  readonly said: () => TextKey | null;
  /** What is over the page of a group. */
  readonly line: (open: string) => ComponentChild;
  readonly used: () => void;
  readonly refused: (why: TextKey) => void;
  readonly search: () => void;
}

/** Holds what the panel shows and shows it anew. */
export class ToolPanel {
  readonly element = document.createElement("div");
  private readonly groups: readonly ActionGroup[];
  private readonly setup: PanelSetup;
  private readonly calls: PanelCalls;
  private open = "draw";
  private situation: Situation = { kind: "kept", last: 0 };
  private held: Action | null = null;
  private frame = 0;

  constructor(groups: readonly ActionGroup[], setup: PanelSetup) {
    this.groups = groups;
    this.setup = setup;
    this.calls = { open: (group) => this.show(group), used: setup.used, refused: setup.refused, search: setup.search };
    this.element.className = "tool-panel-box";
    this.show();
  }

  /** Shows how things are now; `open` opens the page of a group. */
  show(open?: string): void {
    this.open = open ?? this.openOfTool() ?? this.open;
    const { groups, situation } = this;
    const { said, line } = this.setup;
    render(<Panel state={{ groups, open: this.open, said: said(), situation, line: line(this.open) }} calls={this.calls} />, this.element);
  }

  /** Shows it before the page is drawn next: for what changes often. */
  showSoon(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.show();
    });
  }

  showSituation(situation: Situation): void {
    this.situation = situation;
    this.showSoon();
  }

  /** The page of a tool that was taken up just now by its key. */
  private openOfTool(): string | null {
    const group = this.groups.find(({ page, actions }) => page && actions.some(isHeld));
    const tool = group?.actions.find(isHeld) ?? null;
    if (tool === this.held) return null;
    this.held = tool;
    return group?.id ?? null;
  }
}

/** Whether it is a tool that is in the hand; others may be on for long. */
const isHeld = (action: Action): boolean => action.tool === true && action.pressed?.() === true;
