import { expect, test } from "vitest";
import { SliceOrder, slicesAround } from "../../src/core/slice-order.ts";

test("the slice that is looked at comes first, then those around it", () => {
  expect(slicesAround(2, 5)).toEqual([2, 3, 1, 4, 0]);
  expect(slicesAround(0, 3)).toEqual([0, 1, 2]);
  expect(slicesAround(3, 4)).toEqual([3, 2, 1, 0]);
});

test.each([1, 2, 3, 5, 100])("bytes go where their slices belong, in pieces of %i", (size) => {
  const perSlice = 4;
  const slices = 6;
  const sent = slicesAround(4, slices).flatMap((slice) => Array.from({ length: perSlice }, (_, at) => slice * perSlice + at));
  const into = new Uint8Array(slices * perSlice);
  const order = new SliceOrder(4, slices, perSlice);
  for (let from = 0; from < sent.length; from += size) order.put(Uint8Array.from(sent.slice(from, from + size)), from, into);
  expect([...into]).toEqual(Array.from({ length: slices * perSlice }, (_, at) => at));
});

test("what is there is always all between two slices", () => {
  const order = new SliceOrder(1, 4, 10);
  expect(order.whole(9)).toBeNull();
  expect(order.whole(10)).toEqual({ first: 1, last: 1 });
  expect(order.whole(29)).toEqual({ first: 1, last: 2 });
  expect(order.whole(30)).toEqual({ first: 0, last: 2 });
  expect(order.whole(40)).toEqual({ first: 0, last: 3 });
});

test("there has to be such a slice", () => {
  expect(() => new SliceOrder(6, 6, 4)).toThrow("no slice 6 of 6");
});
