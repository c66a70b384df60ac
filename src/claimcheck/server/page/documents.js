/** The sources: a list with a search, and the one that is read. */
import { api } from "./api.js";
import { announce, button, counted, day, fill, h } from "./dom.js";
import { confirm } from "./history.js";
import { dropZone } from "./compose.js";
import { empty, notice, skeleton } from "./notice.js";
import { documentFacts, documentText, forgetDocument, joined, readDocument } from "./source.js";
import { icon } from "./words.js";

const ACCEPTED = ".md,.markdown,.txt,.html,.htm";

export function documentsView({ me, id }) {
  return new DocumentsView(me, id);
}

class DocumentsView {
  constructor(me, id) {
    this.me = me;
    this.query = "";
    this.offset = 0;
    this.rows = h("ol", { class: "documents" });
    this.state = h("div", {}, skeleton(8));
    this.more = h("div", { class: "more" });
    this.said = h("div", { class: "said" });
    this.reader = h("section", { class: "reader", "aria-label": "Document" });
    const search = h("input", {
      type: "search",
      id: "search",
      autocomplete: "off",
      placeholder: "Words, names, places …",
      on: { input: () => this.later(search.value) },
    });
    this.list = h(
      "div",
      { class: "document-list" },
      h(
        "div",
        { class: "search", role: "search" },
        h("label", { for: "search", class: "unseen" }, "Search the documents"),
        icon("search"),
        search,
      ),
      this.said,
      this.state,
      this.rows,
      this.more,
    );
    this.element = h(
      "div",
      { class: "page documents-page" },
      h("div", { class: "page-head" }, h("h1", {}, "Documents"), me.role === "reader" ? null : this.adder()),
      h("div", { class: "document-columns" }, this.list, this.reader),
    );
    if (me.role !== "reader") dropZone(this.list, (file) => this.add(file));
    this.read();
    this.show(id);
  }

  adder() {
    const file = h("input", {
      type: "file",
      class: "unseen",
      accept: ACCEPTED,
      tabindex: "-1",
      "aria-hidden": "true",
      on: {
        change: () => {
          if (file.files[0]) this.add(file.files[0]);
          file.value = "";
        },
      },
    });
    return h(
      "span",
      {},
      file,
      button([icon("file"), " Add a document"], () => file.click()),
    );
  }

  later(query) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.query = query.trim();
      this.again();
    }, 200);
  }

  again() {
    this.offset = 0;
    this.fresh = true;
    this.read();
  }

  async read() {
    const asked = this.query;
    try {
      const page = await api.documents({ q: asked, offset: this.offset || null, limit: 50 });
      if (asked !== this.query) return;
      if (this.fresh) fill(this.rows);
      this.fresh = false;
      this.rows.append(...page.documents.map((source) => this.row(source)));
      this.offset = this.rows.childElementCount;
      fill(this.more, this.offset < page.total ? button("Show more", () => this.read()) : null);
      const shown = counted(page.total, "document") + (asked ? ` with “${asked}”` : "");
      fill(
        this.state,
        this.rows.childElementCount
          ? h("p", { class: "quiet small" }, shown)
          : asked
            ? empty("Nothing found", `No document has “${asked}”.`)
            : empty("No documents yet", "Claims are held against the documents that stand here."),
      );
      if (asked) announce(shown);
    } catch (error) {
      fill(this.state, notice(error, { again: () => this.again() }));
    }
  }

  row(source) {
    return h(
      "li",
      {},
      h(
        "a",
        {
          class: "document-row",
          href: `#/documents/${source.id.split("/").map(encodeURIComponent).join("/")}`,
          "data-id": source.id,
          "aria-current": source.id === this.id ? "true" : null,
        },
        h("span", { class: "document-title" }, source.title || source.id),
        h("span", { class: "facts" }, joined([source.source, source.published ? day(source.published) : "undated"])),
      ),
    );
  }

  async show(id) {
    this.id = id;
    this.element.classList.toggle("is-open", Boolean(id));
    for (const link of this.rows.querySelectorAll("a")) {
      if (link.dataset.id === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (!id) {
      fill(this.reader, empty("Choose a document", "Its whole text is shown here, as claims are held against it."));
      return;
    }
    fill(this.reader, skeleton(10));
    try {
      const source = await readDocument(id);
      if (id !== this.id) return;
      const title = h("h2", { tabindex: "-1" }, source.title || id);
      fill(
        this.reader,
        h(
          "div",
          { class: "reader-head" },
          h("a", { class: "button is-quiet back", href: "#/documents" }, icon("back"), " All documents"),
          this.me.role === "admin"
            ? button("Remove", () => this.remove(source, id), { class: "button is-quiet" })
            : null,
        ),
        title,
        documentFacts({ ...source, id }),
        documentText(source),
      );
      title.focus({ preventScroll: true });
      this.reader.scrollTop = 0;
    } catch (error) {
      fill(this.reader, notice(error));
    }
  }

  async add(file) {
    fill(this.said, h("p", { class: "notice" }, `Reading ${file.name} …`));
    try {
      await api.addDocument(file);
      fill(this.said, h("p", { class: "notice is-good" }, `${file.name} was added.`));
      announce(`${file.name} was added.`);
      this.again();
    } catch (error) {
      fill(this.said, notice(error));
    }
  }

  remove(source, id) {
    confirm({
      title: "Remove this document?",
      words: `“${source.title || id}” is no source any more; checks that were made with it keep what they quoted.`,
      action: "Remove the document",
      run: async () => {
        await api.removeDocument(id);
        forgetDocument(id);
        announce("The document was removed.");
        location.hash = "#/documents";
        this.again();
      },
    });
  }

  moved(name, [id]) {
    if (name !== "documents") return false;
    this.show(id);
    return true;
  }
}
