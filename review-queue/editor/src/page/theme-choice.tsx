// The button that makes the page light or dark.

import { useEffect, useState } from "preact/hooks";
import { text } from "../texts/texts.ts";
import { Moon, Sun } from "./icons.tsx";
import { THEME_KEY, onTheme, theme, turnTheme } from "./theme.ts";

export function ThemeChoice() {
  const [now, setNow] = useState(theme());
  useEffect(() => onTheme(() => setNow(theme())), []);
  const name = text(now === "light" ? "theme.dark" : "theme.light");
  return (
    <button type="button" class="quiet theme" id="theme" aria-label={name} title={name + " (" + THEME_KEY + ")"} onClick={turnTheme}>
      {now === "light" ? <Moon /> : <Sun />}
    </button>
  );
}
