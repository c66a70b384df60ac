/** All that the page asks of the server. */

let csrf = "";

/** What the server refused, with its code and its hint. */
export class ApiError extends Error {
  constructor(status, { code = "", message = "", hint = "" } = {}) {
    super(message || `the server answered ${status}`);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}

/**
 * Ask the server.
 *
 * @param {string} method Of HTTP.
 * @param {string} path Under `api/v1/`.
 * @param {object|FormData} body Sent as JSON, or as a form.
 * @returns {Promise<any>} Its answer, null when it has none.
 */
async function ask(method, path, body) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  let content = body;
  if (body && !(body instanceof FormData)) {
    headers["Content-Type"] = "application/json";
    content = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(`api/v1/${path}`, { method, headers, body: content, credentials: "same-origin" });
  } catch {
    throw new ApiError(0, { message: "the server cannot be reached", hint: "is claimcheck serve still running?" });
  }
  const value = await read(answer);
  if (answer.ok) return value;
  if (answer.status === 401) document.dispatchEvent(new CustomEvent("signed-out"));
  throw new ApiError(answer.status, value?.error);
}

async function read(answer) {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}

function remember(me) {
  csrf = me?.csrf || "";
  return me;
}

const part = encodeURIComponent;

/** An identifier with slashes kept, as it stands in an address. */
const segments = (id) => id.split("/").map(part).join("/");

function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

export const api = {
  me: async () => remember(await ask("GET", "me")),
  signIn: async (token) => remember(await ask("POST", "session", { token })),
  signOut: () => ask("DELETE", "session"),

  startCheck: (draft) => ask("POST", "checks", draft),
  uploadCheck: (file) => ask("POST", "checks", formWith(file)),
  checks: (page = {}) => ask("GET", `checks${query(page)}`),
  check: (id) => ask("GET", `checks/${part(id)}`),
  removeCheck: (id) => ask("DELETE", `checks/${part(id)}`),
  decide: (id, number, decision) => ask("POST", `checks/${part(id)}/claims/${number}/decisions`, decision),
  events: (id) => new EventSource(`api/v1/checks/${part(id)}/events`),
  exportAddress: (id, format) => `api/v1/checks/${part(id)}/export?format=${part(format)}`,

  documents: (search = {}) => ask("GET", `documents${query(search)}`),
  document: (id) => ask("GET", `documents/${segments(id)}`),
  addDocument: (file) => ask("POST", "documents", formWith(file)),
  removeDocument: (id) => ask("DELETE", `documents/${segments(id)}`),

  audit: (page = {}) => ask("GET", `audit${query(page)}`),
};

function formWith(file) {
  const form = new FormData();
  form.append("file", file, file.name);
  return form;
}
