import fc from "fast-check";
import { expect, test } from "vitest";
import { BUCKETS, FILTERS, GROUPINGS, type Query, behind, dayOf, hashOf, readQuery, writeQuery } from "../../../src/page/quality/query.ts";

const TODAY = "2026-11-29";
const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-12-31"), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const queries: fc.Arbitrary<Query> = fc.record({
  from: day,
  to: day,
  bucket: fc.constantFrom(...BUCKETS),
  by: fc.constantFrom(...GROUPINGS),
  filters: fc.record(Object.fromEntries(FILTERS.map((name) => [name, fc.string()])), { requiredKeys: [] }),
  cases: fc.nat(20),
});

test("a query comes back from the address as it was", () => {
  fc.assert(
    fc.property(queries, (query) => {
      fc.pre(query.from <= query.to);
      expect(readQuery(writeQuery(query).toString(), TODAY)).toEqual({ ...query, filters: { ...query.filters } });
    }),
  );
});

test("an empty address asks for the last ninety days by week", () => {
  expect(readQuery("", TODAY)).toEqual({ from: "2026-08-31", to: TODAY, bucket: "week", by: "none", filters: {}, cases: 0 });
});

test("what cannot be meant is left out", () => {
  const query = readQuery("from=2026-12-24&to=2026-11-01&bucket=year&by=patient&cases=-3&name=x", TODAY);
  expect(query).toEqual({ from: "2026-11-01", to: "2026-11-01", bucket: "week", by: "none", filters: {}, cases: 0 });
  expect(readQuery("cases=1.5&from=yesterday", TODAY).cases).toBe(0);
});

test("behind a figure are the days of its span, within what was asked for", () => {
  const query = readQuery("from=2026-11-04&to=2026-11-29&by=version", TODAY);
  expect(behind(query, "2026-11-02", "liver 1.0")).toMatchObject({ from: "2026-11-04", to: "2026-11-08", cases: 1, filters: { version: "liver 1.0" } });
  expect(behind(query, "2026-11-23", "")).toMatchObject({ from: "2026-11-23", to: "2026-11-29", filters: { version: "" } });
  expect(behind({ ...query, bucket: "month" }, "2026-11-01", "x")).toMatchObject({ from: "2026-11-04", to: "2026-11-29" });
  expect(behind({ ...query, bucket: "month", to: "2027-01-10" }, "2026-12-01", "x").to).toBe("2026-12-31");
  expect(behind({ ...query, bucket: "day", by: "none" }, "2026-11-05", "")).toMatchObject({ from: "2026-11-05", to: "2026-11-05", filters: {} });
});

test("behind every figure are days of the query only", () => {
  fc.assert(
    fc.property(queries, day, (query, start) => {
      fc.pre(query.from <= query.to && start <= query.to);
      const inner = behind(query, start, "x");
      expect(inner.from >= query.from && inner.to <= query.to).toBe(true);
    }),
  );
});

test("a day is the one of the clock on the wall", () => {
  expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
  expect(hashOf(readQuery("", TODAY))).toBe("#/quality?from=2026-08-31&to=2026-11-29&bucket=week&by=none");
});
