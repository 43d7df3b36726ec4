// With htmx the filters act at once, and empty parameters stay out of the address. The style sheet has hidden the buttons
// that send them before the first paint, so that nothing moves; without htmx they come back.

const form = document.getElementById("facets");

if (form && !window.htmx) {
  document.querySelectorAll(".apply").forEach((button) => button.classList.add("needed"));
}

if (form && window.htmx) {
  const sort = document.getElementById("sort");
  const usual = sort?.options[0]?.value;
  form.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.parameters.sort === usual) delete event.detail.parameters.sort;
  });
}
