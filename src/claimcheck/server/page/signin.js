/** Signing in with a token. */
import { api } from "./api.js";
import { fill, h } from "./dom.js";
import { notice } from "./notice.js";
import { icon } from "./words.js";

export function signInView({ problem, onSignedIn }) {
  const token = h("input", {
    id: "token",
    type: "password",
    autocomplete: "current-password",
    required: true,
    spellcheck: "false",
  });
  const said = h("div", { class: "said" }, problem ? h("p", { class: "notice" }, problem) : null);
  const submit = h("button", { type: "submit", class: "button is-main" }, "Sign in");
  const form = h(
    "form",
    { class: "card sign-in", on: { submit: signIn } },
    h("span", { class: "brand-mark is-large" }, icon("decided")),
    h("h1", {}, "Sign in to the newsroom"),
    h(
      "p",
      { class: "quiet" },
      "Your token came from whoever runs claimcheck in your newsroom. It stays on this server.",
    ),
    h("label", { for: "token" }, "Token"),
    token,
    said,
    submit,
  );

  async function signIn(event) {
    event.preventDefault();
    submit.disabled = true;
    try {
      onSignedIn(await api.signIn(token.value.trim()));
    } catch (error) {
      fill(said, notice(error));
      token.setAttribute("aria-invalid", "true");
      token.select();
    } finally {
      submit.disabled = false;
    }
  }
  return { element: h("div", { class: "narrow" }, form), focus: () => token.focus() };
}
