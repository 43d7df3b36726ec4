// What is chosen for comparing is kept on the device, over the pages of a list. Without this script the boxes of one page
// are sent as they are.

const KEY = "compare";
const MOST = 4;
const form = document.getElementById("compare");
const compared = document.querySelector("[data-compared]");

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function save(codes) {
  try {
    localStorage.setItem(KEY, JSON.stringify(codes));
  } catch {
    // A browser that keeps nothing for us: the boxes of this page still work.
  }
}

const boxes = () => [...document.querySelectorAll("input[form=compare]")];

/** Ticks what is chosen; where four are, no fifth can be. The bar stays in sight as soon as there is something in it. */
function show() {
  const chosen = load();
  for (const box of boxes()) {
    box.checked = chosen.includes(box.value);
    box.disabled = !box.checked && chosen.length >= MOST;
  }
  form.querySelector("output").textContent = chosen.length;
  form.classList.toggle("holds-some", chosen.length > 0);
}

/** Sends what was chosen on other pages along. */
function complete({ formData }) {
  formData.delete("code");
  load().forEach((code) => formData.append("code", code));
}

if (compared?.dataset.compared) save(compared.dataset.compared.split(" "));

if (form) {
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("input[form=compare]")) return;
    const others = load().filter((code) => code !== target.value);
    save(target.checked ? [...others, target.value].slice(0, MOST) : others);
    show();
  });
  form.addEventListener("formdata", complete);
  form.addEventListener("reset", () => { save([]); setTimeout(show); });
  document.addEventListener("htmx:afterSettle", show);
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", show);
  show();
}
