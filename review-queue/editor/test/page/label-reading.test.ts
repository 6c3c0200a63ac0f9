import fc from "fast-check";
import { expect, test } from "vitest";
import { LabelReading } from "../../src/page/label-reading.ts";

function read(labels: readonly number[], highest: number, pieces: readonly number[]) {
  const bytes = new Uint8Array(Uint16Array.from(labels).buffer);
  const reading = new LabelReading(labels.length, highest);
  let from = 0;
  for (const length of [...pieces, bytes.length]) {
    const piece = bytes.subarray(from, from + length);
    reading.take(piece, from);
    from += piece.length;
  }
  expect(reading.bytes).toBe(bytes.length);
  return reading.labels;
}

test("labels are the same in 8 bits as in 16, wherever the pieces end", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(255), { minLength: 1, maxLength: 40 }), fc.array(fc.nat(9), { maxLength: 12 }), (labels, pieces) => {
      const narrow = read(labels, 255, pieces);
      expect(narrow).toBeInstanceOf(Uint8Array);
      expect([...narrow]).toEqual(labels);
    }),
  );
});

test("labels above 255 keep their width", () => {
  const wide = read([0, 300, 65535], 300, [1, 2]);
  expect(wide).toBeInstanceOf(Uint16Array);
  expect([...wide]).toEqual([0, 300, 65535]);
});

test("300 never becomes 44", () => {
  for (const pieces of [[], [1], [2], [3]]) expect(() => read([1, 300], 3, pieces)).toThrow();
});
