/* Small elements of the panel. Data enter as text only. */

const TEXT_LIMIT = 1500;
const ARABIC_NAME = { lang: "ar", dir: "rtl", class: "ar" };

/** An element with attributes, and children that are elements or plain text. */
function tag(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Text of unknown direction and length, kept from turning or flooding what stands around it. */
function isolated(text, limit = TEXT_LIMIT, attributes = {}) {
  const all = String(text ?? "");
  const shown = all.length > limit ? say("{0}… ({1} more characters)", all.slice(0, limit), wholeWords(all.length - limit)) : all;
  return tag("bdi", attributes, shown);
}

/** A name in the language of the interface, and the same in the other script, if there is one. */
function bothNames(item, limit, otherLimit = limit) {
  const first = nameOf(item);
  const other = first === item.name ? item.ar : item.name;
  const node = (text, size) => isolated(text, size, text === item.ar ? ARABIC_NAME : { dir: "ltr" });
  const main = first === item.name ? isolated(first, limit) : isolated(first, limit, { lang: "ar", dir: "rtl" });
  return [main, other && other !== first ? node(other, otherLimit) : null];
}

const arabicNames = new WeakMap();

/** A name that data give in Latin letters alone, as the place of that name is called in the language of the interface. */
function localName(model, name) {
  if (language !== "ar") return name;
  if (!arabicNames.has(model)) arabicNames.set(model, new Map(model.places.map((place) => [place.name, place.ar])));
  return arabicNames.get(model).get(name) || name;
}

/** The name of a holder, isolated. */
const holderName = (model, holder, limit = 60) => isolated(model.partyName(holder), limit);

const swatches = new Map();

/** A square of a holder's colour and pattern; copied, for every step of the days needs several. */
function swatch(model, holder, prefix = "panel", width = 16, height = 11) {
  const fill = `url(#${prefix}-${model.party(holder).index})`;
  const key = `${fill} ${width} ${height}`;
  if (!swatches.has(key)) {
    const box = svg("svg", { width, height, class: "swatch", "aria-hidden": "true" });
    svg("rect", { width, height, fill, class: "swatch-fill" }, box);
    swatches.set(key, box);
  }
  return swatches.get(key).cloneNode(true);
}

/** The fill of a holder in the panel: colour and pattern. */
const panelFill = (model, holder) => `url(#panel-${model.party(holder).index})`;

/** A gain or a loss with its sign; nothing where it rounds to nothing. */
function signed(sign, value) {
  return value >= 0.05 ? tag("bdi", { dir: "ltr" }, `${sign}${measureWords(value)}`) : "";
}

/** Move the needles in an element to a day. */
function setNeedles(home, model, day) {
  for (const needle of home.querySelectorAll(".needle")) needle.style.left = `${((day + 0.5) / Math.max(1, model.days.length)) * 100}%`;
}

/** A strip of holders over all days, with a needle. `fills` lists [from, to, fill, class]. */
function strip(model, fills, label) {
  const count = Math.max(1, model.days.length);
  const picture = svg("svg", { viewBox: `0 0 ${count * 10} 14`, preserveAspectRatio: "none", "aria-hidden": "true" });
  for (const [from, to, fill, className] of fills) {
    svg("rect", { x: from * 10, y: 0, width: (to - from) * 10, height: 14, fill, class: className }, picture);
  }
  return tag("div", { dir: "ltr" }, tag("div", { class: "strip", role: "img", "aria-label": clip(label, 2000) }, picture, tag("i", { class: "needle" })), stripEnds(model));
}

/** First and last day below a picture of all days, and words between them. */
function stripEnds(model, middle = "") {
  const [first, last] = [model.days[0], model.days[model.days.length - 1]];
  const style = first.slice(0, 4) === last.slice(0, 4) ? "short" : "medium";
  return tag("div", { class: "strip-ends", "aria-hidden": "true" }, tag("bdi", {}, dateWords(first, style)),
    middle ? tag("bdi", {}, middle) : null, tag("bdi", {}, dateWords(last, style)));
}

/** Runs [[day, …], …] as [from, to, run] over the days of the model. */
function spans(model, runs) {
  return runs.map((run, i) => [run[0], i + 1 < runs.length ? runs[i + 1][0] : model.days.length, run]);
}

/** A strip of who held something over all days, from runs [day, holder, contested?]. */
function holderStrip(model, runs) {
  const parts = spans(model, runs);
  const label = parts.map(([from, , run]) => say("{0} from {1}", clip(model.partyName(run[1]), 60), dateWords(model.days[from]))).join(semicolon());
  return strip(model, parts.map(([from, to, run]) => [from, to, panelFill(model, run[1]), run[2] ? "run contested" : "run"]), label);
}
