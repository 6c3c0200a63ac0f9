// What the server answered to a submission, shown to the reader.

import { text } from "../texts/texts.ts";
import { count, notice, shortUid } from "./dom.ts";
import type { Receipt, Task } from "./server.ts";

export function showReceipt(receipt: Receipt, task: Task): void {
  const found = Object.values(receipt.voxels).filter((number) => number > 0);
  const sentence = text("case.receipt", {
    series: shortUid(task.series),
    revision: receipt.revision,
    voxels: count(found.reduce((sum, number) => sum + number, 0)),
    segments: found.length,
    receipt: receipt.correctionId.slice(0, 8),
    digest: receipt.digest.slice(0, 12),
  });
  const box = notice(sentence, { title: text("case.recorded"), seconds: 12, id: "receipt" });
  box.dataset["correction"] = receipt.correctionId;
  box.dataset["digest"] = receipt.digest;
}
