// All actions with their keys, to be searched and done.

import { render } from "preact";
import { useState } from "preact/hooks";
import { text } from "../texts/texts.ts";
import { type Action, type ActionGroup, keysText } from "./action.ts";

function matches(action: Action, wanted: string): boolean {
  const words = (text(action.name) + " " + text(action.hint) + " " + keysText(action)).toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => words.includes(word));
}

function Actions({ groups, choose }: { readonly groups: readonly ActionGroup[]; readonly choose: (action: Action | null) => void }) {
  const [wanted, setWanted] = useState("");
  const shown = groups.map((group) => ({ group, actions: group.actions.filter((action) => matches(action, wanted)) })).filter(({ actions }) => actions.length > 0);
  const first = shown.flatMap(({ actions }) => actions).find((action) => !action.hindrance?.());
  return (
    <form
      method="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        choose(wanted.trim() === "" ? null : (first ?? null));
      }}
    >
      <h2>{text("actions.title")}</h2>
      <label class="actions-search">
        {text("actions.search")}
        <input type="search" id="actions-search" autofocus value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </label>
      <div class="actions-list">
        {shown.map(({ group, actions }) => (
          <section key={group.id}>
            <h3>{text(group.title)}</h3>
            {actions.map((action) => (
              <ActionLine key={action.id} action={action} choose={choose} />
            ))}
          </section>
        ))}
        {shown.length === 0 && <p>{text("actions.none")}</p>}
        {wanted === "" && <p class="actions-pointer">{text("actions.pointer")}</p>}
      </div>
      <div class="dialog-actions">
        <button type="button" class="primary" onClick={() => choose(null)}>
          {text("actions.close")}
        </button>
      </div>
    </form>
  );
}

function ActionLine({ action, choose }: { readonly action: Action; readonly choose: (action: Action) => void }) {
  const why = action.hindrance?.() ?? null;
  return (
    <button type="button" class="action-line" data-action={action.id} aria-disabled={why !== null} onClick={() => why === null && choose(action)}>
      <kbd>{keysText(action)}</kbd>
      <span class="action-name">{text(action.name)}</span>
      <span class="action-hint">{why === null ? text(action.hint) : text(why)}</span>
    </button>
  );
}

/** Shows the list; what is chosen is done once it is closed. */
export function actionsDialog(groups: readonly ActionGroup[]): void {
  const dialog = document.createElement("dialog");
  dialog.className = "actions-dialog";
  dialog.setAttribute("aria-label", text("actions.title"));
  let chosen: Action | null = null;
  dialog.addEventListener("close", () => {
    render(null, dialog);
    dialog.remove();
    document.getElementById("viewer")?.focus();
    chosen?.run(null);
    // What lasts as long as its key is held is shown for a moment at least.
    if (chosen?.release) setTimeout(chosen.release, MOMENT, 0);
  });
  const choose = (action: Action | null) => {
    chosen = action;
    dialog.close();
  };
  render(<Actions groups={groups} choose={choose} />, dialog);
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input")?.focus();
}

const MOMENT = 2000;
