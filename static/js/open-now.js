// Says whether the clinic is open at this moment in Bangladesh, wherever the phone is.
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const line = document.querySelector(".now");

// Swedish writes 2026-12-16 09:05:00. A phone that does not know it, or Dhaka, says something else
// or nothing: then nobody is told that the clinic is closed.
const now = () => {
  try {
    const said = new Date().toLocaleString("sv", { timeZone: "Asia/Dhaka" });
    return said.match(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d):\d\d$/);
  } catch {
    return null;
  }
};

const show = () => {
  const read = now();
  line.hidden = !read;
  if (!read) return;
  const [, day, time] = read;
  const weekday = DAYS[new Date(`${day}T00:00Z`).getUTCDay()];
  const closed = (line.dataset.closed || "").split(" ").includes(day);
  const open = !closed && line.dataset.hours.split(" ").some((entry) => {
    const [opens, closes] = entry.slice(3).split("-");
    return entry.startsWith(weekday) && opens <= time && time < closes;
  });
  line.textContent = open ? line.dataset.open : line.dataset.shut;
  line.classList.toggle("open", open);
};

show();
setInterval(show, 15_000);
