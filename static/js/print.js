// Shows the print button, which only works with a script.

const button = document.getElementById("print");

if (button) {
  button.addEventListener("click", () => window.print());
  button.closest("li").hidden = false;
}
