// The reader's own list of records: kept on the device only. Its page is made by the server from its address alone; here
// stands what the device remembers of it. Without this script a list lives in its address.

const KEY = "list";
const MOST = 100;
const EMPTY = { title: "", codes: [] };

/** The list of this device; an empty one where the browser keeps nothing for us. */
function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return kept && Array.isArray(kept.codes) ? { ...EMPTY, ...kept } : EMPTY;
  } catch {
    return EMPTY;
  }
}

function save(list) {
  try {
    if (list.codes.length) localStorage.setItem(KEY, JSON.stringify(list));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing for us: the list stays in the address of its page.
  }
}

/** Where the list is read: its address holds all of it. */
function addressOf({ title, codes }, path) {
  const query = new URLSearchParams(title ? { title } : {});
  codes.forEach((code) => query.append("code", code));
  return codes.length ? `${path}?${query}` : path;
}

function show() {
  const list = load();
  document.querySelectorAll("[data-own-list]").forEach((link) => {
    link.href = addressOf(list, new URL(link.href).pathname);
    link.querySelector("[data-own-count]").textContent = list.codes.length ? ` (${list.codes.length})` : "";
  });
  document.querySelectorAll("[data-keep]").forEach((button) => {
    button.setAttribute("aria-pressed", String(list.codes.includes(button.dataset.keep)));
  });
}

/** Puts a record into the list, or takes it out again. A full list takes no more. */
function toggle(code) {
  const list = load();
  const codes = list.codes.filter((item) => item !== code);
  if (codes.length === list.codes.length) codes.push(code);
  if (codes.length <= MOST) save({ ...list, codes });
  show();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-keep]");
  if (button) toggle(button.dataset.keep);
});
document.addEventListener("htmx:afterSettle", show);
window.addEventListener("storage", show);
window.addEventListener("pageshow", show);

// ---- The page of a list

const CHANGING = "list-is-changing";
const page = document.querySelector("[data-collected]");

/** Whether the page before this one was the own list, and asked for a change of it. Says so once. */
function wasChanging() {
  try {
    const found = sessionStorage.getItem(CHANGING);
    sessionStorage.removeItem(CHANGING);
    return Boolean(found);
  } catch {
    return false;
  }
}

function sayChanging() {
  try {
    sessionStorage.setItem(CHANGING, "1");
  } catch {
    // Then the page that comes is shown as another list, to be made the own one.
  }
}

function isOwn(shown, own) {
  return shown.title === own.title && shown.codes.join() === own.codes.join();
}

function openPage() {
  const shown = { title: page.dataset.title, codes: page.dataset.collected.split(" ").filter(Boolean) };
  const own = load();
  const query = new URLSearchParams(location.search);
  // Who comes without an address wants the own list.
  if (!query.has("code") && !query.has("gone") && own.codes.length) {
    location.replace(addressOf(own, location.pathname));
    return;
  }
  let isMine = isOwn(shown, own);
  if (wasChanging() && !isMine) {
    save(shown);
    isMine = true;
    show();
  }

  const other = page.querySelector("[data-other]");
  const take = (list) => {
    save(list);
    location.assign(addressOf(load(), location.pathname));
  };
  other.hidden = isMine || !shown.codes.length;
  other.querySelector("[data-take=added]").hidden = !own.codes.length;
  other.querySelector("[data-take=instead]").addEventListener("click", () => take(shown));
  other.querySelector("[data-take=added]").addEventListener("click", () => {
    take({ ...own, codes: [...new Set([...own.codes, ...shown.codes])].slice(0, MOST) });
  });

  // What is changed on the page of the own list is the own list after it.
  const note = () => { if (isMine) sayChanging(); };
  page.querySelectorAll("form[data-change]").forEach((form) => form.addEventListener("submit", note));
  page.querySelectorAll("a[data-change]").forEach((link) => link.addEventListener("click", note));
  page.querySelector("[data-forget]")?.addEventListener("click", () => {
    save(EMPTY);
    location.assign(location.pathname);
  });
  page.querySelector("[data-copy]")?.addEventListener("click", async ({ target }) => {
    const field = document.getElementById(target.dataset.copy);
    const said = page.querySelector("[data-copied]");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = said.dataset.copied;
    } catch {
      // The address is selected: it can be copied by hand.
    }
  });
}

show();
if (page) openPage();
