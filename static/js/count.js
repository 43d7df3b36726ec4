// Shows how many characters are left in a field. The server enforces the limit, so a longer text may be pasted and cut.

const PAUSE = 600; // milliseconds: a screen reader hears the number when the writer rests, not at each key

/** Code points, as the server counts them: an emoji is one, not two. A line break is two, as the browser sends it. */
function length(text) {
  return [...text.replace(/\r?\n/g, "\r\n")].length;
}

function watch(note) {
  const field = document.getElementById(note.dataset.countOf);
  const left = note.querySelector("output");
  const limit = Number(left.textContent);
  if (!field || !limit) return;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let timer;
  const show = () => {
    const used = length(field.value);
    left.textContent = number.format(limit - used);
    // A short field that is far from full needs no number below it.
    note.hidden = field.tagName !== "TEXTAREA" && used < limit / 2;
  };
  field.removeAttribute("maxlength");
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  show();
}

document.querySelectorAll("[data-count-of]").forEach(watch);

// After a refused form, the reader begins at the list of what needs attention.
document.getElementById("errors")?.focus();
