/** The page: who is signed in, the header, and which view the address names. */
import { api } from "./api.js";
import { auditView } from "./audit.js";
import { checkView } from "./check.js";
import { composeView } from "./compose.js";
import { documentsView } from "./documents.js";
import { announce, fill, h } from "./dom.js";
import { header } from "./header.js";
import { historyView } from "./history.js";
import { notice } from "./notice.js";
import { signInView } from "./signin.js";

const main = document.getElementById("main");
const top = document.getElementById("top");
let me = null;
let view = null;

/** What each address shows: its name in the header, its title, and what makes it. */
const ROUTES = [
  [/^$/, "check", "Check a draft", () => composeView({ me })],
  [/^checks$/, "history", "History", () => historyView({ me })],
  [/^checks\/([^/]+)(?:\/(\d+))?$/, "check", "Check", ([id, number]) => checkView({ me, id, number })],
  [/^documents(?:\/(.+))?$/, "documents", "Documents", ([id]) => documentsView({ me, id })],
  [/^audit$/, "audit", "Audit log", () => auditView({ me })],
];

function route() {
  const address = location.hash.replace(/^#\/?/, "");
  const found = ROUTES.map(([form, ...rest]) => [form.exec(address), ...rest]).find(([match]) => match);
  if (!found) {
    location.replace("#/");
    return;
  }
  const [match, name, title, make] = found;
  const parts = match.slice(1).map((part) => (part === undefined ? null : decoded(part)));
  if (view?.moved?.(name, parts)) return;
  show(name, title, () => make(parts));
}

/** A part of the address as it was meant; one that was written by hand may be no code at all. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function show(name, title, make) {
  leave();
  fill(top, header({ me, current: name, onSignOut: signOut }));
  document.title = `${title} · claimcheck`;
  view = make();
  view.name = name;
  fill(main, view.element);
  window.scrollTo(0, 0);
  announce(title);
  if (document.activeElement === document.body || document.activeElement === null) return;
  main.focus({ preventScroll: true });
}

/** Let go of what is shown; a dialog that belongs to it goes too. */
function leave() {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  view?.leave?.();
}

function askToken(problem = "") {
  leave();
  view = signInView({
    problem,
    onSignedIn: (signedIn) => {
      me = signedIn;
      start();
    },
  });
  fill(top, header({ me: null, current: "", onSignOut: signOut }));
  document.title = "Sign in · claimcheck";
  fill(main, view.element);
  view.focus();
}

async function signOut() {
  try {
    await api.signOut();
  } finally {
    me = null;
    askToken();
  }
}

function start() {
  window.removeEventListener("hashchange", route);
  window.addEventListener("hashchange", route);
  route();
}

// The address keeps saying what is shown.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});

document.addEventListener("signed-out", () => {
  if (!me) return;
  me = null;
  askToken("You have been signed out.");
});

try {
  const asked = await api.me();
  if (asked.user) {
    me = asked;
    start();
  } else askToken();
} catch (error) {
  if (error.status === 401) askToken();
  else fill(main, h("div", { class: "narrow" }, notice(error)));
}
