// Why a case cannot be opened, in words.

import { text } from "../texts/texts.ts";
import { ApiError, api } from "./api.ts";
import { clock, messageOf, notice } from "./dom.ts";

export async function sayNotOpened(failure: unknown, task: string | null): Promise<void> {
  const held = task !== null && failure instanceof ApiError && failure.code === "HELD";
  notice(held ? await heldBy(task) : messageOf(failure), { error: true, title: text("case.not-opened") });
}

async function heldBy(task: string): Promise<string> {
  const { lease } = await api.task(task);
  return lease ? text("worklist.held-by", { reader: lease.holder, time: clock(lease.until) }) : text("worklist.held-by-other");
}
