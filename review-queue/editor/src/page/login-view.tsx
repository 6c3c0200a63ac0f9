// Who are you? Shown instead of everything at first, and over everything when a session has ended.

import { render } from "preact";
import { text } from "../texts/texts.ts";
import { ApiError, api } from "./api.ts";
import { messageOf } from "./dom.ts";
import { LanguageChoice } from "./language-choice.tsx";
import type { User } from "./server.ts";
import { ThemeChoice } from "./theme-choice.tsx";

interface LoginProps {
  readonly again: boolean;
  readonly problem: string;
  readonly busy: boolean;
  readonly send: (user: string, password: string) => void;
  readonly spoken: () => void;
}

function Login({ again, problem, busy, send, spoken }: LoginProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    send(String(form.get("user")), String(form.get("password")));
  };
  return (
    <form class="login" onSubmit={submit}>
      <img src="/page/icon.svg" alt="" width={44} height={44} />
      <h1>{again ? text("login.again") : "Firstpass"}</h1>
      <p class="login-lead">{again ? text("login.ended") : text("login.lead")}</p>
      <label for="user">{text("login.user")}</label>
      <input id="user" name="user" autocomplete="username" required spellcheck={false} autocapitalize="none" />
      <label for="password">{text("login.password")}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required />
      <p class="problem" role="alert">
        {problem}
      </p>
      <button type="submit" class="primary" disabled={busy}>
        {text("login.log-in")}
      </button>
      <div class="login-foot">
        <ThemeChoice />
        <LanguageChoice spoken={spoken} />
      </div>
    </form>
  );
}

/** Resolves with the user when somebody has logged in. `again` says that it is asked in the middle of work. */
export function login(parent: HTMLElement, { again = false } = {}): Promise<User> {
  const box = document.createElement("div");
  box.className = "login-box" + (again ? " login-again" : "");
  if (again) parent.append(box);
  else parent.replaceChildren(box);
  return new Promise((resolve) => {
    const show = (problem: string, busy: boolean) => render(<Login again={again} problem={problem} busy={busy} send={send} spoken={() => show("", false)} />, box);
    const send = async (user: string, password: string) => {
      show("", true);
      try {
        const who = await api.login(user, password);
        render(null, box);
        box.remove();
        resolve(who);
      } catch (failure) {
        const field = box.querySelector<HTMLInputElement>("#password")!;
        field.value = "";
        show(sentence(failure), false);
        field.focus();
      }
    };
    show("", false);
    box.querySelector<HTMLInputElement>("#user")!.focus();
  });
}

function sentence(failure: unknown): string {
  if (failure instanceof ApiError && failure.code === "LOGIN_FAILED") return text("login.failed");
  if (failure instanceof ApiError && failure.code === "TOO_MANY_FAILURES") return text("login.too-many", { rest: failure.message.replace(/^.*?; /, "") });
  return messageOf(failure);
}
