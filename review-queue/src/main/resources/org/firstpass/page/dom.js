// Elements without markup in strings: what a server sent is text, never HTML.

/** An element with properties (`on…` are listeners, `class`, `data-…`, `aria-…` attributes) and children. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name === "style") {
      for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    } else if (name in element && !name.includes("-") && name !== "list" && name !== "role") {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

export function replace(parent, ...children) {
  parent.replaceChildren(...children.flat().filter(Boolean));
}

export const byId = (id) => document.getElementById(id);

/** The end of a UID, which is the part that differs. */
export function shortUid(uid) {
  return uid && uid.length > 12 ? "…" + uid.slice(-10) : uid ?? "";
}

export function age(iso, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 60) return seconds + " s";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min";
  if (seconds < 48 * 3600) return Math.floor(seconds / 3600) + " h";
  return Math.floor(seconds / 86400) + " d";
}

export function clock(iso) {
  return new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
export const count = (number) => whole.format(number).replaceAll(",", "\u202f");

let noticeNumber = 0;

/** A sentence at the foot of the page that goes away by itself; errors stay longer. */
export function notice(text, { error = false, title = "", seconds = error ? 14 : 9, id = "" } = {}) {
  const close = h("button", { type: "button", class: "notice-close", "aria-label": "Dismiss" }, "×");
  const box = h(
    "div",
    { class: "notice" + (error ? " error" : ""), id: id || "notice-" + ++noticeNumber },
    h("div", { class: "notice-text" }, title && h("strong", {}, title), h("span", {}, text)),
    close,
  );
  close.addEventListener("click", () => box.remove());
  if (id) document.getElementById(id)?.remove();
  byId(error ? "alerts" : "notices").append(box);
  if (seconds) setTimeout(() => box.remove(), seconds * 1000);
  return box;
}
