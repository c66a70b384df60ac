/** One check as it is known so far: what the server holds and what its stream adds. */
import { api } from "./api.js";
import { Positions } from "./text.js";

const OVER = new Set(["done", "failed"]);

/** Outcomes of a sentence, gravest first. */
export const OUTCOMES = [
  "contradicted",
  "misquoted",
  "conflicting",
  "not_enough_evidence",
  "supported",
  "pending",
  "unchecked",
];

/** Sends `draft`, `sentence` (with its number as detail), `progress`, `state` and `decision`. */
export class Check extends EventTarget {
  constructor(id) {
    super();
    this.id = id;
    this.about = {};
    this.draft = null;
    this.positions = null;
    this.listed = null;
    this.sentences = new Map();
    this.decisions = new Map();
    this.state = "waiting";
    this.progress = { done: 0, total: 0 };
    this.error = null;
    this.seconds = null;
    this.notes = [];
    this.takenOut = new Map();
    this.source = null;
    this.left = false;
  }

  get name() {
    return this.draft?.title || this.draft?.name || this.about.name || "Draft";
  }

  /** Whether nothing more will come. */
  get over() {
    return OVER.has(this.state);
  }

  /** Read what the server holds; a check that is under way is followed from its beginning. */
  async open() {
    const about = await api.check(this.id);
    this.about = about;
    for (const decision of about.decisions) this.addDecision(decision);
    if (!OVER.has(about.state)) {
      this.setState(about.state);
      this.listen();
      return;
    }
    if (about.draft) this.setDraft(about.draft);
    for (const quotation of about.quotations) this.addQuotation(quotation);
    for (const claim of about.claims) this.setResult(claim);
    if (about.progress) this.setProgress(about.progress);
    this.finish(about.state, { ...about.done, error: about.error });
  }

  listen() {
    if (this.left) return;
    this.source = api.events(this.id);
    const on = (name, use) => this.source.addEventListener(name, (event) => use.call(this, JSON.parse(event.data)));
    on("draft", this.setDraft);
    on("claim", this.setResult);
    on("quotation", this.addQuotation);
    on("progress", this.setProgress);
    on("done", (done) => this.finish("done", done));
    on("failed", (failed) => this.finish("failed", failed));
    this.source.addEventListener("error", () => {
      if (this.source?.readyState !== EventSource.CLOSED || this.over) return;
      this.finish("failed", { error: { message: "the connection to the server was lost", hint: "reload the page" } });
    });
  }

  close() {
    this.left = true;
    this.source?.close();
    this.source = null;
  }

  finish(state, { error = null, seconds = null, notes = [], suppressed = [] }) {
    this.close();
    this.error = error;
    this.seconds = seconds;
    this.notes = notes;
    this.takenOut = new Map(suppressed.map((finding) => [finding.fingerprint, finding]));
    this.setState(state);
  }

  setDraft(draft) {
    if (this.draft) return;
    this.draft = draft;
    this.positions = new Positions(draft.text);
    for (const sentence of draft.claims)
      this.sentences.set(sentence.number, { ...sentence, result: null, quotations: [] });
    this.tell("draft");
    this.setProgress({ done: 0, total: this.claims.length });
  }

  /** A sentence with its verdict, or set aside after all. */
  setResult(sent) {
    this.sentences.set(sent.number, { ...this.sentences.get(sent.number), ...sent });
    this.tell("sentence", sent.number);
  }

  addQuotation(sent) {
    const sentence = this.sentences.get(sent.number);
    if (!sentence) return;
    const others = sentence.quotations.filter((known) => known.start !== sent.start);
    this.sentences.set(sent.number, { ...sentence, quotations: [...others, sent] });
    this.tell("sentence", sent.number);
  }

  setProgress(progress) {
    this.progress = progress;
    this.tell("progress");
  }

  setState(state) {
    this.state = state;
    this.tell("state");
  }

  addDecision(decision) {
    const all = this.decisions.get(decision.claim) || [];
    this.decisions.set(decision.claim, [...all, decision]);
    this.tell("decision", decision.claim);
  }

  /** Sentences that are held against the sources or have a finding of their own, in the order of the draft. */
  get claims() {
    this.listed ??= [...this.sentences.values()]
      .filter((sentence) => sentence.checkable || sentence.quotations.length)
      .sort((a, b) => a.start - b.start);
    return this.listed;
  }

  /** Sentences that were set aside, with the reason. */
  get aside() {
    return [...this.sentences.values()].filter((sentence) => !sentence.checkable && !sentence.quotations.length);
  }

  /** The words of a sentence in the draft. */
  words(sentence) {
    return this.positions.slice(sentence.start, sentence.end);
  }

  /** The last decision that settles a claim, null while people have left it open. */
  settled(number) {
    return (this.decisions.get(number) || []).filter((decision) => decision.action !== "comment").at(-1) || null;
  }

  /** The outcome by the sources: the graver of the finding about the claim and the one about a quotation in it. */
  found(number) {
    const { result, finding, quotations, checkable } = this.sentences.get(number);
    const outcomes = [
      result?.verdict,
      quotations.length ? "misquoted" : null,
      checkable && !result ? (this.state === "failed" ? "unchecked" : "pending") : null,
    ];
    if (result?.error) return "error";
    if (quotations.length && !finding) return "misquoted";
    return OUTCOMES.find((outcome) => outcomes.includes(outcome)) || "aside";
  }

  /** The comment in the draft, or its reason, that takes a finding about a sentence out; null for none. */
  ignored(number) {
    const { finding, quotations } = this.sentences.get(number);
    const found = [finding, ...quotations.map((quotation) => quotation.finding)].filter(Boolean);
    return found.map(({ fingerprint }) => this.takenOut.get(fingerprint)).find(Boolean) || null;
  }

  /** What a claim counts as: the verdict of the last override, or the outcome by the sources. */
  outcome(number) {
    const decision = this.settled(number);
    return (decision?.action === "override" && decision.verdict) || this.found(number);
  }

  tell(name, detail = null) {
    this.listed = null;
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
