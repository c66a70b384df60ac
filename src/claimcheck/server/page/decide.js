/** What people decide about a verdict: accept it, override it, comment on it. */
import { api } from "./api.js";
import { announce, button, fill, h, moment } from "./dom.js";
import { notice } from "./notice.js";
import { VERDICTS, actionWords, didWords, icon, verdictWords } from "./words.js";

/** The decisions on a claim so far, oldest first. */
export function decisionList(decisions) {
  if (!decisions.length) return null;
  return h(
    "section",
    { class: "decisions" },
    h("h3", {}, "Decisions"),
    h(
      "ol",
      {},
      decisions.map((decision) =>
        h(
          "li",
          { "data-action": decision.action },
          icon(decision.action === "comment" ? "comment" : "decided"),
          h(
            "div",
            {},
            h(
              "p",
              {},
              h("strong", {}, decision.who || "local"),
              ` ${didWords(decision.action)}`,
              decision.action === "override" && decision.verdict
                ? `: ${verdictWords(decision.verdict).toLowerCase()}`
                : "",
              " ",
              h("span", { class: "quiet small" }, moment(decision.when)),
            ),
            decision.comment ? h("p", { class: "said-words" }, decision.comment) : null,
          ),
        ),
      ),
    ),
  );
}

/**
 * Buttons for a decision and the form that each opens.
 *
 * @param {object} options `check`, `number` of the claim, `me`, `verdict` of the sources, and `onDecided`, called with
 *   the stored decision.
 * @returns {{element: HTMLElement, act: function(string)}} `act` does what the button of that name does.
 */
export function decisionBar({ check, number, me, verdict, onDecided }) {
  if (me.role === "reader")
    return { element: h("p", { class: "quiet small" }, "Readers look; editors decide."), act: () => {} };
  const said = h("div", { class: "said" });
  const form = h("div", { class: "decide-form" });
  const buttons = {
    accept: button([icon("decided"), " Accept"], () => send({ action: "accept" }), { class: "button is-main" }),
    override: button("Override…", () => ask("override"), { "aria-expanded": "false" }),
    comment: button([icon("comment"), " Comment…"], () => ask("comment"), { "aria-expanded": "false" }),
  };
  const element = h(
    "div",
    { class: "decide" },
    said,
    form,
    h("div", { class: "decide-buttons", role: "group", "aria-label": "Decide" }, Object.values(buttons)),
  );

  function expanded(action) {
    for (const name of ["override", "comment"]) buttons[name].setAttribute("aria-expanded", String(name === action));
  }
  function shut() {
    expanded("");
    fill(form);
  }
  function ask(action) {
    if (buttons[action].getAttribute("aria-expanded") === "true") {
      shut();
      return;
    }
    expanded(action);
    const words = h("textarea", { id: "decision-comment", rows: 3, required: true, maxlength: 4000 });
    const choice = action === "override" ? verdictChoice(verdict) : null;
    const own = h(
      "form",
      {
        on: {
          submit: (event) => {
            event.preventDefault();
            const chosen = own.querySelector("input[name=verdict]:checked")?.value;
            send({ action, comment: words.value.trim(), ...(chosen ? { verdict: chosen } : {}) });
          },
          keydown: (event) => {
            if (event.key === "Escape") {
              event.stopPropagation();
              shut();
              buttons[action].focus();
            }
          },
        },
      },
      choice,
      h("label", { for: "decision-comment" }, action === "override" ? "Why" : "Comment"),
      words,
      h(
        "div",
        { class: "form-buttons" },
        h("button", { type: "submit", class: "button is-main" }, action === "override" ? "Override" : "Comment"),
        button("Cancel", () => {
          shut();
          buttons[action].focus();
        }),
      ),
    );
    fill(form, own);
    (choice?.querySelector("input") || words).focus();
  }
  async function send(decision) {
    fill(said);
    try {
      const stored = await api.decide(check.id, number, decision);
      shut();
      announce(`${actionWords(decision.action)}.`);
      onDecided(stored);
    } catch (error) {
      fill(said, notice(error));
    }
  }
  return { element, act: (name) => buttons[name]?.click() };
}

function verdictChoice(verdict) {
  const others = VERDICTS.filter((name) => name !== verdict);
  return h(
    "fieldset",
    {},
    h("legend", {}, "The verdict should be"),
    others.map((name) =>
      h(
        "label",
        { class: "choice", "data-verdict": name },
        h("input", { type: "radio", name: "verdict", value: name, required: true }),
        icon(name),
        verdictWords(name),
      ),
    ),
  );
}
