/** What went wrong, in words: what, and what to do about it. */
import { announce, button, h } from "./dom.js";
import { icon, sentence } from "./words.js";

/**
 * @param {Error} error What the server or the page reported.
 * @param {object} options `again` is called by the button "Try again", which is there only with it.
 */
export function notice(error, { again } = {}) {
  announce(sentence(error.message), { urgent: true });
  return h(
    "div",
    { class: "notice is-error" },
    icon("error"),
    h(
      "div",
      {},
      h("p", {}, h("strong", {}, sentence(error.message))),
      error.hint ? h("p", {}, sentence(error.hint)) : null,
      error.code ? h("p", { class: "quiet small" }, error.code) : null,
    ),
    again ? button("Try again", again) : null,
  );
}

/** A place where nothing is yet, and what to do so that something will be. */
export function empty(title, hint, ...more) {
  return h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), h("p", { class: "quiet" }, hint), more);
}

/** Lines that stand where text will be. */
export function skeleton(lines = 4) {
  return h(
    "div",
    { class: "skeleton", "aria-hidden": "true" },
    Array.from({ length: lines }, () => h("span")),
  );
}
