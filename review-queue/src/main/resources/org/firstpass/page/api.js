// The server's JSON API. Every request goes to our own origin with the cookie and the page's header.

export class ApiError extends Error {
  constructor(status, code, message, body = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

let askForLogin = async () => {
  throw new ApiError(401, "LOGIN_NEEDED", "Log in first.");
};

/** What to do when the session has ended; the request is sent again when it returns. */
export function onLoginNeeded(ask) {
  askForLogin = ask;
}

const PAGE_HEADER = { "X-Firstpass-Page": "1" };

async function send(method, path, { json, form, signal, keepalive, open } = {}) {
  const headers = { ...PAGE_HEADER };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: json !== undefined ? JSON.stringify(json) : form,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal,
      keepalive,
    });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new ApiError(0, "NO_ANSWER", "The server does not answer. Check that it is running and that you are on its network; then try again.");
  }
  if (response.status === 401 && !open) {
    await askForLogin();
    return send(method, path, { json, form, signal, keepalive, open: true });
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // Not ours: a proxy, perhaps.
  }
  return new ApiError(response.status, body.code ?? "HTTP_" + response.status, body.message ?? "The server answered " + response.status + ".", body);
}

async function json(method, path, options) {
  const response = await send(method, path, options);
  if (response.status === 204) return null;
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

const task = (id, rest = "") => "/api/tasks/" + encodeURIComponent(id) + rest;

export const api = {
  login: (user, password) => json("POST", "/api/login", { json: { user, password }, open: true }),
  logout: () => json("POST", "/api/logout", { json: {}, open: true }),
  whoIsThere: () => json("GET", "/api/me", { open: true }),
  tasks: (state, limit, signal) => json("GET", "/api/tasks?state=" + state + "&limit=" + limit, { signal }),
  coming: (signal) => json("GET", "/api/coming", { signal }),
  foreign: (signal) => json("GET", "/api/foreign", { signal }),
  decideForeign: (id, word) => json("POST", "/api/foreign/" + encodeURIComponent(id) + "/decision", { json: word }),
  task: (id) => json("GET", task(id)),
  next: () => json("POST", "/api/tasks/next", { json: {} }),
  claim: (id) => json("POST", task(id, "/claim"), { json: {} }),
  renew: (id, transaction) => json("POST", task(id, "/renew"), { json: { transaction } }),
  release: (id, transaction, keepalive = false) => json("POST", task(id, "/release"), { json: { transaction }, keepalive, open: keepalive }),
  discontinue: (id, transaction, reason) => json("POST", task(id, "/discontinue"), { json: { transaction, reason } }),
  journal: (id) => json("GET", task(id, "/journal")),
  keepSteps: (id, entries) => json("POST", task(id, "/journal"), { json: { entries } }),
  geometry: (id, signal) => json("GET", task(id, "/geometry"), { signal }),
  submit(id, transaction, decision) {
    const form = new FormData();
    form.append("decision", JSON.stringify(decision));
    return json("POST", task(id, "/submit?transaction=" + encodeURIComponent(transaction)), { form });
  },

  /** Streams an array of values into `bytes`, telling after each piece how many are there. */
  async voxels(id, what, bytes, signal, arrived) {
    const response = await send("GET", task(id, "/" + what), { signal });
    const reader = response.body.getReader();
    let at = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > bytes.length) throw wrongSize(what, bytes.length, at + value.length);
      bytes.set(value, at);
      at += value.length;
      arrived(at);
    }
    if (at !== bytes.length) throw wrongSize(what, bytes.length, at);
  },
};

function wrongSize(what, expected, found) {
  return new ApiError(0, "WRONG_SIZE", "The " + what + " should have " + expected + " bytes, but " + found + " came. Nothing is shown rather than something wrong; reload the page.");
}
