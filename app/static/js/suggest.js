// Titles offered below a search field while somebody types: a combobox with a list, as ARIA describes one.
// Without it the field and its button do all there is to do.
for (const input of document.querySelectorAll("[data-suggest]")) {
  const list = document.createElement("ul");
  const said = document.createElement("span");
  let waiting = 0;
  let asking = new AbortController();
  let chosen = -1;

  list.id = `${input.id}-offered`;
  list.className = "offered";
  list.role = "listbox";
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  said.className = "visually-hidden";
  said.role = "status";
  input.after(list, said);
  input.role = "combobox";
  input.autocomplete = "off";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const close = () => {
    clearTimeout(waiting);
    asking.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (number) => {
    const options = [...list.children];
    chosen = (number + options.length + 1) % (options.length + 1);
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    const option = options[chosen];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const optionOf = (offered, place) => {
    const option = document.createElement("li");
    const title = document.createElement("span");
    const what = document.createElement("span");
    option.id = `${list.id}-${place}`;
    option.role = "option";
    option.className = "offered-one";
    option.dataset.url = offered.url;
    option.setAttribute("aria-selected", "false");
    title.className = "offered-title";
    title.dir = "auto";
    title.textContent = offered.title;
    what.className = "offered-what";
    what.textContent = offered.what;
    option.append(title, " ", what);
    return option;
  };

  const show = (offered) => {
    list.replaceChildren(...offered.map(optionOf));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = offered.length === 0;
    input.setAttribute("aria-expanded", String(offered.length > 0));
    said.textContent = offered.length === 0 ? "" : offered.length === 1 ? "1 suggestion" : `${offered.length} suggestions`;
  };

  const ask = async () => {
    const typed = input.value;
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (typed.trim().length < 2) {
      close();
      return;
    }
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed.slice(0, 200))}`, { signal });
      const offered = answer.ok ? await answer.json() : [];
      if (!signal.aborted) show(document.activeElement === input ? offered : []);
    } catch {
      // Nothing is offered; the search itself still works.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  });
  input.addEventListener("keydown", (event) => {
    const options = list.children.length;
    if (event.isComposing || list.hidden) {
      if (event.key === "ArrowDown" && !event.isComposing && input.value) ask();
      return;
    }
    if (event.key === "ArrowDown") choose(chosen === -1 ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen === -1 || chosen === options ? options - 1 : chosen - 1);
    else if (event.key === "Enter" && list.children[chosen]) window.location.assign(list.children[chosen].dataset.url);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) window.location.assign(option.dataset.url);
  });
}
