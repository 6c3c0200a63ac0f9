// What the quality page is asked for, as it stands in the address: so a view can be sent on, and back works.

export const BUCKETS = ["day", "week", "month"] as const;
export type Bucket = (typeof BUCKETS)[number];

export const GROUPINGS = ["none", "version", "segment", "scanner", "protocol", "reader"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const FILTERS = ["version", "segment", "scanner", "protocol", "reader"] as const;
export type FilterName = (typeof FILTERS)[number];

export interface Query {
  /** Days as 2026-01-31, both within. */
  readonly from: string;
  readonly to: string;
  readonly bucket: Bucket;
  readonly by: Grouping;
  /** Left out where everything counts; an empty text is what is not known. */
  readonly filters: Readonly<Partial<Record<FilterName, string>>>;
  /** Which of the pages of cases is shown; 0 shows the figures. */
  readonly cases: number;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DEFAULT_DAYS = 90;

export const dayOf = (date: Date): string =>
  date.getFullYear() + "-" + String(date.getMonth() + 1).padStart(2, "0") + "-" + String(date.getDate()).padStart(2, "0");

function daysBefore(day: string, days: number): string {
  const date = new Date(day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

export function readQuery(search: string, today: string): Query {
  const given = new URLSearchParams(search);
  const known = <T extends string>(all: readonly T[], name: string, otherwise: T): T => all.find((one) => one === given.get(name)) ?? otherwise;
  const day = (name: string, otherwise: string) => (DAY.test(given.get(name) ?? "") ? given.get(name)! : otherwise);
  const to = day("to", today);
  const from = day("from", daysBefore(to, DEFAULT_DAYS));
  const filters: Partial<Record<FilterName, string>> = {};
  for (const name of FILTERS) if (given.has(name)) filters[name] = given.get(name)!;
  const cases = Number(given.get("cases") ?? 0);
  return {
    from: from <= to ? from : to,
    to,
    bucket: known(BUCKETS, "bucket", "week"),
    by: known(GROUPINGS, "by", "none"),
    filters,
    cases: Number.isInteger(cases) && cases > 0 ? cases : 0,
  };
}

/** As parameters of the address or of a request, which names them alike. */
export function writeQuery({ from, to, bucket, by, filters, cases }: Query): URLSearchParams {
  const written = new URLSearchParams({ from, to, bucket, by });
  for (const name of FILTERS) if (filters[name] !== undefined) written.set(name, filters[name]);
  if (cases) written.set("cases", String(cases));
  return written;
}

export const hashOf = (query: Query): string => "#/quality?" + writeQuery(query);

/** The query for the cases behind one figure: its span, and what it was set apart by. */
export function behind(query: Query, start: string, name: string): Query {
  const begin = start < query.from ? query.from : start;
  const last = lastDay(start, query.bucket);
  return {
    ...query,
    from: begin,
    to: last > query.to ? query.to : last,
    filters: query.by === "none" ? query.filters : { ...query.filters, [query.by]: name },
    cases: 1,
  };
}

function lastDay(start: string, bucket: Bucket): string {
  const date = new Date(start + "T00:00:00Z");
  if (bucket === "month") date.setUTCMonth(date.getUTCMonth() + 1, 0);
  else if (bucket === "week") date.setUTCDate(date.getUTCDate() + 6);
  return date.toISOString().slice(0, 10);
}
