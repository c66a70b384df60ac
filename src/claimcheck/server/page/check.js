/** A check on screen: the draft being marked, the claims, the evidence, the decisions. */
import { api } from "./api.js";
import { detail } from "./detail.js";
import { announce, button, counted, fill, h, moment } from "./dom.js";
import { DraftPaper } from "./draft.js";
import { Filters } from "./filters.js";
import { listen } from "./keys.js";
import { menu } from "./menu.js";
import { notice, skeleton } from "./notice.js";
import { Overview } from "./overview.js";
import { joined } from "./source.js";
import { Check } from "./store.js";
import { icon } from "./words.js";

const FORMATS = [
  ["html", "HTML report", "One file, to read or print"],
  ["markdown", "Markdown", "For a message or an issue"],
  ["json", "JSON", "For programs"],
  ["sarif", "SARIF", "For code hosts and editors"],
  ["claimreview", "ClaimReview", "Drafts, to be signed by a person"],
];

export function checkView({ me, id, number }) {
  return new CheckView(me, id, number === null ? null : Number(number));
}

class CheckView {
  constructor(me, id, number) {
    this.me = me;
    this.check = new Check(id);
    this.current = null;
    this.wanted = number;
    this.filters = new Filters(this.check, () => this.onFilter());
    this.counted = null;
    this.narrow = matchMedia("(max-width: 60rem)");
    this.onWidth = () => this.cover();
    this.narrow.addEventListener("change", this.onWidth);
    this.paper = new DraftPaper(this.check, (chosen) => this.open(chosen, { focus: "panel" }));
    this.overview = new Overview(
      this.check,
      (chosen) => this.open(chosen, { focus: "panel" }),
      (aside) => this.paper.point(aside),
    );
    this.build();
    this.stopKeys = listen({
      j: () => this.step(1),
      k: () => this.step(-1),
      Enter: (event) => this.enter(event),
      Escape: () => this.close(),
      s: () => this.panel.querySelector(".open-source")?.click(),
      a: () => this.act?.("accept"),
      o: () => this.act?.("override"),
      c: () => this.act?.("comment"),
    });
    for (const [name, use] of Object.entries({
      draft: this.onDraft,
      sentence: this.onSentence,
      progress: this.showProgress,
      state: this.onState,
      decision: this.onDecision,
    }))
      this.check.addEventListener(name, (event) => use.call(this, event.detail));
    this.start();
  }

  async start() {
    try {
      await this.check.open();
    } catch (error) {
      fill(this.element, h("div", { class: "narrow" }, h("h1", {}, "Check"), notice(error)));
    }
  }

  build() {
    this.title = h("h1", {}, "Check");
    this.facts = h("p", { class: "facts" }, "\u00a0");
    this.bar = h("progress", { max: 1, value: 0, "aria-label": "Claims checked" });
    this.said = h("span", { class: "progress-words" }, "Reading the draft …");
    this.problem = h("div", { class: "problem" });
    this.panel = h("section", { class: "panel", "aria-label": "Findings" }, skeleton(8));
    fill(this.paper.element, skeleton(10));
    this.element = h(
      "div",
      { class: "check" },
      h(
        "div",
        { class: "check-head" },
        h("div", { class: "check-title" }, this.title, this.facts),
        h("div", { class: "check-actions" }, this.said, this.exportMenu()),
      ),
      h("div", { class: "toolbar" }, this.filters.element, this.bar),
      this.problem,
      h(
        "div",
        { class: "columns" },
        h("section", { class: "draft", "aria-label": "Draft" }, this.paper.element),
        this.panel,
      ),
    );
    this.printed = h("section", { class: "print-only" });
    this.element.append(this.printed);
    this.beforePrint = () => this.print();
    window.addEventListener("beforeprint", this.beforePrint);
    this.filters.show();
  }

