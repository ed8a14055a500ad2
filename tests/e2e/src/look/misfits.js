// Returns a line for everything that does not fit on the screen.
const lines = [];
const root = document.documentElement;
if (root.scrollWidth > root.clientWidth) lines.push(`the page is ${root.scrollWidth} wide on a screen of ${root.clientWidth}`);

const name = (element) => {
  const { command, option, candidate, openArticle, annotation } = element.dataset;
  const own = command ?? option ?? candidate ?? openArticle ?? annotation ?? element.getAttribute('aria-label') ?? element.className;
  return `${element.localName} ${own} “${element.textContent.trim().slice(0, 40)}”`;
};
const scrolls = (element, axis) => {
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at)[`overflow${axis}`])) return at;
  }
  return null;
};
const controls = [...document.querySelectorAll('button, input, select, textarea, summary, a[href]')]
  .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  // The link that leads past everything comes into sight when it has the focus.
  .filter((element) => !element.matches('.skip:not(:focus)'));
for (const element of controls) {
  const rect = element.getBoundingClientRect();
  if (rect.width < 1 || rect.height < 1) { lines.push(`${name(element)} has no size`); continue; }
  // What is out of sight upwards or downwards can be scrolled to, if it lies in something that scrolls.
  const column = scrolls(element, 'Y');
  const top = column ? -Infinity : 0, bottom = column ? Infinity : innerHeight;
  const limits = column ? column.getBoundingClientRect() : { left: 0, right: innerWidth };
  const left = Math.max(0, limits.left), right = Math.min(innerWidth, limits.right);
  const say = (what) => lines.push(`${name(element)} ${what}`);
  if (rect.left < left - 1 || rect.right > right + 1) say(`reaches from ${rect.left} to ${rect.right} between ${left} and ${right}`);
  if (rect.top < top - 1 || rect.bottom > bottom + 1) say(`reaches from ${rect.top} down to ${rect.bottom} of ${innerHeight}`);
  // A project's title may be of any length, so its button shortens it with an ellipsis.
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
  if (element.matches('button:not(.project)') && scrollWidth > clientWidth + 1) say(`cuts its label off: ${scrollWidth} in ${clientWidth}`);
  if (element.matches('button') && scrollHeight > clientHeight + 1) say(`cuts its label off below: ${scrollHeight} in ${clientHeight}`);
  // What can be seen must be what a click there hits. A dialog covers everything else on purpose.
  const x = rect.left + rect.width / 2, y = rect.top + rect.height / 2;
  const seen = column ? column.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  // On the edge itself, a fraction of a pixel says which of the two is hit.
  if (y > Math.max(0, seen.top) + 1 && y < Math.min(innerHeight, seen.bottom) - 1 && !document.querySelector('dialog[open], .left.open')) {
    const hit = document.elementFromPoint(x, y);
    const over = hit && !element.contains(hit) && !hit.contains(element) && !hit.closest('.tour, .notices');
    if (over) say(`lies behind ${name(hit)}`);
  }
}
for (const element of document.body.querySelectorAll('*')) {
  if (element.scrollWidth <= element.clientWidth + 1 || !element.checkVisibility()) continue;
  if (!/auto|scroll/.test(getComputedStyle(element).overflowX)) continue;
  lines.push(`${name(element)} scrolls sideways: ${element.scrollWidth} in ${element.clientWidth}`);
}
// Words that stand in no control but are cut off without saying so.
for (const element of document.querySelectorAll('.bar span, .foot span, h2, .byline, .tagger, dialog p, .tour p')) {
  // Of one pixel are words for those who listen.
  if (!element.checkVisibility() || element.closest('[aria-hidden=true]') || element.clientWidth <= 1) continue;
  const { overflowX, textOverflow } = getComputedStyle(element);
  const cut = overflowX === 'hidden' && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1;
  if (cut) lines.push(`${name(element)} is cut off`);
}
return lines;
