/**
 * Text with marked stretches.
 *
 * The server counts in Unicode code points, JavaScript in UTF-16 units; all conversion is here.
 */
import { h } from "./dom.js";

/** The places of a text, converted from code points. */
export class Positions {
  constructor(text) {
    this.text = text;
    this.units = /[\ud800-\udbff][\udc00-\udfff]/.test(text) ? unitsOf(text) : null;
    this.length = this.units ? this.units.length - 1 : text.length;
  }

  /** The UTF-16 place of a code point; places outside the text are moved to its ends. */
  at(point) {
    const inside = Math.max(0, Math.min(point, this.length));
    return this.units ? this.units[inside] : inside;
  }

  /** What stands in the half-open stretch. */
  slice(start, end) {
    return this.text.slice(this.at(start), this.at(end));
  }
}

function unitsOf(text) {
  const units = [];
  let at = 0;
  for (const character of text) {
    units.push(at);
    at += character.length;
  }
  units.push(at);
  return units;
}

/**
 * The stretch from *start* to *end* cut at the ends of *marks*, in text order.
 *
 * @param {Positions} positions Of the text.
 * @param {number} start First code point.
 * @param {number} end One past the last.
 * @param {Array<{start: number, end: number}>} marks Of the same text; of overlapping ones the first wins.
 * @returns {Array<{text: string, start: number, end: number, mark: object|null}>} Pieces that join to the stretch.
 */
export function pieces(positions, start, end, marks) {
  const found = [];
  let at = start;
  const add = (until, mark) => {
    if (until > at) found.push({ text: positions.slice(at, until), start: at, end: until, mark });
    at = Math.max(at, until);
  };
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.end <= at || mark.start >= end) continue;
    add(Math.min(mark.start, end), null);
    add(Math.min(mark.end, end), mark);
  }
  add(end, null);
  return found;
}

/**
 * The paragraphs, headings and items of a stored text; what its layout calls hidden (front matter, image syntax) is
 * left out, but for the marks of lists.
 *
 * @param {Positions} positions Of the text.
 * @param {Array<{start: number, end: number, kind: string}>} layout Parts that the markup gave away.
 * @returns {Array<{start: number, end: number, kind: string, level: number}>} In text order, without blank lines.
 */
export function blocks(positions, layout = []) {
  const points = positions.units ? Array.from(positions.text) : positions.text;
  const hidden = layout.filter((block) => block.kind === "hidden");
  const found = [];
  for (const line of paragraphs(points)) {
    let at = line.start;
    for (const part of hidden) {
      if (part.end <= at || part.start >= line.end) continue;
      add(line, at, part.start);
      at = Math.max(at, part.end);
    }
    add(line, at, line.end);
  }
  return found;

  function add(line, first, last) {
    let [from, to] = [first, last];
    while (from < to && /\s/.test(points[from])) from += 1;
    while (from < to && /\s/.test(points[to - 1])) to -= 1;
    if (from >= to) return;
    const before = positions.slice(line.start, Math.min(from + 8, to));
    const heading = HEADING.exec(before);
    const item = ITEM.exec(before);
    const marked = layout.find(
      (b) => b.start < to && from < b.end && (b.kind === "headline" || b.kind === "subheading"),
    );
    if (heading)
      found.push({
        start: Math.max(from, line.start + heading[0].length),
        end: to,
        kind: "heading",
        level: heading[1].length,
      });
    else if (marked) found.push({ start: from, end: to, kind: "heading", level: marked.kind === "headline" ? 1 : 2 });
    else if (item && from <= line.start + item[0].length)
      found.push({ start: line.start + item[0].length - item[0].trimStart().length, end: to, kind: "item", level: 0 });
    else found.push({ start: from, end: to, kind: "paragraph", level: 0 });
  }
}

const HEADING = /^(#{1,6})[ \t]+/;
const ITEM = /^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+/;

/** Stretches between blank lines; a heading is a stretch of its own, and so is an item of a list. */
function* paragraphs(points) {
  let start = 0;
  let at = 0;
  while (at < points.length) {
    let end = at;
    while (end < points.length && points[end] !== "\n") end += 1;
    const line = Array.prototype.slice.call(points, at, end).join("");
    const alone = !line.trim() || HEADING.test(line);
    if ((alone || ITEM.test(line)) && at > start) yield { start, end: at };
    if (alone && line.trim()) yield { start: at, end };
    if (alone) start = end + 1;
    else if (ITEM.test(line)) start = at;
    at = end + 1;
  }
  if (start < points.length) yield { start, end: points.length };
}

/**
 * An article or draft as elements; its headings begin below that of the page, and none is passed over.
 *
 * @param {Positions} positions Of the text.
 * @param {object} options `layout` as for `blocks`, `marks` as for `pieces`, and `show`, which makes the element of a
 *   marked piece.
 */
export function prose(positions, { layout = [], marks = [], show }) {
  let above = 1;
  return blocks(positions, layout).map((block) => {
    if (block.kind === "heading") above = Math.min(block.level + 1, above + 1, 6);
    const inside = pieces(positions, block.start, block.end, marks);
    const name = block.kind === "heading" ? `h${above}` : "p";
    return h(
      name,
      { class: block.kind === "item" ? "item" : null },
      inside.map((piece) => (piece.mark ? show(piece.mark, piece) : piece.text)),
    );
  });
}
