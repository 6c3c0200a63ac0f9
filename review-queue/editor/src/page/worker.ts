// The page's worker: computes what would make the page stand still.

import { type Question, answer } from "../editing/background.ts";

const scope = globalThis as unknown as { onmessage: (event: MessageEvent<{ id: number; question: Question }>) => void; postMessage(message: unknown): void };

scope.onmessage = ({ data: { id, question } }) => {
  try {
    scope.postMessage({ id, answer: answer(question) });
  } catch (failure) {
    scope.postMessage({ id, failure: String(failure) });
  }
};
