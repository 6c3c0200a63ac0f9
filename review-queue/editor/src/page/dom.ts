// Elements without markup in strings: what a server sent is text, never HTML. Panels are Preact views; this is for what
// is built once, such as canvases and their frames.

import { language, text } from "../texts/texts.ts";

type Child = Node | string | number | boolean | null | undefined;
type Children = Child | readonly Child[];
type Properties = Readonly<Record<string, unknown>>;

/** An element with properties (`on…` are listeners, `class`, `data-…`, `aria-…` attributes) and children. */
export function h<T extends keyof HTMLElementTagNameMap>(tag: T, properties: Properties = {}, ...children: Children[]): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) give(element, name, value);
  element.append(...nodes(children));
  return element;
}

function give(element: HTMLElement, name: string, value: unknown): void {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value as EventListener);
  else if (name === "style") for (const [key, set] of Object.entries(value as Record<string, string>)) element.style.setProperty(key, String(set));
  else if (name in element && !name.includes("-") && name !== "list" && name !== "role") (element as unknown as Record<string, unknown>)[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

export function replace(parent: Element, ...children: Children[]): void {
  parent.replaceChildren(...nodes(children));
}

function nodes(children: readonly Children[]): (Node | string)[] {
  return (children.flat() as Child[])
    .filter((child) => child !== undefined && child !== null && child !== false && child !== true && child !== "")
    .map((child) => (child instanceof Node ? child : String(child)));
}

export const byId = (id: string): HTMLElement => document.getElementById(id)!;

/** The end of a UID, which is the part that differs. */
export function shortUid(uid: string | null | undefined): string {
  return uid && uid.length > 12 ? "…" + uid.slice(-10) : (uid ?? "");
}

export function age(iso: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 60) return seconds + " s";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min";
  if (seconds < 48 * 3600) return Math.floor(seconds / 3600) + " h";
  return text("age.days", { days: Math.floor(seconds / 86400) });
}

export function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit" });
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
export const count = (number: number): string => whole.format(number).replaceAll(",", "\u202f");
export const percent = (share: number): string => Math.round(100 * share) + " %";

export interface NoticeOptions {
  readonly error?: boolean;
  readonly title?: string;
  /** How long it stays; 0 until it is dismissed. */
  readonly seconds?: number;
  readonly id?: string;
}

let noticeNumber = 0;

/** A sentence at the head of the page that goes away by itself; errors stay longer. */
export function notice(sentence: string, { error = false, title = "", seconds = error ? 14 : 9, id = "" }: NoticeOptions = {}): HTMLElement {
  const close = h("button", { type: "button", class: "notice-close", "aria-label": text("notice.dismiss") }, "×");
  const box = h(
    "div",
    { class: "notice" + (error ? " error" : ""), id: id || "notice-" + ++noticeNumber },
    h("div", { class: "notice-text" }, title && h("strong", {}, title), h("span", {}, sentence)),
    close,
  );
  close.addEventListener("click", () => box.remove());
  if (id) document.getElementById(id)?.remove();
  byId(error ? "alerts" : "notices").append(box);
  if (seconds) setTimeout(() => box.remove(), seconds * 1000);
  return box;
}

/** What a failure says to a person. */
export const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));
