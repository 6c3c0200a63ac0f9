import { beforeEach, expect, test } from "vitest";
import { Live, type Stream } from "../../src/worklist/live.ts";

class Source implements Stream {
  readyState = 1;
  closed = false;
  private readonly listeners = new Map<string, (event: { data?: string }) => void>();

  addEventListener(type: string, listener: (event: { data?: string }) => void): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.closed = true;
  }

  say(type: string, data = "{}"): void {
    this.listeners.get(type)?.({ data });
  }
}

let heard: string[];
let sources: Source[];
let alarm: { what: () => void; millis: number } | null;
let live: Live;

beforeEach(() => {
  heard = [];
  sources = [];
  alarm = null;
  live = new Live(
    { changed: (task) => heard.push("changed " + task), reread: () => heard.push("reread"), live: (on) => heard.push(on ? "live" : "not live") },
    {
      open: () => {
        sources.push(new Source());
        return sources.at(-1)!;
      },
      later: (what, millis) => {
        alarm = { what, millis };
        return () => (alarm = null);
      },
    },
  );
  live.start();
});

test("it is live once the server says so, and everything is read anew then", () => {
  expect(heard).toEqual([]);
  sources[0]!.say("ready");
  expect(heard).toEqual(["live", "reread"]);
  sources[0]!.say("task", '{"task":"a","state":"CLAIMED","kind":"changed"}');
  sources[0]!.say("beat");
  expect(heard).toEqual(["live", "reread", "changed a"]);
});

test("silence means that it is not live, and it is opened anew", () => {
  sources[0]!.say("ready");
  alarm!.what();
  expect(heard.at(-1)).toBe("not live");
  expect(sources.length).toBe(2);
  expect(sources[0]!.closed).toBe(true);
  sources[0]!.say("task", '{"task":"late"}');
  expect(heard.at(-1)).toBe("not live");
  sources[1]!.say("ready");
  expect(heard.slice(-2)).toEqual(["live", "reread"]);
});

test("a server that hears nothing is not live until it has told to read anew", () => {
  sources[0]!.say("ready");
  sources[0]!.say("deaf");
  expect(heard.at(-1)).toBe("not live");
  sources[0]!.say("reread");
  expect(heard.slice(-2)).toEqual(["live", "reread"]);
});

test("a stream that is refused is tried again after a while", () => {
  sources[0]!.readyState = 2;
  sources[0]!.say("error");
  expect(alarm!.millis).toBeGreaterThan(5_000);
  alarm!.what();
  expect(sources.length).toBe(2);
});

test("a stream that only ended after its time stays live if it is back soon", () => {
  sources[0]!.say("ready");
  sources[0]!.readyState = 0;
  sources[0]!.say("error");
  expect(heard).toEqual(["live", "reread"]);
  sources[0]!.readyState = 1;
  sources[0]!.say("ready");
  expect(heard).toEqual(["live", "reread", "reread"]);
});
