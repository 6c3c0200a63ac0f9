// How to begin, in the bar until the reader has read it; once for each browser.

import { render } from "preact";
import { text } from "../texts/texts.ts";

const READ = "firstpass.hint-read";

export function showFirstHint(bar: HTMLElement): void {
  if (localStorage.getItem(READ)) return;
  const read = () => {
    localStorage.setItem(READ, "true");
    render(null, bar);
    document.getElementById("viewer")?.focus();
  };
  render(
    <p class="first-hint">
      <span>
        <strong>{text("hint.title")}</strong> {text("hint.how")}
      </span>
      <button type="button" id="hint-read" onClick={read}>
        {text("hint.read")}
      </button>
    </p>,
    bar,
  );
}

export const dropFirstHint = (bar: HTMLElement): void => render(null, bar);
