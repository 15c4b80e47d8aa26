// The answer follows what is typed. Nothing here is needed: the button "Work it out" does the same without it.
const part = (name) => document.querySelector(`[data-coach="${name}"]`);
const form = part("form");
const answer = part("answer");
const said = part("said");
const WAIT = 250;
let timer = 0;
let asking = null;

async function follow(then) {
  clearTimeout(timer);
  if (asking) asking.abort();
  const mine = (asking = new AbortController());
  answer.setAttribute("aria-busy", "true");
  try {
    const told = await fetch("/coach/answer", { method: "POST", body: new URLSearchParams(new FormData(form)), signal: mine.signal });
    if (!told.ok) throw new Error(String(told.status));
    answer.innerHTML = await told.text();
    mark();
    const verdict = part("verdict") || answer.querySelector(".mwp-wrong h3");
    said.textContent = verdict ? verdict.textContent : "";
    if (then) then();
  } catch (error) {
    if (error.name === "AbortError") return;
    const told = document.createElement("p");
    told.className = "govuk-body";
    told.textContent = answer.dataset.unavailable;
    answer.replaceChildren(told);
  }
  if (asking === mine) answer.removeAttribute("aria-busy");
}

// The boxes that something is wrong with.
function mark() {
  const wrong = new Set([...answer.querySelectorAll("[data-box]")].map((one) => one.dataset.box));
  for (const box of form.querySelectorAll("input[id], select[id]")) {
    if (wrong.has(box.id)) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
    const frame = box.closest(".mwp-box");
    if (frame) frame.classList.toggle("mwp-box--error", wrong.has(box.id));
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(follow, WAIT);
}

function toAnswer() {
  document.getElementById("answer").focus();
}

for (const slider of document.querySelectorAll('[data-coach="slider"]')) {
  const box = document.getElementById(slider.dataset.for);
  slider.classList.remove("mwp-hidden");
  slider.addEventListener("input", () => { box.value = slider.value; });
  box.addEventListener("input", () => { if (Number(box.value) >= 0) slider.value = box.value; });
}
form.addEventListener("input", soon);
form.addEventListener("submit", (event) => {
  if (event.submitter && event.submitter.hasAttribute("formaction")) return;
  event.preventDefault();
  follow(toAnswer);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    follow(toAnswer);
  }
});
// A link in the list of what is wrong leads to its box, also where that is folded away.
answer.addEventListener("click", (event) => {
  const link = event.target.closest("[data-box]");
  const box = link && document.getElementById(link.dataset.box);
  if (!box) return;
  event.preventDefault();
  const folded = box.closest("details");
  if (folded) folded.open = true;
  box.focus();
});

const print = part("print");
print.classList.remove("mwp-hidden");
print.addEventListener("click", () => window.print());

// Finding a household by typing.
const finder = part("finder");
const find = document.getElementById("find");
const list = document.getElementById("household");
const every = [...list.options];
finder.classList.remove("mwp-hidden");
find.addEventListener("input", () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const left = every.filter((one) => words.every((word) => one.dataset.find.toLowerCase().includes(word)));
  list.replaceChildren(...left);
  if (left.length) list.selectedIndex = 0;
  const count = document.getElementById("find-count");
  count.textContent = count.dataset.text.replace("{left}", left.length).replace("{every}", every.length);
});
find.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") {
    event.preventDefault();
    list.focus();
  }
  if (event.key === "Enter" && !list.options.length) event.preventDefault();
});
list.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && list.selectedIndex >= 0) list.form.requestSubmit();
});
if (document.getElementById("choose").open && !location.hash) find.focus({ preventScroll: true });
