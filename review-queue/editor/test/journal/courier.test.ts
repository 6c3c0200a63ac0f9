import { describe, expect, it } from "vitest";
import { Courier, type Situation } from "../../src/journal/courier.ts";
import { passingShelf } from "../../src/journal/shelf.ts";
import { type WireEntry, fromWire, toWire } from "../../src/journal/wire.ts";

const step = (number: number): WireEntry => ({ number, kind: "edit", of: 0, tool: "brush", segment: 1, at: 0, activeMillis: 0, pathMm: 0, runs: "AAEB" });

/** A server that answers as told, one answer for each call, the last one for ever. */
function world(answers: ("ok" | "away" | "no")[]) {
  const received: number[][] = [];
  const situations: Situation[] = [];
  const waits: number[] = [];
  const shelf = passingShelf();
  const courier = new Courier(
    {
      shelf,
      send: async (entries) => {
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer !== "ok") throw answer;
        received.push(entries.map((entry) => entry.number));
        return entries[entries.length - 1]!.number;
      },
      failure: (thrown) => ({ passing: thrown === "away", message: "went on elsewhere" }),
      wait: async (millis) => void waits.push(millis),
      changed: (situation) => situations.push(situation),
    },
    0,
  );
  return { courier, shelf, received, situations, waits };
}

describe("the journal's courier", () => {
  it("brings every step, in order, and clears the shelf", async () => {
    const { courier, shelf, received, situations } = world(["ok"]);
    for (let number = 1; number <= 500; number++) courier.take(step(number));
    await courier.settled();
    expect(received.flat()).toEqual([...Array(500).keys()].map((at) => at + 1));
    expect(received.every((parcel) => parcel.length <= 200)).toBe(true);
    expect(await shelf.all()).toEqual([]);
    expect(situations[situations.length - 1]).toEqual({ kind: "kept", last: 500 });
  });

  it("tries again with longer and longer pauses while the server is away, and keeps all that time", async () => {
    const { courier, received, situations, waits } = world(["away", "away", "away", "ok"]);
    courier.take(step(1));
    courier.take(step(2));
    await courier.settled();
    expect(waits).toEqual([500, 1000, 2000]);
    expect(received.flat()).toEqual([1, 2]);
    expect(situations.filter((one) => one.kind === "away").length).toBe(3);
  });

  it("never waits longer than a quarter of a minute", async () => {
    const { courier, waits } = world([...Array<"away">(12).fill("away"), "ok"]);
    courier.take(step(1));
    await courier.settled();
    expect(Math.max(...waits)).toBe(15_000);
  });

  it("stops at a refusal, says so, and leaves the steps on the shelf", async () => {
    const { courier, shelf, situations } = world(["ok", "no"]);
    courier.take(step(1));
    await courier.settled();
    courier.take(step(2));
    courier.take(step(3));
    await expect(courier.settled()).rejects.toThrow("went on elsewhere");
    courier.take(step(4));
    await expect(courier.settled()).rejects.toThrow("went on elsewhere");
    expect((await shelf.all()).map((entry) => entry.number)).toEqual([2, 3, 4]);
    expect(courier.unsent).toBe(3);
    expect(situations[situations.length - 1]).toEqual({ kind: "refused", waiting: 3, message: "went on elsewhere" });
  });
});

describe("entries on the wire", () => {
  it("come back as they went", () => {
    const runs = Uint8Array.from({ length: 70_000 }, (_, at) => at % 251);
    const edit = { number: 3, kind: "edit", tool: "lasso", segment: 2, at: 7, activeMillis: 8, pathMm: 1.5, runs } as const;
    expect(fromWire(toWire(edit))).toEqual(edit);
    const undo = { number: 4, kind: "undo", of: 3, at: 9, activeMillis: 0, pathMm: 0, runs: new Uint8Array() } as const;
    expect(fromWire(toWire(undo))).toEqual(undo);
  });
});
