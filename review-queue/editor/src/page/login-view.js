// Who are you? Shown instead of everything at first, and over everything when a session has ended.

import { api } from "./api.ts";
import { h } from "./dom.ts";

/** Resolves with the user when somebody has logged in. `again` says why it is asked in the middle of work. */
export function login(parent, { again = false } = {}) {
  return new Promise((resolve) => {
    const user = h("input", { id: "user", name: "user", autocomplete: "username", required: true, spellcheck: false, autocapitalize: "none" });
    const password = h("input", { id: "password", name: "password", type: "password", autocomplete: "current-password", required: true });
    const problem = h("p", { class: "problem", role: "alert" });
    const button = h("button", { type: "submit", class: "primary" }, "Log in");
    const form = h(
      "form",
      {
        class: "login",
        onsubmit: async (event) => {
          event.preventDefault();
          button.disabled = true;
          problem.textContent = "";
          try {
            const who = await api.login(user.value, password.value);
            box.remove();
            resolve(who);
          } catch (failure) {
            problem.textContent = sentence(failure);
            password.value = "";
            button.disabled = false;
            password.focus();
          }
        },
      },
      h("img", { src: "/page/icon.svg", alt: "", width: 44, height: 44 }),
      h("h1", {}, again ? "Log in again" : "Firstpass"),
      h("p", { class: "login-lead" }, again ? "Your session has ended. What you did is still here." : "First-pass masks, for a second look."),
      h("label", { for: "user" }, "User"),
      user,
      h("label", { for: "password" }, "Password"),
      password,
      problem,
      button,
    );
    const box = h("div", { class: "login-box" + (again ? " login-again" : "") }, form);
    if (again) parent.append(box);
    else parent.replaceChildren(box);
    user.focus();
  });
}

function sentence(failure) {
  if (failure.code === "LOGIN_FAILED") return "User or password is not right. After five failures you have to wait.";
  if (failure.code === "TOO_MANY_FAILURES") return "Too many failures: " + failure.message.replace(/^.*?; /, "") + ", or ask an administrator.";
  return failure.message;
}
