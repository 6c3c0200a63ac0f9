// The button that makes the page light or dark.

import { Component } from "preact";
import { text } from "../texts/texts.ts";
import { Moon, Sun } from "./icons.tsx";
import { THEME_KEY, onTheme, theme, turnTheme } from "./theme.ts";

export class ThemeChoice extends Component {
  private readonly turned = onTheme(() => this.forceUpdate());

  override componentWillUnmount(): void {
    this.turned();
  }

  render() {
    const light = theme() === "light";
    const name = text(light ? "theme.dark" : "theme.light");
    return (
      <button type="button" class="quiet theme" id="theme" aria-label={name} title={name + " (" + THEME_KEY + ")"} onClick={turnTheme}>
        {light ? <Moon /> : <Sun />}
      </button>
    );
  }
}
