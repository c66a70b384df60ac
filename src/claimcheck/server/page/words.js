/** The words and drawings for what the server names: verdicts, stances, slots, relations. */
import { drawing } from "./dom.js";

const DISC = "M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 0 0 8 .8z";
const SQUARE = "M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2z";
const DIAMOND = "M8 .4 15.6 8 8 15.6.4 8z";
const RING = "M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6z";

const DRAWINGS = {
  supported: [
    ["shape", DISC],
    ["glyph", "M4.7 8.3 7 10.6l4.4-5"],
  ],
  contradicted: [
    ["shape", SQUARE],
    ["glyph", "m5.1 5.1 5.8 5.8m0-5.8-5.8 5.8"],
  ],
  misquoted: [
    ["shape", SQUARE],
    ["glyph", "M4.6 10.6c1.8-.4 2.5-2.2 2.5-5.2H4.8v2.8h2.3m2.5 2.4c1.8-.4 2.5-2.2 2.5-5.2H9.8v2.8h2.3"],
  ],
  conflicting: [
    ["shape", DIAMOND],
    ["glyph", "M5 6.6h6M5 9.6h6M9.8 4.6l-3.4 7"],
  ],
  not_enough_evidence: [
    ["ring", RING],
    ["line", "M6.2 6.3a1.9 1.9 0 1 1 2.6 1.8c-.5.2-.8.6-.8 1.1v.3m0 2v.2"],
  ],
  pending: [["ring dashed", RING]],
  aside: [
    ["ring", RING],
    ["line", "M5.2 8h5.6"],
  ],
  error: [
    ["shape", DISC],
    ["glyph", "M8 4.2v4.6m0 2.4v.2"],
  ],
  decided: [["line", "M3 8.6 6.4 12 13 4.4"]],
  back: [["line", "M9.8 3 5 8l4.8 5"]],
  forth: [["line", "M6.2 3 11 8l-4.8 5"]],
  close: [["line", "m3.5 3.5 9 9m0-9-9 9"]],
  down: [["line", "m3.5 6 4.5 4.5L12.5 6"]],
  file: [["line", "M4 1.5h5l3.5 3.5v9.5h-8.5z M9 1.5V5h3.5"]],
  comment: [["line", "M2 2.8h12v8H7.5L4.5 13.5v-2.7H2z"]],
  search: [["line", "M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6zM10.5 10.5 14 14"]],
};

/** The drawing of a verdict or a button. */
export function icon(kind) {
  return drawing(`icon-${kind}`, ...(DRAWINGS[kind] || DRAWINGS.pending));
}

/** Verdicts, gravest first. */
export const VERDICTS = ["contradicted", "conflicting", "not_enough_evidence", "supported"];

const VERDICT_WORDS = {
  supported: "Supported",
  contradicted: "Contradicted",
  misquoted: "Misquoted",
  conflicting: "Conflicting",
  not_enough_evidence: "Not enough evidence",
  pending: "Being checked",
  unchecked: "Not checked",
  aside: "Set aside",
  error: "Could not be checked",
};

/** "Not enough evidence" for not_enough_evidence. */
export const verdictWords = (verdict) => VERDICT_WORDS[verdict] || plain(verdict);

/** The verdict that a stance stands for, whose colour and drawing it takes. */
export const STANCE_VERDICT = {
  supports: "supported",
  contradicts: "contradicted",
  neutral: "not_enough_evidence",
};
const STANCE_WORDS = { supports: "Supports", contradicts: "Contradicts", neutral: "Closest, decides nothing" };
export const stanceWords = (stance) => STANCE_WORDS[stance] || plain(stance);

const SLOT_WORDS = {
  subject: "Who or what",
  relation: "Does or is",
  object: "To whom or what",
  time: "When",
  place: "Where",
  quantity: "How many",
  polarity: "Said or denied",
  modality: "Done or planned",
  attribution: "According to",
};
export const slotWords = (slot) => SLOT_WORDS[slot] || plain(slot);

const RELATION_WORDS = {
  agrees: "agrees",
  entails: "follows",
  overlaps: "overlaps",
  differs: "differs",
  unknown: "not said",
};
export const relationWords = (relation) => RELATION_WORDS[relation] || plain(relation);

const ACTION_WORDS = { accept: "Accepted", override: "Overridden", comment: "Commented" };
export const actionWords = (action) => ACTION_WORDS[action] || plain(action);

const DID_WORDS = { accept: "accepted the verdict", override: "overrode the verdict", comment: "commented" };
/** What somebody did, to stand after the name. */
export const didWords = (action) => DID_WORDS[action] || plain(action).toLowerCase();

/** A probability in whole percent, never rounded up to certainty or down to impossibility. */
export function percent(value) {
  if (typeof value !== "number") return "–";
  if (value > 0.99 && value < 1) return "over 99%";
  if (value > 0 && value < 0.01) return "under 1%";
  return `${Math.round(value * 100)}%`;
}

/** A reason with a capital and a full stop. */
export function sentence(text) {
  const trimmed = (text || "").trim();
  if (!trimmed) return "";
  const [first] = trimmed;
  const capital = first.toLocaleUpperCase("en") + trimmed.slice(first.length);
  return /[.!?…]["”’)]*$/.test(capital) ? capital : `${capital}.`;
}

/** The first words of a text, on one line. */
export function beginning(text, words = 12) {
  const all = (text || "").trim().split(/\s+/);
  return all.length > words ? `${all.slice(0, words).join(" ")}…` : all.join(" ");
}

function plain(name) {
  const words = String(name ?? "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
