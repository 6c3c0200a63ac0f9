// What is shown: the period, what one point stands for, what figures are set apart by, and what they are narrowed down to.

import { type TextKey, text } from "../../texts/texts.ts";
import { type Choices, csvPath } from "./answers.ts";
import { BUCKETS, FILTERS, type FilterName, GROUPINGS, type Query } from "./query.ts";
import { groupingWord, nameWord } from "./words.ts";

interface ChoosingProps {
  readonly query: Query;
  readonly choices: Choices;
  readonly choose: (query: Query) => void;
}

/** Not a name that occurs: names have no control characters. */
const EVERYTHING = "\u0000";

function Day({ name, value, chosen }: { readonly name: "from" | "to"; readonly value: string; readonly chosen: (day: string) => void }) {
  return (
    <label>
      {text(name === "from" ? "quality.from" : "quality.to")}
      <input type="date" name={name} value={value} required onChange={(event) => event.currentTarget.value && chosen(event.currentTarget.value)} />
    </label>
  );
}

export function Choosing({ query, choices, choose }: ChoosingProps) {
  const byName = choices.scope === "ALL";
  const change = (changed: Partial<Query>) => choose({ ...query, ...changed, cases: 0 });
  const narrow = (name: FilterName, value: string) => {
    const { [name]: _left, ...others } = query.filters;
    change({ filters: value === EVERYTHING ? others : { ...others, [name]: value } });
  };
  return (
    <form class="choosing" aria-label={text("quality.choose")} onSubmit={(event) => event.preventDefault()}>
      <Day name="from" value={query.from} chosen={(from) => change({ from, to: from > query.to ? from : query.to })} />
      <Day name="to" value={query.to} chosen={(to) => change({ to, from: to < query.from ? to : query.from })} />
      <label>
        {text("quality.bucket")}
        <select name="bucket" value={query.bucket} onChange={(event) => change({ bucket: event.currentTarget.value as Query["bucket"] })}>
          {BUCKETS.map((one) => (
            <option key={one} value={one}>
              {text(("quality." + one) as TextKey)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {text("quality.by")}
        <select name="by" value={query.by} onChange={(event) => change({ by: event.currentTarget.value as Query["by"] })}>
          {GROUPINGS.filter((one) => byName || one !== "reader").map((one) => (
            <option key={one} value={one}>
              {groupingWord(one)}
            </option>
          ))}
        </select>
      </label>
      {FILTERS.filter((one) => byName || one !== "reader").map((name) => (
        <label key={name}>
          {groupingWord(name)}
          <select name={"only-" + name} value={query.filters[name] ?? EVERYTHING} onChange={(event) => narrow(name, event.currentTarget.value)}>
            <option value={EVERYTHING}>{text("quality.all")}</option>
            {choices[`${name}s`].map((one) => (
              <option key={one} value={one}>
                {nameWord(one)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <a class="button" id="csv" href={csvPath(query)} download>
        {text("quality.csv")}
      </a>
    </form>
  );
}
