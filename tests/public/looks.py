"""What a browser shows, measured."""

# Called with a selector. The contrast of every visible text and sign in it, as [ratio, text]; on a
# gradient, against the worst of its colours.
CONTRAST = r"""(selector) => {
  const colours = (css) => (css.match(/rgba?\([^)]*\)/g) ?? [])
    .map((one) => [...one.match(/[\d.]+/g).map(Number), 1].slice(0, 4));
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((part, i) => part * a + below[i] * (1 - a));
  const grounds = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const { backgroundImage, backgroundColor } = getComputedStyle(one);
      const all = colours(`${backgroundImage} ${backgroundColor}`);
      const solid = all.filter((colour) => colour[3] === 1);
      if (solid.length) return all.flatMap((colour) => solid.map((below) => over(colour, below)));
    }
    throw new Error("no background");
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const found = [];
  for (const element of document.querySelectorAll(selector)) {
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!element.getClientRects().length || !(says || element.matches("svg"))) continue;
    const [ink] = colours(getComputedStyle(element).color);
    const worst = Math.min(...grounds(element).map((ground) => ratio(ink, ground)));
    found.push([worst, element.textContent.trim() || element.outerHTML]);
  }
  return found;
}"""
