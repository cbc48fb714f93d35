// The answers stay on this page: nothing is sent, stored or put into the address.
const check = document.querySelector(".check");
const items = [...check.querySelectorAll("[data-item]")];
const outcome = (name) => check.querySelector(`[data-outcome="${name}"]`);

// What the line under an answer means, as the page says it without this script: "stop" (do not have
// it), "wait" (talk first, until then no) or "talk". Under a "no" there is none.
const meaning = (item) => {
  const answer = item.querySelector(":checked");
  const line = answer && item.querySelector(`.if-${answer.value}`);
  return line && line.dataset.means;
};

const told = (item) => {
  const line = document.createElement("li");
  const answer = document.createElement("strong");
  answer.textContent = item.querySelector(":checked + label").textContent;
  line.append(...item.querySelector("p").cloneNode(true).childNodes, " ", answer);
  return line;
};

const tell = (name, those, wanted = true) => {
  const part = outcome(name);
  const list = part.querySelector("ul");
  part.hidden = !wanted || !those.length;
  list.textContent = "";
  list.append(...those.map(told));
};

const show = () => {
  const meant = (...names) => items.filter((item) => names.includes(meaning(item)));
  const stop = meant("stop");
  const first = meant("wait", "talk");
  const open = items.filter((item) => !item.querySelector(":checked")).length;
  const stopped = Boolean(stop.length); // outranks whatever else was answered
  tell("stop", stop);
  tell("also", first);
  tell("talk", first, !stopped);
  outcome("until").hidden = !meant("wait").length;
  outcome("nothing").hidden = Boolean(stopped || first.length || open);
  outcome("open").hidden = !open;
  outcome("open").querySelector("b").textContent = open.toLocaleString(document.documentElement.lang);
  if (outcome("ask")) outcome("ask").hidden = !stopped;
  check.querySelector("#outcome").classList.toggle("stopped", stopped);
};

check.querySelector("[data-clear] button").addEventListener("click", () => {
  for (const input of check.querySelectorAll("input")) input.checked = false;
  show();
  check.querySelector("input").focus();
});
check.addEventListener("change", show);
show(); // also what was answered before this script came
outcome("in-words").hidden = true;
check.querySelector("[data-clear]").hidden = false;
