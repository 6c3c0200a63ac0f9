import { describe, expect, it } from "vitest";
import { type Action, type ActionGroup, byKey, keyOf, keyText, keysText } from "../../src/page/action.ts";
import { assistGroup } from "../../src/page/assist-actions.tsx";
import type { Assist } from "../../src/page/assist.ts";
import { type CaseCommands, caseGroups } from "../../src/page/case-actions.ts";
import { lookingGroup } from "../../src/page/looking-actions.ts";
import { markGroup } from "../../src/page/mark-actions.tsx";
import type { Marks } from "../../src/page/marks.ts";
import { type ToolContext, toolGroups } from "../../src/page/tool-actions.tsx";
import { type Entry, catalogue } from "../../src/texts/catalogue.ts";

const TEXTS: Readonly<Record<string, Entry>> = Object.assign({}, ...Object.values(catalogue));

const segments = Array.from({ length: 12 }, (_, at) => ({ number: at + 1, label: "Segment " + (at + 1) }));

function allGroups(): ActionGroup[] {
  const view = { task: { schema: { segments } }, display: {} } as unknown as CaseCommands;
  const context = { editing: { settings: {} }, segments, other: 0, show: () => {} } as unknown as ToolContext;
  return [...toolGroups(context), markGroup({} as unknown as Marks), assistGroup({ context } as unknown as Assist), ...caseGroups(view), lookingGroup(() => undefined)];
}

interface Pressed {
  readonly key: string;
  readonly shiftKey?: boolean;
  readonly ctrlKey?: boolean;
  readonly altKey?: boolean;
  readonly graph?: boolean;
}

const pressed = ({ key, shiftKey = false, ctrlKey = false, altKey = false, graph = false }: Pressed) =>
  keyOf({ key, shiftKey, ctrlKey, altKey, metaKey: false, getModifierState: (name) => graph && name === "AltGraph" });

describe("the table of actions", () => {
  it("has no key and no name twice", () => {
    const groups = allGroups();
    const actions = groups.flatMap((group) => group.actions);
    expect(() => byKey(groups)).not.toThrow();
    expect(new Set(actions.map((action) => action.id)).size).toBe(actions.length);
    const names = actions.map((action) => TEXTS[action.name]![0]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it("refuses a key that is used twice", () => {
    const action = (id: string): Action => ({ id, name: "tool.brush", hint: "tool.brush.hint", keys: ["b"], run: () => {} });
    expect(() => byKey([{ id: "draw", title: "tools.draw", actions: [action("one"), action("other")] }])).toThrow("the key b is of one and of other");
  });

  it("has a name and one sentence for each action, and a key", () => {
    for (const action of allGroups().flatMap((group) => group.actions)) {
      for (const [at, hint] of TEXTS[action.hint]!.entries()) {
        expect(hint, action.id + " " + at).toMatch(/^[^.]+\.$/);
        expect(TEXTS[action.name]![at]!.length, action.id).toBeLessThan(40);
      }
      expect(action.keys.length, action.id).toBeGreaterThan(0);
    }
  });

  it("names keys as they can be pressed", () => {
    for (const key of allGroups().flatMap((group) => group.actions.flatMap((action) => action.keys))) {
      const plain = key.replace(/^(Ctrl\+)?(Shift\+)?(?=.)/, "");
      const shiftKey = key.includes("Shift+");
      expect(pressed({ key: shiftKey && plain.length === 1 ? plain.toUpperCase() : plain, shiftKey, ctrlKey: key.startsWith("Ctrl+") }), key).toBe(key);
    }
  });
});

describe("the name of a key", () => {
  it("is the sign that is printed, whatever it takes to print it", () => {
    expect(pressed({ key: "b" })).toBe("b");
    expect(pressed({ key: "B" })).toBe("b");
    expect(pressed({ key: "B", shiftKey: true })).toBe("Shift+b");
    expect(pressed({ key: "?", shiftKey: true })).toBe("?");
    expect(pressed({ key: "ArrowUp", shiftKey: true })).toBe("Shift+ArrowUp");
    expect(pressed({ key: "z", ctrlKey: true })).toBe("Ctrl+z");
  });

  it("takes AltGr for a way to print, and leaves Alt to the browser", () => {
    expect(pressed({ key: "{", ctrlKey: true, altKey: true, graph: true })).toBe("{");
    expect(pressed({ key: "b", altKey: true })).toBeNull();
  });

  it("is written as on the keyboard", () => {
    expect([keyText("Shift+l"), keyText("ArrowUp"), keyText("+"), keyText("Ctrl+k"), keyText("Escape")]).toEqual(["⇧ L", "↑", "+", "Ctrl K", "Esc"]);
    const digits = { id: "select", name: "tool.brush", hint: "tool.brush.hint", keys: ["1", "2", "3", "4", "5"], run: () => {} } as const;
    expect(keysText(digits)).toBe("1 … 5");
  });
});
