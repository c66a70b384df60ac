/** What the sources say about one claim. */
import { day, fill, h, unseen } from "./dom.js";
import { joined, openSource, readDocument } from "./source.js";
import { Positions, pieces } from "./text.js";
import { STANCE_VERDICT, icon, percent, relationWords, sentence, slotWords, stanceWords } from "./words.js";

/** Characters of a document that are shown around a quotation. */
const AROUND = 220;

/**
 * Evidence one card a source; copies of one text stand together in one card.
 *
 * @param {object} result The verdict on the claim, as the server sends it.
 * @param {object} options `reason` is what is said already; with `beside` the evidence that decides nothing is kept back.
 */
export function evidenceCards(result, { beside = false, reason = "" }) {
  const groups = grouped(result.evidence || []);
  const telling = groups.filter(([first]) => first.stance !== "neutral");
  const rest = groups.filter(([first]) => first.stance === "neutral");
  const alone = !telling.length && !beside;
  const shown = alone ? rest.slice(0, 1) : telling;
  const further = alone ? rest.slice(1) : rest;
  return [
    shown.map((group) => card(group, { open: true, reason })),
    further.length
      ? h(
          "details",
          { class: "further" },
          h(
            "summary",
            {},
            `${further.length} more ${further.length === 1 ? "sentence" : "sentences"} that were weighed`,
          ),
          further.map((group) => card(group, { open: false, reason })),
        )
      : null,
  ];
}

function grouped(evidence) {
  const groups = new Map();
  for (const [index, item] of evidence.entries()) {
    const key = `${item.stance} ${item.cluster ?? `own ${index}`}`;
    groups.set(key, [...(groups.get(key) || []), item]);
  }
  return [...groups.values()];
}

function card([first, ...copies], { open, reason }) {
  return h(
    "article",
    { class: "evidence", "data-verdict": STANCE_VERDICT[first.stance] },
    h(
      "h3",
      {},
      icon(STANCE_VERDICT[first.stance]),
      stanceWords(first.stance),
      h("span", { class: "quiet" }, percent(first.confidence)),
    ),
    quotation(first),
    cite(first),
    first.attribution ? h("p", { class: "quiet small" }, `Said by ${first.attribution}.`) : null,
    first.reason && sentence(first.reason) !== sentence(reason)
      ? h("p", { class: "small" }, sentence(first.reason))
      : null,
    actions(first),
    copies.length ? copyList(first, copies) : null,
    first.slots?.length ? slotTable(first.slots, open) : null,
  );
}

/** Where else the sentence stands: reprints are one source. */
function copyList(first, copies) {
  const same = copies.every((copy) => copy.text === first.text) ? "The same sentence" : "Nearly the same sentence";
  const items = copies.map((copy) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "link", on: { click: () => openSource(copy) } },
        copy.title || copy.document,
      ),
      copy.published ? [" ", h("span", { class: "quiet" }, day(copy.published))] : null,
    ),
  );
  const words = h("p", { class: "small" }, `${same}, counted once, is also in:`);
  return h("div", { class: "copies" }, words, h("ul", {}, items));
}

function cite(evidence) {
  return h(
    "p",
    { class: "cite" },
    joined([
      h("strong", {}, evidence.title || evidence.document),
      evidence.published ? day(evidence.published) : null,
      evidence.file?.line ? `line ${evidence.file.line}` : null,
    ]),
  );
}

function actions(evidence) {
  return h(
    "p",
    { class: "card-actions" },
    h(
      "button",
      { type: "button", class: "button is-small open-source", on: { click: () => openSource(evidence) } },
      "Open the source",
      unseen(`: ${evidence.title || evidence.document}`),
    ),
  );
}

/** The sentence with what stands around it in its paragraph; read from the document where the server left it out. */
function quotation(evidence) {
  const before = h("span", { class: "context" });
  const after = h("span", { class: "context" });
  const put = (left, right) => {
    fill(before, left.split(PARAGRAPH).at(-1).trimStart());
    fill(after, right.split(PARAGRAPH)[0].trimEnd());
  };
  if (evidence.prefix || evidence.suffix) put(evidence.prefix || "", evidence.suffix || "");
  else
    around(evidence).then(
      ([left, right]) => put(left, right),
      () => {},
    );
  return h("blockquote", { class: "quotation" }, before, h("mark", {}, sourceWords(evidence)), after);
}

const PARAGRAPH = /\n[ \t]*\n/;

/** What stands before and after a piece of evidence in its document, cut between words. */
async function around({ document: id, start, end }) {
  const { text } = await readDocument(id);
  const positions = new Positions(text);
  const left = positions.slice(start - AROUND, start);
  const right = positions.slice(end, end + AROUND);
  return [
    start > AROUND ? left.replace(/^\S*\s/, "") : left,
    end + AROUND < positions.length ? right.replace(/\s\S*$/, "") : right,
  ];
}

/** The quoted words; those that a slot found to agree or to differ are pointed out. */
function sourceWords(evidence) {
  const marks = (evidence.slots || [])
    .filter(
      (row) =>
        row.source_span && (row.relation === "differs" || row.relation === "agrees" || row.relation === "entails"),
    )
    .map((row) => ({
      start: row.source_span.start - evidence.start,
      end: row.source_span.end - evidence.start,
      relation: row.relation,
    }))
    .filter((mark) => mark.start >= 0);
  return slotWordsMarked(evidence.text, marks);
}

/** The words of a sentence in the draft; those that differ from the source are pointed out. */
export function claimWords(text, sentence) {
  const places = [sentence.focus, ...sentence.quotations.map((quotation) => quotation.focus)].filter(Boolean);
  const marks = places.map(({ start, end }) => ({
    start: start - sentence.start,
    end: end - sentence.start,
    relation: "differs",
  }));
  return slotWordsMarked(
    text,
    marks.filter((mark) => mark.start >= 0),
  );
}

/** A quotation of the draft that the sources have in other words. */
export function quotationCard({ finding }, reason) {
  const source = finding.evidence[0];
  return h(
    "article",
    { class: "evidence", "data-verdict": "misquoted" },
    h("h3", {}, icon("misquoted"), "Quoted otherwise in the source"),
    finding.message === reason ? null : h("p", { class: "small" }, sentence(finding.message)),
    source ? [quotation(source), cite(source), actions(source)] : null,
  );
}

function slotWordsMarked(text, marks) {
  const positions = new Positions(text);
  return pieces(positions, 0, positions.length, marks).map((piece) =>
    piece.mark
      ? h("span", { class: `word is-${piece.mark.relation === "differs" ? "different" : "same"}` }, piece.text)
      : piece.text,
  );
}

const RELATION_ICON = { agrees: "supported", entails: "supported", overlaps: "supported", differs: "contradicted" };

/** Claim against source, slot by slot. */
function slotTable(rows, open) {
  return h(
    "details",
    { class: "slots", open },
    h("summary", {}, "Claim against source"),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["Slot", "Claim", "Source", "Match"].map((head) => h("th", { scope: "col" }, head)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            { "data-relation": row.relation },
            h("th", { scope: "row" }, slotWords(row.slot)),
            h("td", { "data-head": "Claim" }, row.claim || "–"),
            h("td", { "data-head": "Source" }, row.source || "–"),
            h(
              "td",
              { class: "relation", title: row.note || null },
              icon(RELATION_ICON[row.relation] || "aside"),
              " ",
              relationWords(row.relation),
            ),
          ),
        ),
      ),
    ),
  );
}
