// The answers stay on this page: nothing is sent, stored or put into the address.
const check = document.querySelector(".check");
const items = [...check.querySelectorAll("[data-item]")];
const outcome = (name) => check.querySelector(`[data-outcome="${name}"]`);

const show = () => {
  const answers = items.map((item) => item.querySelector(":checked")?.value);
  const about = items.filter((_, place) => ["yes", "unsure"].includes(answers[place]));
  const open = answers.includes(undefined);
  for (const line of check.querySelectorAll("[data-about]")) {
    line.hidden = !about.some((item) => item.dataset.item === line.dataset.about);
  }
  outcome("talk").hidden = !about.length;
  outcome("more").hidden = !open;
  outcome("waiting").hidden = Boolean(about.length) || !open;
  outcome("nothing").hidden = Boolean(about.length) || open;
};

const clear = () => {
  for (const input of check.querySelectorAll("input")) input.checked = false;
  show();
};

for (const answers of check.querySelectorAll(".answers, [data-clear]")) answers.hidden = false;
check.addEventListener("change", show);
check.querySelector("[data-clear] button").addEventListener("click", () => {
  clear();
  check.querySelector("input").focus();
});
clear(); // also what a browser remembers of an earlier visit
