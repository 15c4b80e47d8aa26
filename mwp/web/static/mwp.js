// Nothing here is needed: every page works without it. It turns on the design system's own script, and offers a link that
// holds the answers after its # sign, which browsers do not send to a server.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const part = (name, within = document) => within.querySelector(`[data-mwp="${name}"]`);

function packed(answers) {
  const bytes = new TextEncoder().encode(answers);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unpacked(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(plain, (one) => one.charCodeAt(0)));
}

function share(box) {
  const link = `${location.origin}${box.dataset.resume}#${packed(box.dataset.answers)}`;
  const shown = part("link", box);
  const said = part("copied", box);
  part("copy", box).addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = said.dataset.text;
    } catch {
      shown.classList.remove("mwp-hidden");
      const field = shown.querySelector("input");
      field.value = link;
      field.select();
    }
  });
  part("print", box).addEventListener("click", () => window.print());
  box.classList.remove("mwp-hidden");
}

function resume(form) {
  if (location.hash.length < 2) return;
  try {
    form.elements.answers.value = unpacked(location.hash.slice(1));
  } catch {
    return;
  }
  // The link's answers are not left in the address bar.
  history.replaceState(null, "", location.pathname);
  form.submit();
}

const box = part("share");
if (box) share(box);
const form = part("resume");
if (form) resume(form);
