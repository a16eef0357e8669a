// After a form came back, the reader is taken to what is wrong with it.
const summary = document.querySelector("[data-focus-first]");
if (summary) summary.focus();
