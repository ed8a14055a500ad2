// Returns a line for every text that can be seen and whose contrast is too low. Colours are painted on a canvas, which
// knows every notation; backgrounds are laid over each other from the root inwards.
const canvas = document.createElement('canvas');
canvas.width = canvas.height = 1;
const pen = canvas.getContext('2d', { willReadFrequently: true });
const known = new Map();
const paint = (layers) => {
  const key = layers.join('|');
  if (!known.has(key)) {
    pen.clearRect(0, 0, 1, 1);
    for (const layer of layers) { pen.fillStyle = layer; pen.fillRect(0, 0, 1, 1); }
    known.set(key, [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3));
  }
  return known.get(key);
};
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4));
  return .2126 * r + .7152 * g + .0722 * b;
};
const contrast = (a, b) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + .05) / (dark + .05);
};
// The colour of a segment's fill: the last of its layered gradients, which is of one colour.
const fill = (image) => {
  const at = image.lastIndexOf('linear-gradient(');
  if (at < 0) return null;
  let depth = 0, end = at + 'linear-gradient('.length;
  const from = end;
  for (; end < image.length && !(depth === 0 && /[,)]/.test(image[end])); end++) depth += { '(': 1, ')': -1 }[image[end]] ?? 0;
  return image.slice(from, end);
};
const layers = (element) => {
  const found = [];
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    const own = [style.backgroundColor, at.classList.contains('seg') ? fill(style.backgroundImage) : null].filter(Boolean);
    found.unshift(...own);
  }
  return ['white', ...found];
};
const lines = [];
const judge = (element, what, style, background) => {
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const ratio = contrast(paint([...background, style.color]), paint(background));
  const least = large ? 3 : 4.5;
  const where = `${style.color} on rgb(${paint(background)}) in ${element.localName}.${element.className}`;
  if (ratio < least) lines.push(`${what}: ${ratio.toFixed(2)} of ${least}, ${where}`);
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const judged = new Set();
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement, text = node.data.trim();
  if (!text || judged.has(element) || element.closest(':disabled, noscript, script, .gap, .unseen, option')) continue;
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('.skip:not(:focus)')) continue;
  judged.add(element);
  const style = getComputedStyle(element), background = layers(element);
  if (parseFloat(style.fontSize) > 0) judge(element, `“${text.slice(0, 30)}”`, style, background);
  const before = getComputedStyle(element, '::before');
  if (before.content.startsWith('"')) {
    judge(element, `the mark ${before.content} at “${text.slice(0, 20)}”`, before, [...background, before.backgroundColor]);
  }
}
for (const field of document.querySelectorAll('input[placeholder], textarea[placeholder], select')) {
  if (!field.checkVisibility({ visibilityProperty: true }) || field.disabled) continue;
  const style = field.localName === 'select' ? getComputedStyle(field) : getComputedStyle(field, '::placeholder');
  judge(field, `the field “${field.placeholder ?? field.value}”`, style, layers(field));
}
return lines;
