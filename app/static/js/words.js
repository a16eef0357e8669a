// Counts the words as they are typed; told aloud only when the writer pauses, so as not to interrupt.
const countOf = (text) => (text.match(/\S+/g) || []).length;

const sentence = (count, advised) => {
  const words = count === 1 ? "1 word" : `${count} words`;
  const over = count - advised;
  return over > 0 ? `${words}, ${over} more than advised (${advised}).` : `${words}; up to ${advised} is best.`;
};

for (const input of document.querySelectorAll("[data-advised-words]")) {
  const line = document.getElementById(`${input.id}-words`);
  if (!line) continue;
  const advised = Number(input.dataset.advisedWords);
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  line.after(spoken);
  let pause;
  const show = () => {
    const count = countOf(input.value);
    line.textContent = sentence(count, advised);
    line.classList.toggle("field-words-over", count > advised);
  };
  input.addEventListener("input", () => {
    show();
    clearTimeout(pause);
    pause = setTimeout(() => { spoken.textContent = line.textContent; }, 1500);
  });
  show();
}
