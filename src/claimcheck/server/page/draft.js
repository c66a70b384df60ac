/** The draft with its claims marked. */
import { fill, h, unseen } from "./dom.js";
import { prose } from "./text.js";
import { icon, verdictWords } from "./words.js";

/** Shows the draft of a `Check` and keeps its marks up to date. */
export class DraftPaper {
  /**
   * @param {Check} check Whose draft it is.
   * @param {function(number)} onOpen Called when somebody opens a claim.
   */
  constructor(check, onOpen) {
    this.check = check;
    this.onOpen = onOpen;
    this.links = new Map();
    this.asides = [];
    this.element = h("div", { class: "paper" });
  }

  /** Lay out the text; done once, so that nothing moves when verdicts come. */
  draw() {
    const { draft } = this.check;
    this.links.clear();
    this.asides = [];
    const content = prose(this.check.positions, {
      layout: draft.blocks || guessLayout(draft.text),
      marks: draft.claims.map((sentence) => this.check.sentences.get(sentence.number)),
      show: (sentence, piece) =>
        sentence.checkable || sentence.quotations.length ? this.claim(sentence, piece) : this.aside(sentence, piece),
    });
    this.element.classList.toggle("keeps-lines", draft.media_type === "text/plain");
    fill(this.element, content);
    for (const number of this.links.keys()) this.update(number);
  }

  claim(claim, piece) {
    const last = /\S+\s*$/.exec(piece.text)?.[0] ?? "";
    const badge = h("span", { class: "badge" });
    const words = h("span", { class: "unseen" });
    const ends = piece.end >= claim.end;
    const link = h(
      "a",
      {
        class: "claim",
        id: ends ? `claim-${claim.number}` : null,
        href: `#/checks/${encodeURIComponent(this.check.id)}/${claim.number}`,
        "data-number": claim.number,
        on: { click: (event) => this.open(event, claim.number) },
      },
      piece.text.slice(0, piece.text.length - last.length),
      ends ? h("span", { class: "last" }, last, badge) : last,
      words,
    );
    this.links.set(claim.number, [...(this.links.get(claim.number) || []), { link, badge, words, ends }]);
    return link;
  }

  open(event, number) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
    event.preventDefault();
    this.onOpen(number);
  }

  aside(claim, piece) {
    const span = h(
      "span",
      { class: "set-aside", title: claim.reason ? `Set aside: ${claim.reason}` : "Set aside" },
      piece.text,
    );
    this.asides.push({ claim, span });
    return span;
  }

  /** Show the outcome of a claim. */
  update(number) {
    if (!this.links.has(number)) {
      const sentence = this.check.sentences.get(number);
      if (sentence.checkable || sentence.quotations.length) this.draw();
      return;
    }
    const outcome = this.check.outcome(number);
    const decision = this.check.settled(number);
    for (const { link, badge, words, ends } of this.links.get(number) || []) {
      link.dataset.verdict = outcome;
      link.classList.toggle("is-decided", Boolean(decision));
      if (!ends) continue;
      if (badge.dataset.verdict !== outcome) {
        badge.dataset.verdict = outcome;
        fill(
          badge,
          icon(outcome),
          h("span", { class: "badge-words", "aria-hidden": "true" }, verdictWords(outcome).toLowerCase()),
        );
      }
      fill(
        words,
        ` (${[verdictWords(outcome), decision && (decision.action === "override" ? "overridden" : "accepted")].filter(Boolean).join(", ").toLowerCase()}) `,
      );
    }
  }

  /** Mark one claim as the one that is looked at, null for none. */
  select(number) {
    for (const [own, parts] of this.links) {
      for (const { link } of parts) {
        if (own === number) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
  }

  /** Fade what *keep* does not hold for, unless *all* are shown; sentences set aside stand out when *aside* is true. */
  filter(keep, { all, aside }) {
    for (const [number, parts] of this.links) {
      const faded = !keep(number);
      for (const { link } of parts) link.classList.toggle("is-faded", faded);
    }
    this.element.classList.toggle("is-filtered", all === false);
    this.element.classList.toggle("shows-aside", aside);
  }

  /** Bring a claim to sight. */
  focus(number) {
    const link = this.links.get(number)?.at(-1)?.link;
    link?.focus({ preventScroll: true });
    this.reveal(link);
  }

  /** Bring a sentence that was set aside to sight. */
  point(claim) {
    const span = this.asides.find((aside) => aside.claim.number === claim.number)?.span;
    if (!span) return;
    for (const { span: other } of this.asides) other.classList.toggle("is-pointed", other === span);
    this.reveal(span);
  }

  reveal(element) {
    if (!element) return;
    const box = element.getBoundingClientRect();
    const pane = this.element.parentElement;
    const scrolls = pane.scrollHeight > pane.clientHeight && getComputedStyle(pane).overflowY === "auto";
    const { top, bottom } = scrolls ? pane.getBoundingClientRect() : { top: 110, bottom: innerHeight };
    if (box.top > top + 20 && box.bottom < bottom - 40) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
}

/** Front matter, where the server does not say what is hidden. */
export function guessLayout(text) {
  const front = /^---\r?\n[\s\S]*?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  return front ? [{ start: 0, end: [...front[0]].length, kind: "hidden" }] : [];
}
