/** What was checked before: the list of checks, and the last few of them. */
import { api } from "./api.js";
import { announce, button, fill, h, moment, unseen } from "./dom.js";
import { openDialog } from "./keys.js";
import { empty, notice, skeleton } from "./notice.js";
import { joined } from "./source.js";
import { VERDICTS, icon, verdictWords } from "./words.js";

const STATES = { waiting: "waiting", running: "being checked", failed: "cut short" };

export function historyView({ me }) {
  const list = h("div", {}, skeleton(8));
  const more = h("div", { class: "more" });
  const element = h(
    "div",
    { class: "page" },
    h(
      "div",
      { class: "page-head" },
      h("h1", {}, "History"),
      h("a", { class: "button is-main", href: "#/" }, "Check a draft"),
    ),
    list,
    more,
  );
  const rows = h("ol", { class: "history" });
  let cursor = null;

  async function read() {
    try {
      const page = await api.checks({ before: cursor, limit: 30 });
      rows.append(...page.checks.map((check) => row(check, me, again)));
      cursor = page.next ?? null;
      fill(
        list,
        rows.childElementCount
          ? rows
          : empty(
              "Nothing has been checked yet",
              "Drafts that are checked here stand in this list, with their verdicts and decisions.",
              h("a", { class: "button is-main", href: "#/" }, "Check a draft"),
            ),
      );
      fill(more, cursor ? button("Show older checks", read) : null);
    } catch (error) {
      fill(list, notice(error, { again: read }));
    }
  }
  function again() {
    cursor = null;
    fill(rows);
    read();
  }
  read();
  return { element };
}

function row(check, me, again) {
  const address = `#/checks/${encodeURIComponent(check.id)}`;
  return h(
    "li",
    { class: "history-row" },
    h(
      "div",
      { class: "history-name" },
      h("a", { href: address }, check.name),
      h("p", { class: "facts" }, joined([check.author, moment(check.created)])),
    ),
    check.state === "done"
      ? counts(check.summary)
      : h("span", { class: "state", "data-state": check.state }, STATES[check.state] || check.state),
    me.role === "admin"
      ? button(["Remove", unseen(` ${check.name}`)], () => confirmRemoval(check, again), {
          class: "button is-quiet is-small",
        })
      : null,
  );
}

/** How many claims came out how: numbers, with their drawings. */
function counts(summary) {
  const claims = summary?.claims || {};
  return h(
    "ul",
    { class: "counts" },
    VERDICTS.filter((name) => claims[name]).map((name) =>
      h(
        "li",
        { "data-verdict": name, title: verdictWords(name) },
        icon(name),
        String(claims[name]),
        unseen(` ${verdictWords(name).toLowerCase()}`),
      ),
    ),
  );
}

function confirmRemoval(check, again) {
  confirm({
    title: "Remove this check?",
    words: `“${check.name}” and the decisions on it are removed for everybody. The audit log keeps that it was there.`,
    action: "Remove the check",
    run: async () => {
      await api.removeCheck(check.id);
      announce("The check was removed.");
      again();
    },
  });
}

/** Ask before something that cannot be undone. */
export function confirm({ title, words, action, run }) {
  const said = h("div", { class: "said" });
  const { dialog } = openDialog(
    { title, kind: "confirm" },
    h("p", {}, words),
    said,
    h(
      "div",
      { class: "form-buttons" },
      button(
        action,
        async () => {
          try {
            await run();
            dialog.close();
          } catch (error) {
            fill(said, notice(error));
          }
        },
        { class: "button is-grave" },
      ),
      button("Keep it", () => dialog.close()),
    ),
  );
}

/** The last few checks, for the start page. */
export function recentChecks() {
  const section = h("section", { class: "recent" }, h("h2", {}, "Last checks"), skeleton(4));
  api
    .checks({ limit: 5 })
    .then((page) => {
      fill(
        section,
        h("h2", {}, "Last checks"),
        page.checks.length
          ? [
              h(
                "ol",
                { class: "history" },
                page.checks.map((check) => row(check, { role: "reader" })),
              ),
              h("a", { href: "#/checks" }, "All checks"),
            ]
          : h("p", { class: "quiet" }, "None yet."),
      );
    })
    .catch((error) => fill(section, notice(error)));
  return section;
}
