/** A document of the corpus: its text with a stretch marked, and the dialog that shows it over a draft. */
import { api } from "./api.js";
import { day, fill, h } from "./dom.js";
import { openDialog } from "./keys.js";
import { empty, notice, skeleton } from "./notice.js";
import { guessLayout } from "./draft.js";
import { Positions, prose } from "./text.js";

const held = new Map();

/** A document, asked for once while the page is open. */
export function readDocument(id) {
  if (!held.has(id)) {
    const asked = api.document(id);
    asked.catch(() => held.delete(id));
    held.set(id, asked);
  }
  return held.get(id);
}

/** Forget what was read of a document. */
export function forgetDocument(id) {
  held.delete(id);
}

/**
 * The text of a document; a heading at its top that only repeats its title is left out.
 *
 * @param {object} source As the server sends it.
 * @param {Array<{start: number, end: number}>} marks Stretches to point out, in code points of its text.
 */
export function documentText(source, marks = []) {
  const positions = new Positions(source.text);
  const title = (source.title || "").trim();
  const content = prose(positions, {
    layout: source.blocks || guessLayout(source.text),
    marks,
    show: (mark, piece) => h("mark", { class: "quoted", tabindex: "-1" }, piece.text),
  });
  const [first] = content;
  if (first?.tagName !== "P" && first?.textContent.trim() === title && !first.querySelector("mark")) content.shift();
  return h(
    "div",
    { class: "paper is-source" },
    content.length ? content : empty("No text", "This document holds no running text."),
  );
}

/** Title, publisher, day and address of a document; what is not known is left out. */
export function documentFacts(source) {
  const link = source.url && /^https?:\/\//i.test(source.url);
  return h(
    "p",
    { class: "facts" },
    joined([
      source.source,
      source.published ? day(source.published) : null,
      link ? h("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, source.url) : source.url,
      h("code", {}, source.id),
    ]),
  );
}

/** Parts with a middle dot between them; empty ones are left out. */
export function joined(parts) {
  return parts
    .filter(Boolean)
    .flatMap((part, index) => (index ? [h("span", { class: "dot", "aria-hidden": "true" }, " · "), part] : [part]));
}

/** Show the whole document of a piece of evidence, at its place. */
export async function openSource(evidence) {
  const { body } = openDialog({ title: evidence.title || evidence.document, kind: "source" }, skeleton(8));
  try {
    const source = await readDocument(evidence.document);
    fill(body, documentFacts({ ...source, id: source.id || evidence.document }), documentText(source, [evidence]));
    const mark = body.querySelector("mark");
    mark?.scrollIntoView({ block: "center" });
    mark?.focus({ preventScroll: true });
  } catch (error) {
    fill(body, notice(error));
  }
}
