/** Single-key shortcuts, which people can switch off, and the list of them. */
import { h } from "./dom.js";
import { icon } from "./words.js";

const SWITCH = "claimcheck-shortcuts";

const LIST = [
  ["j", "Next claim"],
  ["k", "Previous claim"],
  ["Enter", "Go to the evidence of the claim"],
  ["Esc", "Back to the draft"],
  ["s", "Open the best source in full"],
  ["a", "Accept the verdict"],
  ["o", "Override the verdict"],
  ["c", "Comment"],
  ["?", "This list"],
];

function allowed() {
  return localStorage.getItem(SWITCH) !== "off";
}

/**
 * Listen to single keys, unless somebody is typing or a dialog is open.
 *
 * @param {Record<string, function>} actions By key.
 * @returns {function} Stops listening.
 */
export function listen(actions) {
  const onKey = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const action = event.key === "?" ? openHelp : actions[event.key];
    if (!action || (event.key.length === 1 && !allowed())) return;
    if (action(event) !== false) event.preventDefault();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

function typing(target) {
  return (
    target instanceof Element &&
    target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select") !== null
  );
}

/** The list of shortcuts in a dialog. */
export function openHelp() {
  const box = h("input", {
    type: "checkbox",
    checked: allowed(),
    on: { change: () => localStorage.setItem(SWITCH, box.checked ? "on" : "off") },
  });
  const dialog = openDialog(
    { title: "Keyboard shortcuts", kind: "help" },
    h(
      "dl",
      { class: "keys" },
      LIST.map(([key, words]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, words))),
    ),
    h("label", { class: "switch" }, box, " Use single-letter shortcuts"),
  );
  return dialog;
}

/**
 * A dialog over the page, gone when it is closed; focus goes back to where it was.
 *
 * @param {object} options `title`, and `kind` as a class.
 * @param {...any} content What it shows.
 */
export function openDialog({ title, kind = "", onClose }, ...content) {
  const before = document.activeElement;
  const close = h(
    "button",
    { type: "button", class: "button is-icon", "aria-label": "Close", on: { click: () => dialog.close() } },
    icon("close"),
  );
  const heading = h("h2", { id: "dialog-title" }, title);
  const body = h("div", { class: "dialog-body" }, content);
  const dialog = h(
    "dialog",
    { class: `dialog ${kind}`, "aria-labelledby": "dialog-title" },
    h("div", { class: "dialog-head" }, heading, close),
    body,
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose?.();
    if (document.activeElement === document.body) before?.focus?.(); // this comes late: somebody may be typing already
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, body };
}
