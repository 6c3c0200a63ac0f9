// The shelf in the browser's own database, one store for all tasks of this origin.

import type { Shelf } from "./courier.ts";
import type { WireEntry } from "./wire.ts";

const NAME = "firstpass-journal";
const STORE = "steps";

/** Steps of one reader on one task. */
export async function openShelf(reader: string, task: string): Promise<Shelf> {
  const database = await open();
  const range = (upTo: number) => IDBKeyRange.bound([reader, task, 0], [reader, task, upTo]);
  const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode, { durability: "strict" }).objectStore(STORE);
  return {
    put: (entry) => done(store("readwrite").put(entry, [reader, task, entry.number])),
    drop: (upTo) => done(store("readwrite").delete(range(upTo))),
    all: () => answered<WireEntry[]>(store("readonly").getAll(range(Number.MAX_SAFE_INTEGER))),
  };
}

/** A shelf for a browser that has no database, as in a private window: steps live as long as the page. */
export function passingShelf(): Shelf {
  const entries = new Map<number, WireEntry>();
  return {
    put: async (entry) => void entries.set(entry.number, entry),
    drop: async (upTo) => [...entries.keys()].filter((number) => number <= upTo).forEach((number) => entries.delete(number)),
    all: async () => [...entries.values()].sort((a, b) => a.number - b.number),
  };
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's database does not answer"));
  });
}

/** Ends when the transaction is on the disk, not before. */
function done<T>(request: IDBRequest<T>): Promise<void> {
  return new Promise((resolve, reject) => {
    const { transaction } = request;
    if (!transaction) return reject(new Error("no transaction"));
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("the browser's database gave up"));
  });
}
