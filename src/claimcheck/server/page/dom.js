/**
 * Elements are made here and nowhere else.
 *
 * What comes from drafts, articles and people goes in as text nodes and attribute values, never as markup; attributes
 * that could run something are refused.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element.
 *
 * @param {string} name Its tag.
 * @param {object} properties Attributes; `on` holds event listeners by name; null, undefined and false are left out.
 * @param {...any} children Elements, text, arrays of those; null, undefined and false are left out.
 */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      setAttribute(element, key, value);
    }
  }
  element.append(...flat(children));
  return element;
}

function setAttribute(element, key, value) {
  if (/^on/i.test(key) || key === "style" || key === "srcdoc") throw new Error(`attribute ${key} is not allowed`);
  if (key === "href" && !safeAddress(String(value))) return;
  element.setAttribute(key, value === true ? "" : String(value));
}

/** Whether a link may lead to *address*: inside this page or server, or to a web page. */
export function safeAddress(address) {
  return /^(#|https?:\/\/|(?![a-z][a-z0-9+.-]*:)(?!\/\/)[\w.])/i.test(address);
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Put *children* in the place of all that *element* holds. */
export function fill(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

/** Text for screen readers alone. */
export function unseen(text) {
  return h("span", { class: "unseen" }, text);
}

/** A drawing of 16 by 16 units; its strokes and fills take the colours of the style sheet. */
export function drawing(kind, ...parts) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  svg.setAttribute("class", `icon ${kind}`);
  for (const [part, d] of parts) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", part);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** A button with words on it. */
export function button(words, listener, properties = {}) {
  return h("button", { type: "button", class: "button", ...properties, on: { click: listener } }, words);
}

/** A point in time as people read it, with the exact one beside it for programs. */
export function moment(when) {
  const date = new Date(when);
  if (!when || Number.isNaN(date.getTime())) return h("span", {}, when || "–");
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(date);
  return h("time", { datetime: when }, words);
}

/** A day such as 2009-08-06 as people read it. */
export function day(date) {
  const read = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(read.getTime())) return h("span", {}, date);
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(read);
  return h("time", { datetime: date }, words);
}

/** "1 claim", "3 claims". */
export function counted(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

let waiting = 0;

/** Tell people who do not see the screen; of many messages at once only the last is read out. */
export function announce(text, { urgent = false } = {}) {
  const region = document.getElementById(urgent ? "urgent" : "polite");
  if (urgent) {
    region.textContent = text;
    return;
  }
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    region.textContent = text;
  }, 250);
}
