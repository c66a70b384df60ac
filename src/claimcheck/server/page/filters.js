/** Which claims of a check are shown: one button an outcome, with how many there are. */
import { announce, counted, fill, h } from "./dom.js";
import { VERDICTS, icon, verdictWords } from "./words.js";

const NAMES = ["all", ...VERDICTS, "undecided", "aside"];
const WORDS = { all: "All", undecided: "Undecided" };

export class Filters {
  /**
   * @param {Check} check Whose claims they are.
   * @param {function()} onChange Called when another kind is asked for.
   */
  constructor(check, onChange) {
    this.check = check;
    this.onChange = onChange;
    this.name = "all";
    this.element = h("div", { class: "chips", role: "group", "aria-label": "Show" });
    this.show();
  }

  get all() {
    return this.name === "all";
  }

  get aside() {
    return this.name === "aside";
  }

  /** Whether a claim is of the kind that is asked for, or of the kind *name*. */
  keeps(number, name = this.name) {
    if (name === "all") return true;
    if (name === "aside") return false;
    if (name === "undecided") return !this.check.settled(number);
    return this.check.outcome(number) === name;
  }

  /** The claims that are shown, in the order of the draft. */
  get kept() {
    return this.count(this.name);
  }

  count(name) {
    return name === "aside" ? this.check.aside : this.check.claims.filter((claim) => this.keeps(claim.number, name));
  }

  /** Bring the buttons up to date; the one for wrong quotations is there when there are some. */
  show() {
    const misquoted = this.name === "misquoted" || this.count("misquoted").length > 0;
    const names = NAMES.flatMap((name) => (name === "contradicted" && misquoted ? [name, "misquoted"] : [name]));
    if (this.element.childElementCount !== names.length) this.draw(names);
    for (const chip of this.element.children) {
      const { filter } = chip.dataset;
      const number = this.count(filter).length;
      chip.setAttribute("aria-pressed", String(filter === this.name));
      chip.querySelector(".count").textContent = String(number);
      chip.classList.toggle("is-none", number === 0);
    }
  }

  draw(names) {
    const focused = this.element.contains(document.activeElement) && document.activeElement.dataset.filter;
    const chips = names.map((name) =>
      h(
        "button",
        {
          type: "button",
          class: "chip",
          "data-filter": name,
          "data-verdict": name,
          on: { click: () => this.choose(name) },
        },
        name in WORDS ? null : icon(name),
        h("span", {}, WORDS[name] || verdictWords(name)),
        " ",
        h("span", { class: "count" }, "0"),
      ),
    );
    fill(this.element, chips);
    if (focused) this.element.querySelector(`[data-filter=${focused}]`)?.focus();
  }

  /** Ask for a kind; the one that is shown already is left for all. */
  choose(name) {
    this.name = this.name === name ? "all" : name;
    this.show();
    this.onChange();
    const number = counted(this.kept.length, this.aside ? "sentence" : "claim");
    announce(this.all ? "All claims are shown." : `${number} shown.`);
  }
}
