// Suggestions while typing: topics first, then titles. Without this script the field sends a plain form.
// The pattern is the combobox with a list of the ARIA Authoring Practices; what is chosen is a link that is followed.

const PAUSE = 150;
const SHORTEST = 2;

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input");
    this.list = element("ul", {
      role: "listbox",
      id: `${this.input.id}-suggestions`,
      class: "suggestions",
      "aria-label": form.querySelector("label").textContent,
    });
    this.list.hidden = true;
    form.append(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false",
    })) this.input.setAttribute(name, value);
    this.active = -1;
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) this.close(); });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const typed = this.input.value.trim();
    this.request?.abort();
    if (typed.length < SHORTEST) return this.close();
    this.request = new AbortController();
    try {
      const address = `${this.form.dataset.suggestions}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: this.request.signal });
      if (answer.ok) this.show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show({ topics, titles }) {
    this.list.replaceChildren(
      ...topics.map((topic) => this.option(topic.url, "topic", topic.label, "", topic.also || String(topic.count))),
      ...titles.map((title) => this.option(title.url, "title", title.label, title.lang, title.kind)),
    );
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = !this.list.children.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  option(url, kind, label, lang, note) {
    const number = `${this.list.id}-${(this.given = (this.given ?? 0) + 1)}`;
    const made = element("li", { role: "option", id: number, class: kind, "aria-selected": "false" },
      element("span", { lang: lang === document.documentElement.lang ? "" : lang }, label),
      element("span", { class: "fine" }, note));
    made.addEventListener("pointerdown", (event) => event.preventDefault());
    made.addEventListener("click", () => location.assign(url));
    made.url = url;
    return made;
  }

  key(event) {
    const options = [...this.list.children];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (!this.list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1;
      this.move(options, ((this.active < 0 ? options.length : this.active) + step + places) % places);
    } else if (event.key === "Enter" && options[this.active]) {
      event.preventDefault();
      location.assign(options[this.active].url);
    }
  }

  // The place behind the last option is the field itself.
  move(options, to) {
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = to;
    const chosen = options[to];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.request?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

document.querySelectorAll("form[data-suggestions]").forEach((form) => new Suggestions(form));
