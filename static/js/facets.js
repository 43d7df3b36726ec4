// With htmx the filters act at once: the buttons that send them are not needed, and empty parameters stay out of the address.

const form = document.getElementById("facets");

if (form && window.htmx) {
  document.querySelectorAll(".apply").forEach((button) => {
    button.hidden = true;
  });

  const sort = document.getElementById("sort");
  const usual = sort?.options[0]?.value;
  form.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.parameters.sort === usual) delete event.detail.parameters.sort;
  });
}