  exportMenu() {
    this.exports = menu({
      label: ["Export ", icon("down")],
      kind: "export",
      items: [
        ...FORMATS.map(([format, name, use]) =>
          h(
            "a",
            { class: "menu-item", href: api.exportAddress(this.check.id, format), download: true },
            h("span", {}, name),
            h("span", { class: "quiet small" }, use),
          ),
        ),
        button(
          [h("span", {}, "Print"), h("span", { class: "quiet small" }, "The draft and all findings")],
          () => window.print(),
          { class: "menu-item" },
        ),
      ],
    });
    return this.exports;
  }

  // ------------------------------------------------------------------ what comes in

  onDraft() {
    this.title.textContent = this.check.name;
    document.title = `${this.check.name} · claimcheck`;
    this.paper.draw();
    this.overview.draw();
    this.showFacts();
    this.filters.show();
    this.showPanel();
    if (this.wanted !== null) this.open(this.wanted, {});
    this.wanted = null;
  }

  onSentence(number) {
    this.paper.update(number);
    this.overview.update(number);
    if (number === this.current) this.showPanel();
    this.counted ??= requestAnimationFrame(() => {
      this.counted = null;
      this.filters.show();
      this.applyFilter();
    });
  }

  onDecision(number) {
    if (!this.check.draft) return;
    this.onSentence(number);
  }

  onState() {
    const { check } = this;
    this.element.dataset.state = check.state;
    this.showFacts();
    this.showProgress();
    this.exports.hidden = check.state !== "done";
    if (check.state === "failed") {
      fill(this.problem, notice(new Failure(check.error)));
      if (check.draft) for (const claim of check.claims) this.onSentence(claim.number);
    }
    if (check.state === "done") {
      announce(this.summary());
      this.overview.showNotes();
      for (const finding of check.takenOut.size ? check.claims : []) this.overview.update(finding.number);
      if (check.takenOut.size) this.showPanel();
    }
    if (check.over && !check.draft) {
      fill(this.paper.element);
      fill(this.panel);
    }
  }

  showFacts() {
    const { about, draft } = this.check;
    fill(
      this.facts,
      joined([
        draft?.title && draft.name !== draft.title ? draft.name : null,
        about.author ? `checked by ${about.author}` : null,
        about.created ? moment(about.created) : null,
        about.versions?.claimcheck ? `claimcheck ${about.versions.claimcheck}` : null,
      ]),
    );
  }

  showProgress() {
    const { check } = this;
    const { done, total } = check.progress;
    this.bar.max = Math.max(total, 1);
    this.bar.value = check.state === "done" ? this.bar.max : done;
    if (!check.draft)
      this.said.textContent = check.state === "waiting" ? "Waiting for its turn …" : "Reading the draft …";
    else if (check.state === "done") this.said.textContent = this.summary();
    else if (check.state === "failed") this.said.textContent = `Stopped after ${done} of ${counted(total, "claim")}`;
    else {
      this.said.textContent = `${done} of ${counted(total, "claim")} checked`;
      if (done) announce(this.said.textContent);
    }
  }

  summary() {
    const time = this.check.seconds
      ? ` in ${this.check.seconds < 10 ? this.check.seconds.toFixed(1) : Math.round(this.check.seconds)} s`
      : "";
    return `${counted(this.check.claims.filter((c) => c.result).length, "claim")} checked${time}`;
  }

  onFilter() {
    this.applyFilter();
    if (this.current !== null && !this.filters.all) this.close();
  }

  applyFilter() {
    const { filters } = this;
    this.paper.filter((number) => filters.keeps(number), filters);
    this.overview.filter((number) => filters.keeps(number), filters.aside);
  }

  /** The numbers of the claims that are shown, in the order of the draft. */
  get numbers() {
    return this.filters.aside ? [] : this.filters.kept.map((claim) => claim.number);
  }

  // ------------------------------------------------------------------------ one claim

