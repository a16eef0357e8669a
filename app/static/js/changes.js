// Where a text has several changes, two buttons lead from one to the next; inside the text, the keys N and P do.
const titleOver = (text) => (text.previousElementSibling?.matches("[data-change]") ? [text.previousElementSibling] : []);
const seenIn = (text) => [...titleOver(text), ...text.querySelectorAll("[data-change]")].filter((change) => change.offsetParent);

const counted = (text) => {
  const ways = document.createElement("div");
  ways.className = "redline-ways";
  const place = document.createElement("span");
  place.setAttribute("role", "status");
  place.textContent = `${seenIn(text).length} changes`;
  let now = -1;
  const go = (step) => {
    const changes = seenIn(text);
    now = now < 0 && step < 0 ? changes.length - 1 : (now + step + changes.length) % changes.length;
    changes[now].setAttribute("tabindex", "-1");
    changes[now].focus({ preventScroll: true });
    changes[now].scrollIntoView({ block: "center" });
    place.textContent = `Change ${now + 1} of ${changes.length}`;
  };
  for (const [label, key, step] of [["Previous change", "p", -1], ["Next change", "n", 1]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-secondary redline-way";
    button.textContent = label;
    button.setAttribute("aria-keyshortcuts", key);
    button.addEventListener("click", () => go(step));
    ways.append(button);
  }
  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const step = { n: 1, p: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(step);
  };
  for (const place of [text, ...titleOver(text)]) place.addEventListener("keydown", pressed);
  ways.append(place);
  return ways;
};

for (const text of document.querySelectorAll("[data-redline]")) {
  if (seenIn(text).length > 1) text.prepend(counted(text));
}
