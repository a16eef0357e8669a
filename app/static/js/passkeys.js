// Passkeys: the service asks, the browser answers, and the form is sent with the answer as any other.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const described = (known = []) => known.map((one) => ({ ...one, id: bytes(one.id) }));

const asked = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
  ...(options.excludeCredentials && { excludeCredentials: described(options.excludeCredentials) }),
  ...(options.allowCredentials && { allowCredentials: described(options.allowCredentials) }),
});

const answered = ({ id, rawId, type, response }) => JSON.stringify({
  id,
  rawId: text(rawId),
  type,
  response: Object.fromEntries(
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
      .filter((name) => response[name]).map((name) => [name, text(response[name])]),
  ),
});

const REFUSALS = {
  NotAllowedError: "Nothing was shown: it was called off, took too long, or this device has no passkey for this site. Try again, or choose another way on this page.",
  InvalidStateError: "This device has a passkey for this account already. Choose another device, or use the one there is.",
  SecurityError: "Your browser uses no passkeys at this address. Choose another way on this page.",
  NotSupportedError: "This device cannot keep such a passkey. Try another one.",
  TypeError: "The service could not be reached. Look at your connection and try again.",
};
const OTHERWISE = "That did not work. Load the page again, or choose another way.";

const ask = async (form) => {
  const sent = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.options, { method: "POST", body: sent });
  if (!answer.ok || !answer.headers.get("Content-Type").includes("json")) throw new Error(answer.status);
  return navigator.credentials[form.dataset.passkey]({ publicKey: asked(await answer.json()) });
};

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const said = form.querySelector("[data-passkey-said]");
  let busy = false;
  form.querySelector("[data-passkey-with]").hidden = false;
  form.querySelector("[data-passkey-without]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    said.textContent = "";
    try {
      form.elements.credential.value = answered(await ask(form));
      form.submit();
    } catch (fault) {
      said.textContent = REFUSALS[fault.name] ?? OTHERWISE;
    }
    busy = false;
  });
}