  /** Show a claim; `focus` says where the keyboard goes: "panel", "draft" or nowhere. */
  open(number, { focus }) {
    if (!this.check.sentences.has(number)) return;
    const first = this.current === null;
    this.current = number;
    this.paper.select(number);
    this.showPanel();
    this.element.classList.add("is-open");
    this.cover();
    const address = `#/checks/${encodeURIComponent(this.check.id)}/${number}`;
    if (location.hash !== address) history[first ? "pushState" : "replaceState"](null, "", address);
    if (focus === "draft") this.paper.focus(number);
    if (focus === "panel") {
      this.paper.reveal(this.paper.links.get(number)?.at(-1)?.link);
      this.panel.querySelector("h2")?.focus({ preventScroll: true });
    }
  }

  /** Back to the list of claims; false when it is there already. */
  close() {
    if (this.current === null) return false;
    const number = this.current;
    this.current = null;
    this.act = null;
    this.paper.select(null);
    this.element.classList.remove("is-open");
    this.cover();
    history.replaceState(null, "", `#/checks/${encodeURIComponent(this.check.id)}`);
    this.showPanel();
    this.paper.focus(number);
    return true;
  }

  /** Where the panel lies over everything else, nothing else can be reached. */
  cover() {
    const covered = this.narrow.matches && this.current !== null;
    for (const part of [document.getElementById("top"), ...this.element.children]) {
      if (!part.contains(this.panel)) part.inert = covered;
    }
    this.panel.previousElementSibling.inert = covered;
  }

  step(by) {
    const { numbers } = this;
    if (!numbers.length) return;
    const here = this.current ?? Number(document.activeElement?.dataset?.number ?? Number.NaN);
    const at = numbers.indexOf(here);
    const next = at < 0 ? (by > 0 ? 0 : numbers.length - 1) : Math.min(numbers.length - 1, Math.max(0, at + by));
    this.open(numbers[next], { focus: this.narrow.matches ? "panel" : "draft" });
  }

  /** Enter on a claim in the draft leads to its evidence; elsewhere it does what it always does. */
  enter(event) {
    if (event.target.closest?.("a, button, summary, input, [role=button]")) return false;
    if (this.current === null) return false;
    this.panel.querySelector("h2")?.focus();
    return true;
  }

  showPanel() {
    if (!this.check.draft) return;
    if (this.current === null) {
      this.act = null;
      fill(this.panel, this.overview.element);
      this.applyFilter();
      return;
    }
    const inside = this.panel.contains(document.activeElement);
    const { numbers } = this;
    const { elements, act } = detail({
      check: this.check,
      number: this.current,
      me: this.me,
      place: { at: numbers.indexOf(this.current), of: numbers.length },
      onStep: (by) => this.step(by),
      onClose: () => this.close(),
      onDecided: (decision) => this.check.addDecision(decision),
    });
    this.act = act;
    fill(this.panel, elements);
    this.panel.querySelector(".panel-body").scrollTop = 0;
    if (inside) this.panel.querySelector("h2")?.focus({ preventScroll: true });
  }

  // ---------------------------------------------------------------------------- page

  /** All findings one after the other, for paper. */
  print() {
    if (!this.check.draft) return;
    fill(
      this.printed,
      h("h2", {}, "Findings"),
      this.check.claims
        .filter((c) => c.result || c.quotations.length)
        .map(
          (claim) =>
            detail({ check: this.check, number: claim.number, me: { ...this.me, role: "reader" }, onPaper: true })
              .elements,
        ),
    );
  }

  /** The address changed within this view: true when nothing else has to be shown. */
  moved(name, [id, number]) {
    if (name !== "check" || id !== this.check.id) return false;
    if (number === null || number === undefined) {
      if (this.current !== null) this.close();
    } else if (Number(number) !== this.current) this.open(Number(number), {});
    return true;
  }

  leave() {
    this.current = null;
    this.cover();
    this.narrow.removeEventListener("change", this.onWidth);
    this.stopKeys();
    this.check.close();
    window.removeEventListener("beforeprint", this.beforePrint);
  }
}

class Failure extends Error {
  constructor(error) {
    super(error?.message || "the check did not come to its end");
    this.code = error?.code || "";
    this.hint = error?.hint || "check the draft again";
  }
}
