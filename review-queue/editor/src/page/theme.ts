// Whether the page is dark, as a reading room is, or light; kept in this browser.

export type Theme = "dark" | "light";

const KEPT = "firstpass.theme";
const TURNED = "firstpass-theme";

export const THEME_KEY = "*";

export const theme = (): Theme => (localStorage.getItem(KEPT) === "light" ? "light" : "dark");

/** Shows the page as it was chosen before. */
export function dress(): void {
  document.documentElement.dataset["theme"] = theme();
}

export function turnTheme(): void {
  localStorage.setItem(KEPT, theme() === "light" ? "dark" : "light");
  dress();
  dispatchEvent(new Event(TURNED));
}

/** @returns what ends it */
export function onTheme(listener: () => void): () => void {
  addEventListener(TURNED, listener);
  return () => removeEventListener(TURNED, listener);
}
