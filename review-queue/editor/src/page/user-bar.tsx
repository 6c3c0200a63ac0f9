// Who is logged in, in the page's bar.

import { render } from "preact";
import { text } from "../texts/texts.ts";
import { LanguageChoice } from "./language-choice.tsx";
import type { User } from "./server.ts";

interface UserBarActions {
  readonly logout: () => void;
  readonly spoken: () => void;
}

export function showUserBar(parent: HTMLElement, user: User, { logout, spoken }: UserBarActions): void {
  render(
    <>
      <LanguageChoice spoken={spoken} />
      <span>{user.displayName ?? user.user}</span>
      <button type="button" class="quiet" id="logout" onClick={logout}>
        {text("login.log-out")}
      </button>
    </>,
    parent,
  );
}
