// The print button; the style sheet hides it where scripts are off.

document.getElementById("print")?.addEventListener("click", () => window.print());
