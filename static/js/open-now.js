// Says whether the clinic is open at this moment in Bangladesh, wherever the phone is.
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const line = document.querySelector(".now");

const show = () => {
  // Swedish writes 2026-12-16 09:05.
  const [day, time] = new Date().toLocaleString("sv", { timeZone: "Asia/Dhaka" }).split(" ");
  const weekday = DAYS[new Date(`${day}T00:00Z`).getUTCDay()];
  const closed = (line.dataset.closed || "").split(" ").includes(day);
  const open = !closed && line.dataset.hours.split(" ").some((entry) => {
    const [opens, closes] = entry.slice(3).split("-");
    return entry.startsWith(weekday) && opens <= time.slice(0, 5) && time.slice(0, 5) < closes;
  });
  line.textContent = open ? line.dataset.open : line.dataset.shut;
  line.classList.toggle("open", open);
  line.hidden = false;
};

show();
setInterval(show, 15_000);
