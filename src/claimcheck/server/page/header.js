/** The head of the page: its name, the ways through it, and who is signed in. */
import { button, h } from "./dom.js";
import { openHelp } from "./keys.js";
import { menu } from "./menu.js";
import { icon } from "./words.js";

const WAYS = [
  ["check", "#/", "Check"],
  ["history", "#/checks", "History"],
  ["documents", "#/documents", "Documents"],
  ["audit", "#/audit", "Audit"],
];

export function header({ me, current, onSignOut }) {
  const ways = me ? WAYS.filter(([name]) => name !== "audit" || me.role === "admin") : [];
  return [
    h(
      "a",
      { class: "brand", href: "#/" },
      h("span", { class: "brand-mark" }, icon("decided")),
      h("span", { class: "brand-name" }, "claimcheck"),
    ),
    ways.length
      ? h(
          "nav",
          { class: "ways", "aria-label": "Main" },
          ways.map(([name, href, words]) => h("a", { href, "aria-current": name === current ? "page" : null }, words)),
        )
      : h("span"),
    me ? who(me, onSignOut) : h("span"),
  ];
}

function who(me, onSignOut) {
  const name = me.user || "local";
  const initials = name
    .split(/[\s._-]+/)
    .map((part) => [...part][0])
    .join("")
    .slice(0, 2)
    .toUpperCase();
  return menu({
    label: [
      h("span", { class: "face", "aria-hidden": "true" }, initials),
      h("span", { class: "unseen" }, `Signed in as ${name}`),
    ],
    kind: "who",
    items: [
      h("p", { class: "menu-head" }, h("strong", {}, name), h("span", { class: "quiet" }, me.role)),
      button("Keyboard shortcuts", openHelp, { class: "menu-item" }),
      me.tokens_required === false ? null : button("Sign out", onSignOut, { class: "menu-item" }),
    ],
  });
}
