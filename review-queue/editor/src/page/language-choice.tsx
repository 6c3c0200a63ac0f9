// In which language the page speaks.

import { type Language, language, languages, speak, text } from "../texts/texts.ts";

const NAMES: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

/** A choice of languages; `spoken` draws the page anew. */
export function LanguageChoice({ spoken }: { readonly spoken: () => void }) {
  const choose = (event: Event) => {
    speak((event.currentTarget as HTMLSelectElement).value as Language);
    document.documentElement.lang = language();
    spoken();
  };
  return (
    <label class="language">
      <span class="hidden">{text("language.choose")}</span>
      <select id="language" value={language()} onChange={choose}>
        {languages().map((one) => (
          <option key={one} value={one} lang={one}>
            {NAMES[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
