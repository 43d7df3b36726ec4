// Saves a step while it is written, and says when. Without this script the buttons of the form do the same.
// What cannot be saved now (no connection, no log-in) stays on this device until it can.

const PAUSE = 2000; // after the last key
const AGAIN = 8000; // before another try without a connection
const SIGN = 40000; // between signs that the page is open

const form = document.getElementById("step");
const status = document.getElementById("saved");
const store = `step:${form?.dataset.autosave}`;

let dirty = false;
let saving = false;
let stopped = false;
let timer;
let underWay = Promise.resolve(); // the save that has begun last

const say = (text, isProblem = false) => {
  status.textContent = text;
  status.classList.toggle("saved-problem", isProblem);
};

/** The fields as pairs of name and value, without what only this page needs. */
const entries = () =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");

const keep = () => {
  try {
    localStorage.setItem(store, JSON.stringify(entries()));
  } catch {
    // A browser that keeps nothing for us: the text stays in the open page.
  }
};

const forget = () => {
  try {
    localStorage.removeItem(store);
  } catch {
    // Nothing was kept.
  }
};

/** Puts back what an earlier page could not save, if it was typed over the text that stands now. */
const restore = () => {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(store) ?? "null");
  } catch {
    return;
  }
  if (!kept) return;
  const values = new Map();
  for (const [name, value] of kept) values.set(name, [...(values.get(name) ?? []), value]);
  if (values.get("seen")?.[0] !== form.elements.seen.value) return forget();
  for (const field of form.querySelectorAll("input, select, textarea")) {
    if (!field.name || ["hidden", "file", "submit"].includes(field.type)) continue;
    const there = values.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = there.includes(field.value);
    else if (there.length) field.value = there[0];
  }
  say(form.dataset.restored);
  later(0);
};

/** The errors of the fields, where the server sees any; those that are mended go. */
const showErrors = (errors) => {
  form.querySelectorAll(".errorlist[data-live]").forEach((list) => list.remove());
  for (const [id, messages] of Object.entries(errors ?? {})) {
    const field = document.getElementById(id);
    const place = field?.closest(".field");
    if (!place || place.querySelector(".errorlist")) continue;
    const list = document.createElement("ul");
    list.className = "errorlist";
    list.dataset.live = "";
    list.id = `${id}_error`;
    for (const message of messages) list.append(Object.assign(document.createElement("li"), { textContent: message }));
    place.insertBefore(list, field.matches("fieldset") ? field.children[1] : field);
  }
};

/** A log-in in another window brings a new token; says whether there is one. */
async function renewToken() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("#step input[name=csrfmiddlewaretoken]")?.value;
  if (!token) return false;
  form.elements.csrfmiddlewaretoken.value = token;
  return true;
}

async function save() {
  if (!dirty || saving || stopped) return;
  saving = true;
  dirty = false;
  keep();
  say(form.dataset.saving);
  try {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
    const answer = await fetch(form.action || location.href, {
      method: "POST", body, headers: { "X-Autosave": "1" }, credentials: "same-origin", keepalive: true,
    });
    if (answer.status === 401 || answer.status === 403) {
      dirty = true;
      say(form.dataset.loggedOut, true);
      later(await renewToken() ? 0 : AGAIN);
    } else if (answer.status === 409) {
      const told = await answer.json();
      stopped = true;
      say(told.message, true);
    } else if (answer.ok) {
      const told = await answer.json();
      form.elements.seen.value = told.seen;
      showErrors(told.errors);
      say(told.message);
      if (dirty) keep();
      else forget();
    } else {
      throw new Error(answer.status);
    }
  } catch {
    dirty = true;
    say(form.dataset.offline, true);
    later(AGAIN);
  } finally {
    saving = false;
  }
}

function later(pause = PAUSE) {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(begin, pause);
}

const begin = () => {
  if (!saving) underWay = save();
};

/** A form that is sent while it is being saved would be told that its text had changed meanwhile: it waits. */
async function send(event) {
  clearTimeout(timer);
  if (saving) {
    event.preventDefault();
    await underWay;
    form.requestSubmit(event.submitter);
    return;
  }
  stopped = true;
  keep(); // until the next page is there: this one may never arrive
}

async function giveSign() {
  if (document.hidden || stopped) return;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(form.dataset.here, { method: "POST", body, credentials: "same-origin" });
    if (answer.status === 409) say((await answer.json()).message, true);
  } catch {
    // Without a connection nobody can be told anything.
  }
}

if (form?.dataset.autosave && status) {
  restore();
  form.addEventListener("input", () => { keep(); later(); });
  form.addEventListener("change", () => later(0));
  form.addEventListener("submit", send);
  window.addEventListener("online", () => { if (dirty) later(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) begin(); });
  // A page that comes back as it was left knows nothing of what was saved since.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  setInterval(giveSign, SIGN);
}
