// Who is logged in, in the page's bar.

import { render } from "preact";
import { text } from "../texts/texts.ts";
import { LanguageChoice } from "./language-choice.tsx";
import type { User } from "./server.ts";
import { ThemeChoice } from "./theme-choice.tsx";

interface UserBarActions {
  readonly logout: () => void;
  readonly spoken: () => void;
}

const SEE_FIGURES = ["RADIOLOGIST", "LEAD", "ML_ENGINEER", "ADMINISTRATOR"];

export function showUserBar(parent: HTMLElement, user: User, { logout, spoken }: UserBarActions): void {
  render(
    <>
      {SEE_FIGURES.some((role) => user.roles.includes(role)) && (
        <a class="bar-link" id="to-quality" href="#/quality">
          {text("quality.title")}
        </a>
      )}
      <ThemeChoice />
      <LanguageChoice spoken={spoken} />
      <span>{user.displayName ?? user.user}</span>
      <button type="button" class="quiet" id="logout" onClick={logout}>
        {text("login.log-out")}
      </button>
    </>,
    parent,
  );
}
