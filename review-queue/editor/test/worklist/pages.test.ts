import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry, EntryPage } from "../../src/worklist/entry.ts";
import { Pages, visibleRows } from "../../src/worklist/pages.ts";

/** A server that has these rows and gives so many at once. */
class Rows {
  asked = 0;
  keys: number[];
  private readonly size: number;

  constructor(keys: readonly number[], size: number) {
    this.keys = [...keys];
    this.size = size;
  }

  read = (after: string | null): Promise<EntryPage> => {
    this.asked++;
    const rest = this.keys.filter((key) => after === null || key > Number(after));
    const tasks = rest.slice(0, this.size).map((key) => ({ id: String(key) }) as Entry);
    return Promise.resolve({
      tasks,
      next: rest.length > this.size ? tasks.at(-1)!.id : null,
      count: after === null ? this.keys.length : null,
    });
  };
}

const ids = (pages: Pages) => pages.rows.map((row) => Number(row.id));
const numbers = (length: number) => Array.from({ length }, (_, at) => at);

test("only the pages that are looked at are read", async () => {
  const server = new Rows(numbers(10_000), 100);
  const pages = new Pages(server.read);
  await pages.show(0, 30);
  expect(server.asked).toBe(1);
  expect(pages.count).toBe(10_000);
  await pages.show(80, 120);
  expect(server.asked).toBe(2);
  expect(ids(pages)).toEqual(numbers(200));
  expect(pages.more).toBe(true);
});

test("an empty list is read once", async () => {
  const server = new Rows([], 100);
  const pages = new Pages(server.read);
  await pages.show(0, 0);
  await pages.show(0, 0);
  expect(server.asked).toBe(1);
  expect(pages.count).toBe(0);
  expect(pages.more).toBe(false);
});

test("after a change only what is looked at is read again", async () => {
  const server = new Rows(numbers(1000), 100);
  const pages = new Pages(server.read);
  await pages.show(0, 450);
  server.asked = 0;
  pages.markStale();
  await pages.show(210, 240);
  expect(server.asked).toBe(1);
  await pages.show(210, 240);
  expect(server.asked).toBe(1);
});

test("rows that have gone make those behind them move up, and none is shown twice", async () => {
  const server = new Rows(numbers(300), 100);
  const pages = new Pages(server.read);
  await pages.show(0, 300);
  server.keys = server.keys.filter((key) => key > 4);
  pages.markStale();
  await pages.show(0, 300);
  expect(ids(pages)).toEqual(server.keys);
});

test("whatever comes and goes, what was looked at last is what the server has", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(200), { maxLength: 60 }),
      fc.array(fc.uniqueArray(fc.nat(200), { maxLength: 60 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      async (first, changes, size) => {
        const sorted = (keys: readonly number[]) => [...keys].sort((a, b) => a - b);
        const server = new Rows(sorted(first), size);
        const pages = new Pages(server.read);
        await pages.show(0, 10);
        for (const change of changes) {
          server.keys = sorted(change);
          pages.markStale();
          await pages.show(0, 10);
          expect(ids(pages).slice(0, 10)).toEqual(server.keys.slice(0, 10));
        }
        await pages.show(0, 1000);
        expect(ids(pages)).toEqual(server.keys);
      },
    ),
  );
});

test("the rows in sight have some around them and stay within the list", () => {
  expect(visibleRows(0, 400, 40, 10_000)).toEqual({ from: 0, to: 18 });
  expect(visibleRows(4000, 400, 40, 10_000)).toEqual({ from: 92, to: 118 });
  expect(visibleRows(400_000, 400, 40, 12)).toEqual({ from: 12, to: 12 });
});
