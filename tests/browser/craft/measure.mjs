// What is measured inside a page as it stands. Each function runs in the browser and gives a list
// of complaints, one line each; none of them changes the page.

/** Controls that are cut, stick out, lie over each other or are too small; sideways scrolling. */
export function clipped({ least, choices = true }) {
  const found = [];
  const wide = document.documentElement.clientWidth;
  const say = (element) => {
    const text = element.getAttribute("aria-label") ?? element.textContent ?? "";
    const name = element.getAttribute("name") ?? "";
    const trimmed = text.trim().replace(/\s+/g, " ").slice(0, 50);
    return `${element.tagName.toLowerCase()} ${name} "${trimmed}"`;
  };
  const cuts = (style) => /hidden|clip/.test(style);
  const rolls = (style) => /auto|scroll/.test(style);
  const seen = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
      return false;
    for (let up = element; up; up = up.parentElement) {
      if (getComputedStyle(up).clipPath !== "none") return false;
    }
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0;
  };

  if (document.documentElement.scrollWidth > wide) {
    const out = [...document.body.querySelectorAll("*")].filter(
      (each) => seen(each) && each.getBoundingClientRect().right > wide + 1,
    );
    found.push(`the page scrolls sideways at ${wide}: ${out.slice(-2).map(say).join(" | ")}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    if (!rolls(style.overflowX) || !seen(element) || element.matches("pre, textarea")) continue;
    if (element.matches("[role=region][tabindex]")) continue;
    if (element.scrollWidth > element.clientWidth + 1) {
      found.push(`a part scrolls sideways at ${wide}: ${element.className} ${say(element)}`);
    }
  }

  const pen = document.createElement("canvas").getContext("2d");
  const fits = (element, text) => {
    const style = getComputedStyle(element);
    pen.font = style.font;
    const room =
      element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return pen.measureText(text).width <= room + 2;
  };
  const asked =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option]";
  const controls = [...document.querySelectorAll(asked)].filter(seen);
  for (const control of controls) {
    const box = control.getBoundingClientRect();
    let sideways = false;
    for (let up = control.parentElement; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      const edge = up.getBoundingClientRect();
      if (cuts(style.overflowX) && (box.left < edge.left - 1 || box.right > edge.right + 1)) {
        found.push(`cut at a side at ${wide}: ${say(control)}`);
      }
      if (cuts(style.overflowY) && (box.top < edge.top - 1 || box.bottom > edge.bottom + 1)) {
        found.push(`cut above or below at ${wide}: ${say(control)}`);
      }
      if (rolls(style.overflowX) && up.scrollWidth > up.clientWidth) sideways = true;
    }
    if (!sideways && (box.left < -1 || box.right > wide + 1)) {
      found.push(`beyond the window at ${wide}: ${say(control)}`);
    }
    for (const inner of [control, ...control.querySelectorAll("*")]) {
      if (inner.matches("input, select, textarea") || !inner.textContent?.trim()) continue;
      if (inner.clientWidth === 0 || !seen(inner)) continue;
      const style = getComputedStyle(inner);
      if (inner.scrollWidth > inner.clientWidth + 1)
        found.push(`text cut at ${wide}: ${say(control)}`);
      if (cuts(style.overflowY) && inner.scrollHeight > inner.clientHeight + 1) {
        found.push(`lines cut at ${wide}: ${say(control)}`);
      }
    }
    if (choices && control instanceof HTMLSelectElement) {
      const text = control.selectedOptions[0]?.text ?? "";
      if (!fits(control, text)) found.push(`choice cut at ${wide}: ${say(control)}: ${text}`);
    }
    if (control instanceof HTMLInputElement && control.placeholder && !control.value) {
      if (!fits(control, control.placeholder)) {
        found.push(`hint cut at ${wide}: ${control.placeholder}`);
      }
    }
    const target = control.matches("input") ? (control.closest("label") ?? control) : control;
    const size = target.getBoundingClientRect();
    const main = control.closest("main[data-touch=true]");
    if (main && least > 0 && size.height < least - 0.5 && !control.matches("[type=checkbox]")) {
      found.push(`${Math.round(size.height)} px high at ${wide}: ${say(control)}`);
    }
  }
  for (const [at, one] of controls.entries()) {
    const a = one.getBoundingClientRect();
    for (const other of controls.slice(at + 1)) {
      const b = other.getBoundingClientRect();
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across < 3 || down < 3 || one.contains(other) || other.contains(one)) continue;
      if (one.closest("label") && one.closest("label") === other.closest("label")) continue;
      // A button inside the field it serves.
      if (one.matches("input") && one.parentElement?.parentElement?.contains(other)) continue;
      // Lines of one text may overlap as boxes; what is laid out as a box may not.
      if ([one, other].some((each) => getComputedStyle(each).display === "inline")) continue;
      if (one.closest("[popover], dialog") !== other.closest("[popover], dialog")) continue;
      found.push(`one over the other at ${wide}: ${say(one)} and ${say(other)}`);
    }
  }
  return [...new Set(found)];
}

/** What the page says and no catalogue and no answer of the server said; in the strange English. */
export function untold({ heard }) {
  const plain = (text) =>
    text
      .toLowerCase()
      .replace(/[_\s]+/g, " ")
      .trim();
  const known = plain(heard.join("\n"));
  const whole = new Set(heard.map(plain));
  /** Several answers of the server one after the other: a title and its variant. */
  const joined = (words) =>
    words.length === 0 ||
    words.some(
      (_, at) =>
        whole.has(words.slice(0, words.length - at).join(" ")) &&
        joined(words.slice(words.length - at)),
    );
  const found = new Set();
  const names = "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
  const calendar = new RegExp(`(?:\\b\\d{1,2} )?\\b(?:${names})\\b(?: \\d{1,2}\\b)?`, "g");
  const clock = /\b\d{1,2}:\d{2}\b/g;
  const units = /\b\d+ (?:days?|hr|min)\b/g;
  const look = (text, where) => {
    let rest = text;
    for (let depth = 0; depth < 3; depth += 1) rest = rest.replace(/\[[^[\]]*\]/g, "|");
    // A sentence with something else inside has its brackets in two texts.
    rest = rest.replace(/\[[^\]]*$/, "|").replace(/^[^[]*\]/, "|");
    rest = rest.replace(calendar, "").replace(clock, "").replace(units, "");
    for (const piece of rest.split(/[·,;:()→←×|\n"“”]/)) {
      const said = plain(piece).replace(/[.!?]+$/, "");
      if (/\p{L}{2,}/u.test(said) && !known.includes(said) && !joined(said.split(" "))) {
        found.add(`${where}: ${piece.trim()}`);
      }
    }
  };
  const shown = (element) =>
    !element.closest("[translate=no], script, style, noscript, time, pre, code") &&
    element.checkVisibility({ visibilityProperty: true });
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { parentElement: parent, nodeValue: text } = walk.currentNode;
    if (parent && text?.trim() && shown(parent)) look(text, parent.tagName.toLowerCase());
  }
  for (const element of document.body.querySelectorAll(
    "[aria-label], [placeholder], [alt], [title]",
  )) {
    if (!shown(element)) continue;
    for (const name of ["aria-label", "placeholder", "alt", "title"]) {
      look(element.getAttribute(name) ?? "", name);
    }
  }
  look(document.title.replace(/^Holdfast$/, ""), "title");
  return [...found];
}

/**
 * How far the page jumped while it loaded, as the browser counts it. A list whose rows alone move
 * has been given a new one.
 */
export function jumped() {
  const isRow = ({ node }) => {
    const element = node instanceof Element ? node : node?.parentElement;
    return element?.closest("[data-row], li:has([data-row])");
  };
  return new Promise((told) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const listed = entry.sources.length > 0 && entry.sources.every(isRow);
        if (!entry.hadRecentInput && !listed) sum += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => told(sum), 50);
  });
}

/** Everything that can be reached by Tab as the page stands: a name for each, radios by group. */
export function reachable() {
  const asked =
    "a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select, textarea, " +
    "summary, [tabindex='0']";
  const names = [];
  for (const element of document.querySelectorAll(asked)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest("[popover]:not(:popover-open)")) continue;
    // Left out of the row of Tab on purpose: a key of the page does the same.
    if (element.tabIndex < 0) continue;
    const radio = element.matches("input[type=radio]");
    element.dataset.walk ??= radio ? `radio ${element.name}` : `${names.length} ${element.tagName}`;
    names.push(element.dataset.walk);
  }
  return [...new Set(names)];
}
