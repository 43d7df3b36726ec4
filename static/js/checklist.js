// Turns the steps of a policy tool into boxes to tick. The ticks are kept on the reader's device only.

const list = document.getElementById("checklist");
const state = document.getElementById("checklist-state");
const key = `checklist:${list?.dataset.record}`;

/** The ids of the steps ticked earlier; none where the browser keeps nothing for us. */
function load() {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
  } catch {
    return new Set();
  }
}

/** Keeps the ticks, or forgets the list when there are none. A browser that refuses loses them with the page. */
function save(ticked) {
  try {
    if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked));
    else localStorage.removeItem(key);
  } catch {
    // Storage is switched off: the boxes still work while the page is open.
  }
}

/** A step with a box in front, its words being the label. */
function makeTickable(step, ticked) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.value = step.dataset.step;
  box.checked = ticked.has(box.value);
  label.append(box, ...step.childNodes);
  step.append(label);
  step.classList.add("tickable");
}

function boxes() {
  return [...list.querySelectorAll("input")];
}

function showState() {
  const done = boxes().filter((box) => box.checked).length;
  state.querySelector("output").textContent = `${done} / ${boxes().length}`;
  state.querySelector("button").hidden = done === 0;
}

function keep() {
  save(boxes().filter((box) => box.checked).map((box) => box.value));
  showState();
}

if (list && state) {
  const ticked = load();
  for (const step of list.children) makeTickable(step, ticked);
  list.addEventListener("change", keep);
  state.querySelector("button").addEventListener("click", () => {
    for (const box of boxes()) box.checked = false;
    keep();
    boxes()[0].focus();
  });
  showState();
  state.classList.add("ready");
}
