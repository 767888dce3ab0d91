/* What the desk is built of. Texts are appended as text; nothing here takes markup. */

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
