// Marks in the contents which section is being read.
const links = new Map(
  [...document.querySelectorAll(".contents li a")].map((link) => [link.hash.slice(1), link]),
);
const reading = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    for (const link of links.values()) link.removeAttribute("aria-current");
    links.get(target.id).setAttribute("aria-current", "true");
  }
}, { rootMargin: "-20% 0px -75%" }); // a line a little below the top
for (const id of links.keys()) reading.observe(document.getElementById(id));
