// The head of the worklist: its sections, the search, the filters, and whether it is live.

import { text } from "../texts/texts.ts";
import { type Choices, type Filters, NO_FILTERS, SECTIONS, type Section, filtersSet } from "../worklist/entry.ts";
import type { OwnCount } from "./aside.ts";

export interface HeadProps {
  readonly section: Section;
  readonly search: string;
  readonly filters: Filters;
  readonly choices: Choices;
  readonly filtering: boolean;
  readonly count: number | null;
  readonly live: boolean;
  readonly mayRead: boolean;
  readonly problem: string;
  /** What this reader has read today; null if the server does not say. */
  readonly today: OwnCount | null;
  readonly choose: (section: Section) => void;
  readonly seek: (search: string) => void;
  readonly filter: (filters: Filters) => void;
  readonly openFilters: (open: boolean) => void;
  readonly next: () => void;
  readonly help: () => void;
}

const NAMES = { NEXT: "worklist.next", READING: "worklist.reading", DECIDED: "worklist.decided", DISCONTINUED: "worklist.discontinued" } as const;
const MOST = 100_000;
const TOGGLES = [
  ["mine", "worklist.filter-mine"],
  ["handed", "worklist.filter-handed"],
  ["flagged", "worklist.filter-flagged"],
  ["due", "worklist.filter-due"],
] as const;

export function WorklistHead(props: HeadProps) {
  const { search, filters, filtering, live, problem, today } = props;
  const set = filtersSet(filters);
  return (
    <header class="list-head">
      <div class="list-line">
        <h1>{text("worklist.title")}</h1>
        <Tabs {...props} />
        <input
          type="search"
          id="worklist-search"
          class="list-search"
          aria-label={text("worklist.search-label")}
          aria-keyshortcuts="/"
          placeholder={text("worklist.search")}
          autocomplete="off"
          spellcheck={false}
          maxLength={128}
          value={search}
          onInput={(event) => props.seek(event.currentTarget.value)}
        />
        <button type="button" id="worklist-filter" aria-expanded={filtering} aria-controls="worklist-filters" onClick={() => props.openFilters(!filtering)}>
          {set ? text("worklist.filters-set", { count: set }) : text("worklist.filter")}
          <kbd>F</kbd>
        </button>
        <button type="button" class="quiet" id="worklist-help" onClick={props.help}>
          {text("worklist.help")}
          <kbd>?</kbd>
        </button>
        {props.mayRead && (
          <button type="button" class="primary" id="next" onClick={props.next}>
            {text("worklist.read-next")}
            <kbd>N</kbd>
          </button>
        )}
      </div>
      {filtering && <FilterLine {...props} />}
      <p class="list-state" role="status">
        <span class={"live-mark" + (live ? "" : " stale")}>{live ? text("worklist.live") : text("worklist.not-live")}</span>
        {today !== null && <span id="my-day">{text(today.cases === 1 ? "worklist.my-day-one" : "worklist.my-day", { cases: today.cases, minutes: Math.round(today.activeMillis / 60_000) })}</span>}
        {problem && <span class="stale">{problem}</span>}
      </p>
    </header>
  );
}

function Tabs({ section, search, count, choose }: HeadProps) {
  const number = count === null ? null : count >= MOST || (search.trim() && count >= 1000) ? count + "+" : String(count);
  return (
    <div class="tabs" role="group" aria-label={text("worklist.section")}>
      {SECTIONS.map((one) => {
        const here = one === section && search.trim() === "";
        return (
          <button key={one} type="button" class="tab" data-section={one} aria-pressed={here} onClick={() => choose(one)}>
            {text(NAMES[one])}
            {here && number !== null && <span class="tab-count">{number}</span>}
          </button>
        );
      })}
      {search.trim() !== "" && (
        <span class="tab found" aria-live="polite">
          {text("worklist.found")}
          {number !== null && <span class="tab-count">{number}</span>}
        </span>
      )}
    </div>
  );
}

function FilterLine({ filters, choices, filter }: HeadProps) {
  return (
    <div class="list-filters" id="worklist-filters" role="group" aria-label={text("worklist.filter")}>
      <Pick name="modality" label={text("worklist.filter-modality")} values={choices.modalities} filters={filters} filter={filter} />
      <Pick name="package" label={text("worklist.filter-package")} values={choices.packages} filters={filters} filter={filter} />
      <Pick name="protocol" label={text("worklist.filter-protocol")} values={choices.protocols} filters={filters} filter={filter} />
      <Pick name="tag" label={text("worklist.filter-tag")} values={choices.tags} filters={filters} filter={filter} />
      {TOGGLES.map(([name, label]) => (
        <button key={name} type="button" class="toggle-filter" data-filter={name} aria-pressed={filters[name]} onClick={() => filter({ ...filters, [name]: !filters[name] })}>
          {text(label)}
        </button>
      ))}
      <button type="button" class="quiet" id="worklist-clear" disabled={filtersSet(filters) === 0} onClick={() => filter(NO_FILTERS)}>
        {text("worklist.filter-clear")}
      </button>
    </div>
  );
}

interface PickProps {
  readonly name: "modality" | "package" | "protocol" | "tag";
  readonly label: string;
  readonly values: readonly string[];
  readonly filters: Filters;
  readonly filter: (filters: Filters) => void;
}

function Pick({ name, label, values, filters, filter }: PickProps) {
  const chosen = filters[name];
  // What was chosen stays a choice when no case has it any more.
  const options = chosen && !values.includes(chosen) ? [...values, chosen] : values;
  return (
    <label>
      {label}
      <select data-filter={name} value={chosen} onChange={(event) => filter({ ...filters, [name]: event.currentTarget.value })}>
        <option value="">{text("worklist.filter-any")}</option>
        {options.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </select>
    </label>
  );
}
