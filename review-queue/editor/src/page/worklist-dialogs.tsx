// What the worklist shows in a dialog: its keys, and the priors of a case.

import { render } from "preact";
import { type TextKey, text } from "../texts/texts.ts";
import { shortUid } from "./dom.ts";

const KEYS: readonly (readonly [string, TextKey])[] = [
  ["↑ ↓ J K", "worklist.key-move"],
  ["PgUp PgDn Home End", "worklist.key-page"],
  ["Enter", "worklist.key-open"],
  ["N", "worklist.key-next"],
  ["/", "worklist.key-search"],
  ["F", "worklist.key-filter"],
  ["1 2 3 4", "worklist.key-section"],
  ["P", "worklist.key-priors"],
  ["L", "history.key-look"],
  ["*", "action.theme"],
  ["?", "worklist.key-help"],
];

/** Another series of a patient, and what was read of it. */
export interface Prior {
  readonly study: string;
  readonly series: string;
  readonly date?: string | null;
  readonly modality?: string | null;
  readonly sameStudy: boolean;
  readonly tasks: readonly { readonly id: string; readonly state: string; readonly modelPackage: string; readonly correctionId?: string | null }[];
}

export function keysDialog(): void {
  dialog(
    text("worklist.help-title"),
    <table class="key-table">
      <tbody>
        {KEYS.map(([keys, name]) => (
          <tr key={name}>
            <th scope="row">
              <kbd>{keys}</kbd>
            </th>
            <td>{text(name)}</td>
          </tr>
        ))}
      </tbody>
    </table>,
  );
}

export function priorsDialog(priors: readonly Prior[]): void {
  dialog(text("priors.title"), priors.length === 0 ? <p>{text("priors.none")}</p> : <PriorTable priors={priors} />);
}

function PriorTable({ priors }: { readonly priors: readonly Prior[] }) {
  return (
    <table class="key-table">
      <thead>
        <tr>
          <th scope="col">{text("priors.date")}</th>
          <th scope="col">{text("worklist.column-modality")}</th>
          <th scope="col">{text("worklist.column-series")}</th>
          <th scope="col">{text("priors.read")}</th>
        </tr>
      </thead>
      <tbody>
        {priors.map((prior) => (
          <tr key={prior.series} data-prior={prior.series}>
            <td>
              {prior.date ?? text("priors.unknown-date")}
              {prior.sameStudy && <span class="dim"> · {text("priors.same-study")}</span>}
            </td>
            <td>{prior.modality ?? "–"}</td>
            <td class="uid" title={prior.series}>
              {shortUid(prior.series)}
            </td>
            <td>{readOf(prior)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function readOf(prior: Prior): string {
  const corrected = prior.tasks.filter((task) => task.correctionId);
  return corrected.length === 0 ? text("priors.not-read") : corrected.map((task) => text("priors.corrected", { package: task.modelPackage })).join("; ");
}

function dialog(title: string, content: preact.ComponentChild): void {
  const before = document.activeElement;
  const element = document.createElement("dialog");
  element.className = "list-dialog";
  element.setAttribute("aria-label", title);
  element.addEventListener("close", () => {
    render(null, element);
    element.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  render(
    <form method="dialog">
      <h2>{title}</h2>
      {content}
      <div class="dialog-actions">
        <button type="submit" class="primary" autofocus>
          {text("worklist.help-close")}
        </button>
      </div>
    </form>,
    element,
  );
  document.body.append(element);
  element.showModal();
}
