// The server's JSON API. Every request goes to our own origin with the cookie and the page's header.

import type { UsualVolume } from "../core/suspects/suspect.ts";
import type { WireEntry } from "../journal/wire.ts";
import { text } from "../texts/texts.ts";
import type { CaseGeometry, Claim, Coming, Decision, Journal, Protocol, Receipt, Task, TaskState, User } from "./server.ts";

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, body: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

export interface RequestOptions {
  readonly json?: unknown;
  readonly form?: FormData;
  readonly signal?: AbortSignal | undefined;
  readonly keepalive?: boolean;
  /** A request that does not ask for a login when it is refused. */
  readonly open?: boolean;
}

let askForLogin = async (): Promise<unknown> => {
  throw new ApiError(401, "LOGIN_NEEDED", text("login.first"));
};

/** What to do when the session has ended; the request is sent again when it returns. */
export function onLoginNeeded(ask: () => Promise<unknown>): void {
  askForLogin = ask;
}

const PAGE_HEADER = { "X-Firstpass-Page": "1" };

/** Sends a request; a refusal is thrown as an {@link ApiError}. */
export async function send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
  const { json: body, form, signal, keepalive, open } = options;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? PAGE_HEADER : { ...PAGE_HEADER, "Content-Type": "application/json" },
      body: body === undefined ? (form ?? null) : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: signal ?? null,
      keepalive: keepalive ?? false,
    });
  } catch (failure) {
    if (isAbort(failure)) throw failure;
    throw new ApiError(0, "NO_ANSWER", text("api.no-answer"));
  }
  if (response.status === 401 && !open) {
    await askForLogin();
    return send(method, path, { ...options, open: true });
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

export const isAbort = (failure: unknown): boolean => failure instanceof DOMException && failure.name === "AbortError";

async function refusal(response: Response): Promise<ApiError> {
  let body: { code?: string; message?: string } = {};
  try {
    body = (await response.json()) as typeof body;
  } catch {
    // Not ours: a proxy, perhaps.
  }
  return new ApiError(response.status, body.code ?? "HTTP_" + response.status, body.message ?? text("api.status", { status: response.status }), body);
}

/** The answer as JSON; null if there is none. */
export async function json<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
  const response = await send(method, path, options);
  const body = response.status === 204 ? "" : await response.text();
  return (body ? JSON.parse(body) : null) as T;
}

export const taskPath = (id: string, rest = ""): string => "/api/tasks/" + encodeURIComponent(id) + rest;

export const api = {
  login: (user: string, password: string) => json<User>("POST", "/api/login", { json: { user, password }, open: true }),
  logout: () => json<null>("POST", "/api/logout", { json: {}, open: true }),
  whoIsThere: () => json<User>("GET", "/api/me", { open: true }),
  tasks: (state: TaskState, limit: number, signal?: AbortSignal) => json<Task[]>("GET", "/api/tasks?state=" + state + "&limit=" + limit, { signal }),
  coming: (signal?: AbortSignal) => json<Coming[]>("GET", "/api/coming", { signal }),
  foreign: (signal?: AbortSignal) => json<unknown[]>("GET", "/api/foreign", { signal }),
  decideForeign: (id: string, word: unknown) => json<{ receipt?: Receipt }>("POST", "/api/foreign/" + encodeURIComponent(id) + "/decision", { json: word }),
  task: (id: string) => json<Task>("GET", taskPath(id)),
  next: () => json<Claim | null>("POST", "/api/tasks/next", { json: {} }),
  claim: (id: string) => json<Claim>("POST", taskPath(id, "/claim"), { json: {} }),
  renew: (id: string, transaction: string) => json<{ leaseUntil: string } | null>("POST", taskPath(id, "/renew"), { json: { transaction } }),
  release: (id: string, transaction: string, keepalive = false) => json<unknown>("POST", taskPath(id, "/release"), { json: { transaction }, keepalive, open: keepalive }),
  discontinue: (id: string, transaction: string, reason: string) => json<unknown>("POST", taskPath(id, "/discontinue"), { json: { transaction, reason } }),
  undo: (id: string, transaction: string) => json<Claim>("POST", taskPath(id, "/undo"), { json: { transaction } }),
  readers: () => json<readonly string[]>("GET", "/api/readers"),
  handOver: (id: string, transaction: string, to: string, note: string) => json<unknown>("POST", taskPath(id, "/hand-over"), { json: { transaction, to, note } }),
  flag: (id: string, comment: string) => json<unknown>("PUT", taskPath(id, "/flag"), { json: { comment } }),
  unflag: (id: string) => json<unknown>("DELETE", taskPath(id, "/flag")),
  journal: (id: string) => json<Journal>("GET", taskPath(id, "/journal")),
  keepSteps: (id: string, entries: readonly WireEntry[]) => json<{ last: number }>("POST", taskPath(id, "/journal"), { json: { entries } }),
  usualVolumes: async (id: string, signal?: AbortSignal) => (await json<{ segments: UsualVolume[] }>("GET", taskPath(id, "/volumes"), { signal })).segments,
  protocol: (id: string, signal?: AbortSignal) => json<Protocol>("GET", taskPath(id, "/protocol"), { signal }),
  geometry: (id: string, signal?: AbortSignal) => json<CaseGeometry>("GET", taskPath(id, "/geometry"), { signal }),

  submit(id: string, transaction: string, decision: Decision): Promise<Receipt> {
    const form = new FormData();
    form.append("decision", JSON.stringify(decision));
    return json<Receipt>("POST", taskPath(id, "/submit?transaction=" + encodeURIComponent(transaction)), { form });
  },
};

/**
 * Reads an answer piece by piece.
 *
 * @param what it is, for a message
 * @param expected how many bytes there must be, no more and no less
 * @param take is given each piece and where in the answer it begins
 */
export async function streamed(what: string, response: Response, expected: number, take: (piece: Uint8Array, from: number) => void): Promise<void> {
  const reader = response.body!.getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > expected) throw wrongSize(what, expected, at + value.length);
    take(value, at);
    at += value.length;
  }
  if (at !== expected) throw wrongSize(what, expected, at);
}

function wrongSize(what: string, expected: number, found: number): ApiError {
  return new ApiError(0, "WRONG_SIZE", text("api.wrong-size", { what, expected, found }));
}
