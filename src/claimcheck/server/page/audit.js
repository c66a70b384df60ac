/** The audit log: who did what, when, on which evidence and with which versions. */
import { api } from "./api.js";
import { button, fill, h, moment } from "./dom.js";
import { empty, notice, skeleton } from "./notice.js";
import { VERDICTS, icon, verdictWords } from "./words.js";

export function auditView() {
  const state = h("div", {}, skeleton(8));
  const rows = h("tbody");
  const table = h(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-labelledby": "audit-title" },
    h(
      "table",
      { class: "audit" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["When", "Who", "What", "On", "Details"].map((head) => h("th", { scope: "col" }, head)),
        ),
      ),
      rows,
    ),
  );
  const more = h("div", { class: "more" });
  const element = h(
    "div",
    { class: "page" },
    h("div", { class: "page-head" }, h("h1", { id: "audit-title" }, "Audit log")),
    h(
      "p",
      { class: "quiet" },
      "Every check, decision, addition and removal, with the versions and the evidence that it rests on. Lines are only ever added.",
    ),
    state,
    more,
  );
  let cursor = null;

  async function read() {
    try {
      const page = await api.audit({ before: cursor, limit: 50 });
      rows.append(...page.lines.map(row));
      cursor = page.next ?? null;
      fill(
        state,
        rows.childElementCount ? table : empty("Nothing yet", "What people do here is written down in this log."),
      );
      fill(more, cursor ? button("Show older lines", read) : null);
    } catch (error) {
      fill(state, notice(error, { again: read }));
    }
  }
  read();
  return { element };
}

function row(entry) {
  const check = /^[0-9a-f]{8,}(?=\/|$)/.exec(entry.target)?.[0];
  const removed = entry.action.endsWith("removed");
  return h(
    "tr",
    {},
    h("td", {}, moment(entry.made)),
    h("td", {}, entry.who, entry.role ? h("span", { class: "quiet small" }, ` ${entry.role}`) : null),
    h("td", {}, entry.action),
    h(
      "td",
      {},
      check && !removed
        ? h("a", { href: `#/checks/${entry.target}` }, entry.detail?.name || entry.target)
        : entry.detail?.name || entry.target,
    ),
    h("td", { class: "small" }, details(entry.detail || {})),
  );
}

/** What was written down beside: words for what is known, the rest as it is. */
function details({ name, verdict, found, comment, verdicts, error, versions, evidence_hash: hash, sha256 }) {
  const parts = [
    verdict ? `to ${verdictWords(verdict).toLowerCase()}` : null,
    found ? `by the sources ${verdictWords(found).toLowerCase()}` : null,
    comment ? `“${comment}”` : null,
    verdicts ? tally(verdicts) : null,
    error ? error.message : null,
    hash ? ["evidence ", h("code", { title: hash }, hash.slice(0, 12))] : null,
    sha256 ? ["draft ", h("code", { title: sha256 }, sha256.slice(0, 12))] : null,
    versions ? versionWords(versions) : null,
  ].filter(Boolean);
  return parts.length
    ? h(
        "ul",
        { class: "details" },
        parts.map((part) => h("li", {}, part)),
      )
    : name
      ? ""
      : "–";
}

function tally(verdicts) {
  return h(
    "span",
    { class: "counts" },
    VERDICTS.map((name) => [name, verdicts.filter((v) => v.verdict === name).length])
      .filter(([, number]) => number)
      .map(([name, number]) =>
        h("span", { "data-verdict": name }, icon(name), ` ${number} ${verdictWords(name).toLowerCase()}`),
      ),
  );
}

function versionWords(versions) {
  const words = Object.entries(versions)
    .filter(([, value]) => value !== null && typeof value !== "object")
    .map(([key, value]) => {
      const text = String(value);
      return `${key.replaceAll("_", " ")} ${text.length > 14 ? text.slice(0, 12) : text}`;
    });
  return words.length ? h("span", { class: "quiet" }, words.join(", ")) : null;
}
