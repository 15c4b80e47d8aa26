// Finding among the choices by typing, and how many are chosen. Nothing here is needed.
for (const finder of document.querySelectorAll('[data-policy="finder"]')) {
  const within = document.getElementById(finder.dataset.for);
  const choices = [...within.querySelectorAll(".mwp-choice")];
  const count = within.querySelector('[data-policy="count"]');
  const field = finder.querySelector("input");
  const tell = () => {
    const chosen = choices.filter((one) => one.querySelector("input").checked).length;
    count.textContent = count.dataset.text.replace("{n}", chosen);
  };
  finder.classList.remove("mwp-hidden");
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const one of choices) {
      const fits = words.every((word) => one.dataset.find.toLowerCase().includes(word));
      one.classList.toggle("mwp-hidden", !fits && !one.querySelector("input").checked);
    }
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  within.addEventListener("change", tell);
  tell();
}
