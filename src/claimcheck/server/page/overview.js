/** All claims of a check in a list, each with its outcome, and the sentences that were set aside. */
import { counted, fill, h } from "./dom.js";
import { beginning, icon, percent, verdictWords } from "./words.js";

export class Overview {
  /**
   * @param {Check} check Whose claims they are.
   * @param {function(number)} onOpen Called when somebody opens a claim.
   * @param {function(object)} onPoint Called when somebody asks where a sentence that was set aside stands.
   */
  constructor(check, onOpen, onPoint) {
    this.check = check;
    this.onOpen = onOpen;
    this.onPoint = onPoint;
    this.rows = new Map();
    this.list = h("ol", { class: "rows" });
    this.nothing = h("p", { class: "quiet nothing", hidden: true }, "No claim of this kind.");
    this.notes = h("section", { class: "notes", hidden: true });
    this.aside = h("details", { class: "asides" });
    this.heading = h("h2", { tabindex: "-1" }, "Claims");
    this.element = h("div", { class: "overview" }, this.heading, this.list, this.nothing, this.aside, this.notes);
  }

  draw() {
    this.rows.clear();
    fill(
      this.list,
      this.check.claims.map((claim) => this.row(claim.number)),
    );
    for (const number of this.rows.keys()) this.show(number);
    this.drawAside();
  }

  row(number) {
    const words = this.check.words(this.check.sentences.get(number));
    const mark = h("span", { class: "row-mark" });
    const outcome = h("span", { class: "row-outcome" });
    const item = h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "row", on: { click: () => this.onOpen(number) } },
        mark,
        h("span", { class: "row-text" }, beginning(words, 40)),
        outcome,
      ),
    );
    this.rows.set(number, { item, mark, outcome });
    return item;
  }

  /** Show what became of a sentence; one that was set aside after all, or has a quotation after all, changes lists. */
  update(number) {
    const { checkable, quotations } = this.check.sentences.get(number);
    const listed = checkable || quotations.length > 0;
    if (listed !== this.rows.has(number)) {
      this.draw();
      return;
    }
    if (listed) this.show(number);
  }

  show(number) {
    const { item, mark, outcome } = this.rows.get(number);
    const name = this.check.outcome(number);
    const decision = this.check.settled(number);
    const { result } = this.check.sentences.get(number);
    item.dataset.verdict = name;
    fill(mark, icon(name));
    fill(
      outcome,
      h("span", { class: "row-verdict" }, verdictWords(name)),
      this.check.ignored(number) ? h("span", { class: "quiet" }, "ignored in the draft") : null,
      decision
        ? h(
            "span",
            { class: "row-decision" },
            icon("decided"),
            decision.action === "override" ? "overridden" : "accepted",
          )
        : result && name === result.verdict
          ? h("span", { class: "quiet" }, percent(result.confidence))
          : null,
    );
  }

  drawAside() {
    const { aside } = this.check;
    const open = this.aside.open;
    this.aside.hidden = aside.length === 0;
    fill(
      this.aside,
      h("summary", {}, `${counted(aside.length, "sentence")} set aside`),
      h("p", { class: "quiet small" }, "Sources cannot settle these; they were not checked."),
      h(
        "ul",
        {},
        aside.map((sentence) =>
          h(
            "li",
            {},
            h(
              "button",
              { type: "button", class: "link", on: { click: () => this.onPoint(sentence) } },
              beginning(this.check.words(sentence), 14),
            ),
            h("span", { class: "quiet small" }, sentence.reason || ""),
          ),
        ),
      ),
    );
    this.aside.open = open;
  }

  /** What was noticed about comments in the draft. */
  showNotes() {
    const { notes } = this.check;
    this.notes.hidden = notes.length === 0;
    fill(
      this.notes,
      h("h3", {}, "Comments in the draft"),
      h(
        "ul",
        {},
        notes.map((note) => h("li", {}, `Line ${note.line}: ${note.message}. `, h("code", {}, note.code))),
      ),
    );
  }

  filter(keep, aside) {
    let shown = 0;
    for (const [number, { item }] of this.rows) {
      item.hidden = !keep(number);
      shown += item.hidden ? 0 : 1;
    }
    this.nothing.hidden = aside || shown > 0;
    this.heading.textContent = aside ? "Set aside" : "Claims";
    if (aside) this.aside.open = true;
  }
}
