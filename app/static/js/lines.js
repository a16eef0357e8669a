// Lines can be named in an address: #L12, or #L12-L14. The lines named are shown so, as far as the browser can.
const markOf = (number) => document.querySelector(`[data-line="${number}"]`);

const named = () => {
  const found = /^#L(\d+)(?:-L(\d+))?$/.exec(location.hash);
  if (!found) return [];
  const ends = [Number(found[1]), Number(found[2] || found[1])].sort((one, other) => one - other);
  return [...document.querySelectorAll("[data-line]")].filter((mark) => {
    const number = Number(mark.dataset.line);
    return ends[0] <= number && number <= ends[1];
  });
};

// The words of a line: from its mark to the next one in the same unit, or to the unit's end.
const wordsFrom = (mark) => {
  const unit = mark.closest(".unit-words");
  const next = [...unit.querySelectorAll("[data-line]")].find(
    (other) => Number(other.dataset.line) > Number(mark.dataset.line),
  );
  const words = document.createRange();
  words.setStartAfter(mark);
  if (next) words.setEndBefore(next);
  else words.setEndAfter(unit.lastChild);
  return words;
};

const show = () => {
  const marks = named();
  for (const mark of document.querySelectorAll(".line-named")) mark.classList.remove("line-named");
  for (const mark of marks) mark.classList.add("line-named");
  if (window.Highlight && CSS.highlights) {
    CSS.highlights.set("lines", new Highlight(...marks.map(wordsFrom)));
  }
  return marks;
};

const arrive = () => {
  const [first] = show();
  if (first) first.scrollIntoView({ block: "center" });
};

let last = null;
document.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-line]");
  if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const number = Number(mark.dataset.line);
  const other = event.shiftKey && last !== null && markOf(last) ? last : number;
  if (!event.shiftKey) last = number;
  const [from, to] = [Math.min(number, other), Math.max(number, other)];
  history.pushState(null, "", from === to ? `#L${from}` : `#L${from}-L${to}`);
  if (event.shiftKey) getSelection().removeAllRanges();
  show();
});

if (document.querySelector("[data-line]")) {
  window.addEventListener("hashchange", arrive);
  window.addEventListener("popstate", show);
  const [first] = named();
  last = first ? Number(first.dataset.line) : null;
  arrive();
}
