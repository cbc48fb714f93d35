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

const weekdayOf = (date) => DAYS[new Date(`${date}T00:00Z`).getUTCDay()];
const dayBefore = (date) => {
  const day = new Date(`${date}T00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
};

// The openings that begin on a date, as [opens, closes]. What closes before it opens goes on after
// midnight, also into a day on which the clinic is closed.
const openings = (date) => {
  if ((line.dataset.closed || "").split(" ").includes(date)) return [];
  const entries = line.dataset.hours.split(" ").filter((entry) => entry.startsWith(weekdayOf(date)));
  return entries.map((entry) => entry.slice(3).split("-"));
};

const show = () => {
  const read = now();
  line.hidden = !read;
  if (!read) return;
  const [, date, time] = read;
  const today = openings(date).some(([opens, closes]) => opens <= time && (time < closes || closes <= opens));
  const night = openings(dayBefore(date)).some(([opens, closes]) => closes <= opens && time < closes);
  const open = today || night;
  line.textContent = open ? line.dataset.open : line.dataset.shut;
  line.classList.toggle("open", open);
};

show();
setInterval(show, 15_000);
