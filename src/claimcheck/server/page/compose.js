/** Where a draft comes in: pasted, dropped or chosen. */
import { api } from "./api.js";
import { announce, button, fill, h } from "./dom.js";
import { recentChecks } from "./history.js";
import { notice } from "./notice.js";
import { icon } from "./words.js";

const KINDS = [
  ["text/plain", "Plain text"],
  ["text/markdown", "Markdown"],
  ["text/html", "HTML"],
];
const ACCEPTED = ".md,.markdown,.txt,.html,.htm,.docx";

/** What a pasted text seems to be. */
export function guessKind(text) {
  const start = text.trimStart().slice(0, 2000);
  if (/^<(!doctype|html|body|article|p|h[1-6]|div)\b/i.test(start)) return "text/html";
  if (/^---\n/.test(start) || /^#{1,6} \S/m.test(start) || /\[[^\]\n]+\]\([^)\n]+\)/.test(start))
    return "text/markdown";
  return "text/plain";
}

/** A name for a draft that has none: its title or its first line. */
export function guessName(text) {
  const title = /^---\n(?:.*\n)*?title:[ \t]*["']?(.+?)["']?[ \t]*\n/.exec(text)?.[1];
  const line =
    title ||
    text
      .split("\n")
      .map((l) => l.replace(/^#+\s*/, "").trim())
      .find((l) => /\p{L}/u.test(l)) ||
    "";
  return line.length > 70 ? `${line.slice(0, 69).trimEnd()}…` : line;
}

export function composeView({ me }) {
  if (me.role === "reader") return { element: readersOnly() };
  const said = h("div", { class: "said" });
  const name = h("input", {
    id: "draft-name",
    type: "text",
    autocomplete: "off",
    placeholder: "Named after its first line",
    maxlength: 200,
  });
  const kind = h(
    "select",
    { id: "draft-kind" },
    KINDS.map(([value, words]) => h("option", { value }, words)),
  );
  const text = h("textarea", {
    id: "draft-text",
    class: "manuscript",
    spellcheck: "true",
    placeholder: "Paste your draft here, or drop a file.",
  });
  const size = h("span", { class: "quiet small", id: "draft-size" }, "No words yet");
  const file = h("input", {
    type: "file",
    id: "draft-file",
    class: "unseen",
    accept: ACCEPTED,
    tabindex: "-1",
    "aria-hidden": "true",
  });
  const submit = h("button", { type: "submit", class: "button is-main" }, "Check this draft");
  const choose = button([icon("file"), " Choose a file"], () => file.click());
  let chosenKind = false;

  const form = h(
    "form",
    { class: "card compose", on: { submit: start } },
    h(
      "div",
      { class: "compose-head" },
      h("div", { class: "field grows" }, h("label", { for: "draft-name" }, "Name"), name),
      h("div", { class: "field" }, h("label", { for: "draft-kind" }, "Format"), kind),
    ),
    h("label", { for: "draft-text", class: "unseen" }, "Draft"),
    text,
    said,
    h("div", { class: "compose-foot" }, size, file, choose, submit),
  );

  text.addEventListener("input", () => {
    const words = text.value.trim() ? text.value.trim().split(/\s+/).length : 0;
    size.textContent = words ? `${words.toLocaleString("en-GB")} ${words === 1 ? "word" : "words"}` : "No words yet";
    if (!chosenKind) kind.value = guessKind(text.value);
  });
  kind.addEventListener("change", () => {
    chosenKind = true;
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  file.addEventListener("change", () => {
    if (file.files[0]) upload(file.files[0]);
    file.value = "";
  });
  dropZone(form, upload);

  async function start(event) {
    event.preventDefault();
    if (!text.value.trim()) {
      fill(said, h("p", { class: "notice" }, "There is no text to check yet."));
      text.focus();
      return;
    }
    await send(() =>
      api.startCheck({
        name: name.value.trim() || guessName(text.value) || "Untitled draft",
        text: text.value,
        media_type: kind.value,
      }),
    );
  }
  async function upload(chosen) {
    fill(said, h("p", { class: "notice" }, `Reading ${chosen.name} …`));
    await send(() => api.uploadCheck(chosen));
  }
  async function send(ask) {
    submit.disabled = choose.disabled = true;
    announce("The draft is being read.");
    try {
      const check = await ask();
      location.hash = `#/checks/${encodeURIComponent(check.id)}`;
    } catch (error) {
      fill(said, notice(error));
    } finally {
      submit.disabled = choose.disabled = false;
    }
  }

  const element = h(
    "div",
    { class: "compose-page" },
    h(
      "div",
      { class: "lead" },
      h("h1", {}, "What does the record say?"),
      h(
        "p",
        {},
        "Put a draft in. Every sentence that your sources can settle is held against them, and marked as it is done.",
      ),
    ),
    form,
    h("aside", { class: "beside" }, recentChecks(), formats()),
  );
  return { element };
}

function formats() {
  return h(
    "section",
    { class: "hints" },
    h("h2", {}, "Good to know"),
    h(
      "ul",
      {},
      h("li", {}, "Files: Markdown, HTML, plain text and Word (", h("code", {}, ".docx"), ")."),
      h("li", {}, "Nothing leaves this server. The draft and its verdicts are kept in the history."),
      h("li", {}, h("kbd", {}, "Ctrl"), " ", h("kbd", {}, "Enter"), " checks, ", h("kbd", {}, "?"), " lists all keys."),
    ),
  );
}

function readersOnly() {
  return h(
    "div",
    { class: "compose-page" },
    h(
      "div",
      { class: "lead" },
      h("h1", {}, "What does the record say?"),
      h("p", {}, "Readers can look at checks and documents. To check a draft, ask for a token of an editor."),
    ),
    h("aside", { class: "beside is-wide" }, recentChecks()),
  );
}

/** Files may be dropped on *element*; it shows so while one is held over it. */
export function dropZone(element, use) {
  let depth = 0;
  const over = (by) => {
    depth = by === 0 ? 0 : depth + by;
    element.classList.toggle("is-over", depth > 0);
  };
  element.addEventListener("dragenter", () => over(1));
  element.addEventListener("dragleave", () => over(-1));
  element.addEventListener("dragover", (event) => {
    if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
  });
  element.addEventListener("drop", (event) => {
    over(0);
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    use(file);
  });
}
