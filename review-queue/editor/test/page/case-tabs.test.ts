import { describe, expect, it } from "vitest";
import { CaseTabs, type TabChannel } from "../../src/page/case-tabs.ts";

/** Tabs of one browser: what one says, all others hear. */
class Browser {
  private readonly listeners: { readonly of: object; readonly listener: (event: { readonly data: unknown }) => void }[] = [];

  tab(): CaseTabs {
    const channel: TabChannel = {
      postMessage: (data) => this.listeners.filter(({ of }) => of !== channel).forEach(({ listener }) => queueMicrotask(() => listener({ data }))),
      addEventListener: (_, listener) => void this.listeners.push({ of: channel, listener }),
    };
    return new CaseTabs(channel, 5);
  }
}

describe("a case in two tabs", () => {
  it("is elsewhere if another tab works on it", async () => {
    const browser = new Browser();
    const [one, other] = [browser.tab(), browser.tab()];
    one.hold("anna/1", async () => {});
    expect(await other.isElsewhere("anna/1")).toBe(true);
    expect(await other.isElsewhere("anna/2")).toBe(false);
    expect(await other.isElsewhere("ben/1")).toBe(false);
    expect(await one.isElsewhere("anna/1")).toBe(false);
  });

  it("is nowhere once it was let go", async () => {
    const browser = new Browser();
    const [one, other] = [browser.tab(), browser.tab()];
    const letGo = one.hold("anna/1", async () => {});
    letGo();
    expect(await other.isElsewhere("anna/1")).toBe(false);
  });

  it("lets go of the case that it held, not of the one that it holds now", async () => {
    const browser = new Browser();
    const [one, other] = [browser.tab(), browser.tab()];
    const letGo = one.hold("anna/1", async () => {});
    one.hold("anna/2", async () => {});
    letGo();
    expect(await other.isElsewhere("anna/2")).toBe(true);
  });

  it("is taken over once the first tab has brought everything away", async () => {
    const browser = new Browser();
    const [one, other] = [browser.tab(), browser.tab()];
    const told: string[] = [];
    one.hold("anna/1", async () => {
      await Promise.resolve();
      told.push("brought away");
    });
    await other.take("anna/1");
    told.push("taken");
    other.hold("anna/1", async () => {});
    expect(told).toEqual(["brought away", "taken"]);
    expect(await one.isElsewhere("anna/1")).toBe(true);
  });

  it("is taken over even if what is on the way cannot be brought", async () => {
    const browser = new Browser();
    const [one, other] = [browser.tab(), browser.tab()];
    one.hold("anna/1", () => Promise.reject(new Error("no server")).catch(() => {}));
    await other.take("anna/1");
    expect(await other.isElsewhere("anna/1")).toBe(false);
  });
});
