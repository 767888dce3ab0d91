/* What the desk is built of. Texts are appended as text; nothing here takes markup. */

/* The desk's words in the language it is opened in, by the English ones; without one it speaks English. */
let dictionary = new Map();

/** Speak the language of the reader that the desk has, else the first that it has; gives it. */
function speak({ order = [], keys = [], ...lists } = {}) {
  const wished = (window.navigator.languages || []).map((one) => one.split("-")[0]);
  const language = wished.find((one) => order.includes(one)) || order[0] || "en";
  dictionary = new Map(keys.map((key, n) => [key, lists[language]?.words?.[n] ?? key]));
  return { language, rtl: Boolean(lists[language]?.rtl) };
}

/** Words of the desk, with what is filled in for {0}, {1} … */
const say = (key, ...filling) => (dictionary.get(key) ?? key).replace(/\{(\d)\}/gu, (_, n) => filling[n]);

const SVG = "http://www.w3.org/2000/svg";

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== "" && child !== null && child !== undefined));
  return made;
}

const element = (name, attributes = {}, ...children) => filled(document.createElement(name), attributes, children);
const shape = (name, attributes = {}, ...children) => filled(document.createElementNS(SVG, name), attributes, children);

/** A text of others, kept from turning the direction of what stands beside it. */
const said = (text, attributes = {}) => element("bdi", { dir: "auto", ...attributes }, text);

/** A button that says which key does the same. */
function button(text, key, run, attributes = {}) {
  const made = element("button", { type: "button", ...(key && { "aria-keyshortcuts": key }), ...attributes }, text, key && element("kbd", {}, key));
  made.addEventListener("click", run);
  return made;
}

/** An id that nothing else on the page has, also where it holds two desks. */
let ids = 0;
const uniqueId = (name) => `desk-${name}-${(ids += 1)}`;
