// While a text is being edited in place: its changes beside it, how long it is, and every word kept.
const form = document.querySelector("[data-editor]");
const STORED = "kept-words:";
const PAUSE = { redline: 400, keep: 1500, again: 10000 };
const PATIENCE = 8000;

const forget = () => {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(STORED)) sessionStorage.removeItem(name);
};

// Machines are shared: nothing typed is left behind in a browser in which nobody is signed in any more.
if (document.querySelector(".masthead a[href^='/sign-in']")) forget();
document.querySelector("form[action='/sign-out']")?.addEventListener("submit", forget);

const body = (more = {}) => {
  const sent = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(more)) sent.set(name, value);
  return sent;
};

const send = (url, sent, stop) =>
  fetch(url, { method: "POST", body: sent, signal: stop ? AbortSignal.any([stop, AbortSignal.timeout(PATIENCE)]) : AbortSignal.timeout(PATIENCE) });

const counting = (area) => {
  const line = document.getElementById(area.dataset.count);
  // As the service counts: the marks of a list or a heading are no words.
  const words = (area.value.match(/\S*[\p{L}\p{N}]\S*/gu) || []).length;
  line.textContent = `${words} ${words === 1 ? "word" : "words"}, ${area.value.length} characters`;
};

// What is changed is asked of the server, so that it is always what the preview will show.
const livening = (written) => {
  const place = written.querySelector("[data-live]");
  let pause;
  let asked;
  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await send(form.dataset.redlineFrom, body({ at: written.dataset.at }), asked.signal);
      if (!answer.ok) return;
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...piece.body.childNodes);
    } catch { /* Without a connection the changes are seen in the preview. */ }
  };
  return (delay) => {
    clearTimeout(pause);
    pause = setTimeout(show, delay);
  };
};

const keeping = () => {
  const state = form.querySelector("[data-state]");
  let timer;
  let sending = false;
  let unsaved = false;
  let leaving = null;
  const here = () => STORED + location.pathname + location.search;
  const say = (words) => { if (state.textContent !== words) state.textContent = words; };
  const store = () => { try { sessionStorage.setItem(here(), body().toString()); } catch { /* No room: the form itself still holds them. */ } };

  const answered = async (answer) => {
    if (answer.status === 204) {
      sessionStorage.removeItem(here());
      const draft = answer.headers.get("Content-Location");
      if (draft && location.pathname !== draft) history.replaceState(null, "", draft);
      const now = new Date();
      say(`Saved at ${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`);
      return;
    }
    unsaved = true;
    store();
    say(answer.status === 422 ? `Not saved: ${await answer.text()}` : "Not saved. “Save and preview” says why.");
  };

  const keep = async () => {
    clearTimeout(timer);
    if (sending || !unsaved) return;
    sending = true;
    unsaved = false;
    try {
      await answered(await send(form.dataset.keep, body()));
    } catch {
      unsaved = true;
      store();
      say("Not saved: no connection. Your words are kept in this browser until it is back.");
      timer = setTimeout(keep, PAUSE.again);
    }
    sending = false;
    if (leaving) leaving();
  };

  const restore = () => {
    const stored = sessionStorage.getItem(here());
    if (!stored) return;
    const words = new URLSearchParams(stored);
    if ((words.get("base") ?? "") !== (form.elements.base?.value ?? "")) return;
    words.delete("csrf_token");
    for (const [name, value] of words) {
      const field = form.elements[name];
      if (!field || field.type === "checkbox" || field.value === value) continue;
      field.value = value;
      for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    }
    for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = words.has(box.name);
    unsaved = true;
    say("Words that were not saved before are put back.");
    timer = setTimeout(keep, PAUSE.keep);
  };

  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE.keep);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (sending) {
      // What is on its way must not arrive after what is sent now.
      event.preventDefault();
      leaving = () => form.requestSubmit(event.submitter);
    }
    unsaved = false;
    sessionStorage.removeItem(here());
  });
  window.addEventListener("online", keep);
  window.addEventListener("pagehide", () => { if (unsaved || sending) store(); });
  restore();
};

if (form) {
  if (form.dataset.keep) keeping();
  for (const area of form.querySelectorAll("[data-count]")) {
    counting(area);
    area.addEventListener("input", () => counting(area));
  }
  if (form.dataset.redlineFrom) {
    for (const written of form.querySelectorAll("[data-written]")) {
      const refresh = livening(written);
      written.addEventListener("input", () => refresh(PAUSE.redline));
      written.addEventListener("focusin", () => { if (!written.querySelector("[data-live]").hasChildNodes()) refresh(0); });
    }
  }
}
