/* What the map is drawn with: SVG elements, patterns of the parties, paths, the signs of the posts. */

const SVG = "http://www.w3.org/2000/svg";
const DOT_SIZE = { 1: 5.2, 2: 4, 3: 2.4, 4: 1.9 };
/* The zoom at which dots have the sizes above: about 200 m to a pixel. Villages shrink faster than towns. */
const DOT_ZOOM = 9.4;

/** Radius of the dot of a place, in pixels. */
function dotSize(rank, zoom) {
  const growth = (zoom - DOT_ZOOM) * (rank <= 2 ? 0.12 : 0.26);
  return (DOT_SIZE[rank] || DOT_SIZE[4]) * Math.min(rank <= 2 ? 1.4 : 1.7, Math.max(0.6, 1 + growth));
}

function svg(name, attributes = {}, parent = null) {
  const element = document.createElementNS(SVG, name);
  for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
  if (parent) parent.appendChild(element);
  return element;
}

/** Set an attribute where it is another: what is set again is drawn again. */
function put(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** The lines of a pattern tile of 8 units; the ground colour lies below them. */
const PATTERN_LINES = {
  diagonal: "M-2 2L2 -2M0 8L8 0M6 10L10 6",
  "back-diagonal": "M-2 6L2 10M0 0L8 8M6 -2L10 2",
  cross: "M-2 2L2 -2M0 8L8 0M6 10L10 6M-2 6L2 10M0 0L8 8M6 -2L10 2",
  dots: "M2 2h.01M6 6h.01",
};

/** One SVG pattern per party, for fills that say who without colour too. */
function definePatterns(model, root, prefix) {
  const defs = svg("defs", {}, root);
  for (const party of model.parties) {
    const size = party.pattern === "dots" ? 8 : 9;
    const pattern = svg("pattern", {
      id: `${prefix}-${party.index}`, width: 8, height: 8, patternUnits: "userSpaceOnUse",
      patternTransform: `scale(${size / 8})`, class: `pattern pattern-${party.id === "contested" ? "contested" : "party"}`,
    }, defs);
    svg("rect", { width: 8, height: 8, fill: party.color, class: "ground" }, pattern);
    const lines = Object.hasOwn(PATTERN_LINES, party.pattern) ? PATTERN_LINES[party.pattern] : "";
    if (lines) {
      const marks = svg("path", { d: lines, fill: "none", class: party.pattern === "dots" ? "stipple" : "hatch" }, pattern);
      marks.style.setProperty("--party", party.color);
    }
  }
  // Doubt is a texture without a tint; only what was gained that day is darker.
  const texture = (id, d, name) => {
    const pattern = svg("pattern", { id: `${prefix}-${id}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, defs);
    const ground = svg("rect", { width: 8, height: 8, class: `${name}-ground` }, pattern);
    svg("path", { d, class: name }, pattern);
    return ground;
  };
  texture("doubt", "M0 1.5h4M4 5.5h4", "doubt");
  for (const party of model.parties) texture(`gain-${party.index}`, "M0 1h8M0 5h8", "gained").setAttribute("fill", party.color);
  return defs;
}

/** Projected pairs to the d attribute of a path, in layer points of the map's present zoom. */
function pathData(lines, view, closed) {
  let out = "";
  for (const line of lines) {
    let lastX = NaN;
    let lastY = NaN;
    let first = true;
    for (let i = 0; i + 1 < line.length; i += 2) {
      const x = Math.round((line[i] * view.scale - view.x) * 10) / 10;
      const y = Math.round((line[i + 1] * view.scale - view.y) * 10) / 10;
      if (x === lastX && y === lastY) continue;
      out += `${first ? "M" : "L"}${x} ${y}`;
      first = false;
      lastX = x;
      lastY = y;
    }
    if (closed && !first) out += "Z";
  }
  return out;
}

/** A post: a square whose filling tells its standing, those of an agreement larger and numbered. */
function drawPost(group, post, status) {
  group.replaceChildren();
  const half = post.agreed ? 6 : 4;
  const box = { x: -half, y: -half, width: 2 * half, height: 2 * half };
  if (status === "encircled") svg("circle", { r: half * 1.42 + 3.2, class: "post-ring" }, group);
  svg("rect", { ...box, class: "post-box" }, group);
  if (status === "behind own lines") svg("rect", { ...box, class: "post-fill" }, group);
  if (status === "at the front") svg("path", { d: `M${-half} ${-half}L${half} ${half}H${-half}Z`, class: "post-fill" }, group);
  if (status === "encircled") svg("rect", { x: -half / 2.6, y: -half / 2.6, width: half / 1.3, height: half / 1.3, class: "post-fill" }, group);
  if (post.agreed && post.number) {
    const shift = status === "encircled" ? 11 : 8;
    svg("text", { x: shift, y: -4, class: "post-number" }, group).textContent = clip(post.number, 3);
  }
}

/** What a status of a post is called in a class name. */
function postClass(status) {
  const known = ["not yet", "behind own lines", "at the front", "encircled", "withdrawn"];
  return `post post-${known.includes(status) ? status.replace(/ /g, "-") : "other"}`;
}

/** A no-entry sign where a road is cut. */
function drawCut(group) {
  svg("circle", { r: 5, class: "cut-disc" }, group);
  svg("path", { d: "M-3 0H3", class: "cut-bar" }, group);
}

/** Patterns that are drawn as marks along a road, so that it says who holds it without colour. */
const ROAD_MARKS = ["diagonal", "back-diagonal", "dots", "cross"];

/** What the marks along a road of a holder are called in a class name; "" where the pattern is plain. */
function roadMark(party) {
  return ROAD_MARKS.includes(party.pattern) ? `road-mark mark-${party.pattern}` : "";
}
