/** One claim: its verdict, what the sources say, and what people decided. */
import { button, h, unseen } from "./dom.js";
import { decisionBar, decisionList } from "./decide.js";
import { claimWords, evidenceCards, quotationCard } from "./evidence.js";
import { skeleton } from "./notice.js";
import { icon, percent, sentence as inSentence, verdictWords } from "./words.js";

/**
 * @param {object} options `check`, `number` of the sentence, `me`, `place` among the claims that are shown, `onStep`,
 *   `onClose`, `onDecided`; with `onPaper` everything is laid open and nothing can be pressed.
 * @returns {{elements: Array, act: function(string)|null}} `act` presses the button of that name.
 */
export function detail({ check, number, me, place, onStep, onClose, onDecided, onPaper = false }) {
  const sentence = check.sentences.get(number);
  const { result, finding, quotations } = sentence;
  const decisions = check.decisions.get(number) || [];
  const outcome = check.outcome(number);
  const ignored = check.ignored(number);
  const misquoted = check.found(number) === "misquoted";
  const reason = misquoted ? quotations[0].finding.message : finding?.message || result?.reason;
  const body = h(
    "div",
    { class: "panel-body" },
    h(
      "h2",
      { tabindex: "-1", class: "claim-words", "data-verdict": outcome },
      claimWords(check.words(sentence), sentence),
    ),
    verdictLine(check, number),
    result?.error ? h("p", {}, inSentence(result.error.message)) : null,
    result && !result.error ? h("p", { class: "reason" }, inSentence(reason)) : null,
    result?.sources && !misquoted ? h("p", { class: "count-sources quiet" }, sources(result)) : null,
    result || quotations.length || !sentence.checkable
      ? null
      : [h("p", { class: "quiet" }, "This claim is being checked."), skeleton(5)],
    ignored
      ? h(
          "p",
          { class: "notice" },
          `The draft itself takes this finding out: ${ignored.reason || "no reason is given"}`,
        )
      : null,
    decisionList(decisions),
    quotations.map((quotation) => quotationCard(quotation, reason)),
    result && !result.error ? evidenceCards(result, { beside: misquoted, reason }) : null,
    result && !result.error && !result.evidence?.length
      ? h("p", { class: "quiet" }, "No sentence of the sources comes near this claim.")
      : null,
    sentence.checkable || quotations.length ? null : h("p", { class: "quiet" }, inSentence(sentence.reason)),
  );
  if (onPaper) return { elements: [h("article", { class: "paper-finding" }, body)], act: null };
  const decidable = (result && !result.error) || quotations.length;
  const bar = decidable ? decisionBar({ check, number, me, verdict: result?.verdict, onDecided }) : null;
  return {
    elements: [bars({ place, onStep, onClose }), body, bar ? h("div", { class: "panel-foot" }, bar.element) : null],
    act: bar?.act || null,
  };
}

function bars({ place, onStep, onClose }) {
  const arrow = (by, kind, words, end) =>
    h(
      "button",
      { type: "button", class: "button is-icon", "aria-label": words, disabled: end, on: { click: () => onStep(by) } },
      icon(kind),
    );
  return h(
    "div",
    { class: "panel-head" },
    button([icon("back"), " All claims"], onClose, { class: "button is-quiet" }),
    h("span", { class: "quiet small" }, place.at < 0 ? "" : `${place.at + 1} of ${place.of}`),
    arrow(-1, "back", "Previous claim", place.at <= 0),
    arrow(1, "forth", "Next claim", place.at === place.of - 1),
  );
}

function verdictLine(check, number) {
  const { result, finding, quotations } = check.sentences.get(number);
  const outcome = check.outcome(number);
  const found = check.found(number);
  const overridden = outcome !== found;
  const shown = found === "misquoted" ? quotations[0].finding : finding;
  const rule = shown && !overridden ? shown.code : null;
  const sure = result && !result.error && !overridden && outcome === result.verdict ? result.confidence : null;
  const filled = h("span", { class: "meter-filled" });
  filled.style.setProperty("width", `${Math.round((sure || 0) * 100)}%`);
  return h(
    "p",
    { class: "verdict-line" },
    h("span", { class: "verdict", "data-verdict": outcome }, icon(outcome), verdictWords(outcome)),
    sure === null
      ? null
      : h(
          "span",
          { class: "sure" },
          h("span", { class: "meter", "aria-hidden": "true" }, filled),
          `${percent(sure)} confidence`,
        ),
    overridden
      ? h("span", { class: "quiet" }, `overridden; by the sources: ${verdictWords(found).toLowerCase()}`)
      : null,
    rule ? h("span", { class: "quiet rule" }, unseen("rule "), rule) : null,
  );
}

/** "3 articles, 1 source". */
function sources({ articles, sources: independent }) {
  const one = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const copies = articles > independent ? "; copies of one text count once" : "";
  return `${one(articles, "article")}, ${one(independent, "source")}${copies}`;
}
