import { afterEach, beforeEach, expect, test } from "vitest";
import { Ahead } from "../../src/page/ahead.ts";
import type { LabelArray } from "../../src/core/labels.ts";

const COLUMNS = 3;
const ROWS = 2;
const SLICES = 2;
const VOXELS = COLUMNS * ROWS * SLICES;

/** A server that has such cases, and what it was asked for. */
let asked: string[];
let next: string | null;
let columns: number;
const before = { fetch: globalThis.fetch, document: globalThis.document };

function answer(path: string): Response {
  if (path === "/api/tasks/next") return next === null ? new Response(null, { status: 204 }) : Response.json({ id: next });
  if (path.endsWith("/geometry")) {
    return Response.json({
      columns,
      rows: ROWS,
      slices: SLICES,
      frameOfReference: "1.2.3",
      position: [0, 0, 0],
      axes: { column: [1, 0, 0], row: [0, 1, 0], slice: [0, 0, 1] },
      spacing: { column: 1, row: 1, slice: 1 },
      slope: 1,
      intercept: 0,
      valueRange: { min: -5, max: 100 },
    });
  }
  if (path.includes("/image")) return new Response(new Int16Array(VOXELS).fill(7));
  if (path.endsWith("/label-runs")) return new Response(Uint8Array.of(0, VOXELS, 2));
  return Response.json({ id: path.split("/").at(-1), schema: { segments: [{ number: 2 }] } });
}

beforeEach(() => {
  asked = [];
  next = "second";
  columns = COLUMNS;
  globalThis.fetch = ((path: string) => {
    asked.push(path);
    return Promise.resolve(answer(path));
  }) as typeof fetch;
  globalThis.document = { hidden: false } as Document;
});

afterEach(() => {
  globalThis.fetch = before.fetch;
  globalThis.document = before.document;
});

/** Until the server has been asked for this and everything has been taken in. */
async function loaded(path: string): Promise<void> {
  await expect.poll(() => asked.includes(path)).toBe(true);
  await settled();
}

/** Everything that has been answered is taken in. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}

async function aheadOf(present: string, bytes = 100): Promise<{ ahead: Ahead; reading: AbortController }> {
  const ahead = new Ahead();
  const reading = new AbortController();
  ahead.follow(present, bytes, reading.signal);
  await loaded("/api/tasks/next");
  return { ahead, reading };
}

test("the next case is loaded while this one is read, and is there at once when it is opened", async () => {
  const { ahead, reading } = await aheadOf("first");
  await loaded("/api/tasks/second/image?first=1&ahead=true");
  await expect.poll(() => asked.includes("/api/tasks/second/label-runs")).toBe(true);
  reading.abort();
  const opened = ahead.take("second", new AbortController().signal)!;
  await opened.loading.run();
  const images: number[] = [];
  let labels: LabelArray | undefined;
  opened.loading.follow({ onlabels: (arrived) => (labels = arrived), onimage: (voxels, share) => images.push(voxels[0]!, share) });
  expect(images).toEqual([7, 1]);
  expect(labels?.[0]).toBe(2);
  expect(asked.filter((path) => path.includes("/image"))).toHaveLength(1);
  expect(ahead.take("second", new AbortController().signal)).toBeNull();
});

test("a case that turns out not to be next is let go", async () => {
  const { ahead, reading } = await aheadOf("first");
  await loaded("/api/tasks/second/image?first=1&ahead=true");
  expect(ahead.take("third", reading.signal)).toBeNull();
  expect(ahead.take("second", reading.signal)).toBeNull();
  reading.abort();
});

test("a case that would take too much memory is not loaded ahead", async () => {
  columns = 200_000_000;
  const { ahead, reading } = await aheadOf("first");
  await loaded("/api/tasks/second/geometry");
  await settled();
  expect(asked.some((path) => path.includes("/image"))).toBe(false);
  expect(ahead.take("second", reading.signal)).toBeNull();
  reading.abort();
});

test("a case that would take too much memory beside this one is not loaded ahead", async () => {
  const { ahead, reading } = await aheadOf("first", 640 * 2 ** 20);
  await loaded("/api/tasks/second/geometry");
  await settled();
  expect(asked.some((path) => path.includes("/image"))).toBe(false);
  expect(ahead.take("second", reading.signal)).toBeNull();
  reading.abort();
});

test("nothing is loaded where nothing waits", async () => {
  next = null;
  const { ahead, reading } = await aheadOf("first");
  await settled();
  expect(asked).toEqual(["/api/tasks/next"]);
  expect(ahead.take("second", reading.signal)).toBeNull();
  reading.abort();
});
