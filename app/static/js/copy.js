// A button that copies a text; without scripts the text is selected by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    let done = false;
    try {
      await navigator.clipboard.writeText(text.value);
      done = true;
    } catch {
      text.select();
      done = document.execCommand("copy");
    }
    said.textContent = done ? "Copied." : "Your browser does not allow that: select the text and copy it.";
  });
}
