/** A button that opens a short list; Escape, a click elsewhere or leaving it with the keyboard closes it. */
import { h } from "./dom.js";

/**
 * @param {object} options `label` for the button, `items` for the list, `kind` as a class of both.
 */
export function menu({ label, items, kind = "" }) {
  const list = h("div", { class: "menu-list", hidden: true }, items);
  const opener = h(
    "button",
    {
      type: "button",
      class: `button menu-button ${kind}`,
      "aria-expanded": "false",
      on: { click: () => set(list.hidden) },
    },
    label,
  );
  const whole = h("div", { class: `menu ${kind}` }, opener, list);

  function set(open) {
    list.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    const change = open ? document.addEventListener : document.removeEventListener;
    change.call(document, "pointerdown", outside);
    if (open) list.querySelector("a, button")?.focus();
  }
  function outside(event) {
    if (!whole.contains(event.target)) set(false);
  }
  whole.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      set(false);
      opener.focus();
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  whole.addEventListener("focusout", (event) => {
    if (!list.hidden && event.relatedTarget && !whole.contains(event.relatedTarget)) set(false);
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a, button")) set(false);
  });
  function step(by) {
    const all = [...list.querySelectorAll("a, button")];
    const at = all.indexOf(document.activeElement);
    all.at((at + by) % all.length)?.focus();
  }
  return whole;
}
