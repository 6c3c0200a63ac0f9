import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agree, proofOf } from "../../src/core/receipt.ts";
import { Sha256 } from "../../src/core/sha256.ts";

/** As the platform's own implementation has it. */
async function known(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

describe("SHA-256", () => {
  it("is that of another implementation, however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), async (pieces) => {
        const digest = new Sha256();
        pieces.forEach((piece) => digest.update(piece));
        expect(digest.hex()).toBe(await known(Uint8Array.from(pieces.flatMap((piece) => [...piece]))));
      }),
    );
  });

  it("pads at the edges of a block", async () => {
    for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128]) {
      const bytes = Uint8Array.from({ length }, (_, at) => at);
      const digest = new Sha256();
      digest.update(bytes);
      expect(digest.hex(), String(length)).toBe(await known(bytes));
    }
  });
});

describe("the proof of labels", () => {
  const raw = (values: readonly number[]) => new Uint8Array(Uint16Array.from(values).buffer);

  it("counts segments and digests 16-bit values, whatever the width of the labels here", async () => {
    const values = [0, 1, 2, 1, 7, 0];
    const expected = { voxels: { 1: 2, 2: 1, 7: 1 }, digest: await known(raw(values)) };
    expect(proofOf({ values: Uint8Array.from(values), keptOut: [] })).toEqual(expected);
    expect(proofOf({ values: Uint16Array.from(values), keptOut: [] })).toEqual(expected);
  });

  it("has labels above 255 with their second byte", async () => {
    const values = [300, 44, 0];
    expect(proofOf({ values: Uint16Array.from(values), keptOut: [] })).toEqual({ voxels: { 300: 1, 44: 1 }, digest: await known(raw(values)) });
  });

  it("leaves out what was rejected or is not assessable", async () => {
    expect(proofOf({ values: Uint8Array.of(1, 2, 3, 2), keptOut: [2, 9] })).toEqual({ voxels: { 1: 1, 3: 1 }, digest: await known(raw([1, 0, 3, 0])) });
  });

  it("goes on over the edge of a piece", async () => {
    const values = Uint8Array.from({ length: (1 << 15) * 2 + 17 }, (_, at) => at % 5);
    expect(proofOf({ values, keptOut: [] }).digest).toBe(await known(raw([...values])));
  });
});

describe("agreement", () => {
  const proof = { voxels: { 1: 3 }, digest: "ab" };

  it("does not mind segments without voxels", () => expect(agree(proof, { voxels: { 1: 3, 2: 0 }, digest: "ab" })).toBe(true));
  it("minds another digest", () => expect(agree(proof, { ...proof, digest: "ac" })).toBe(false));
  it("minds another count", () => expect(agree(proof, { ...proof, voxels: { 1: 4 } })).toBe(false));
  it("minds a segment that only one has", () => {
    expect(agree(proof, { ...proof, voxels: { 1: 3, 2: 1 } })).toBe(false);
    expect(agree({ ...proof, voxels: { 1: 3, 2: 1 } }, proof)).toBe(false);
  });
});
