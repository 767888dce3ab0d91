// The live map of a notebook (see geoline/notebook/live_map.py, which draws). Python sends `frame` once, `scene`
// for each day and `told` for the place clicked; this shows them, and sets `day` and `place`.

const SVG = "http://www.w3.org/2000/svg";
const HEADS = ["from", "to", "event", "side", "source", "after", "says", "link"];

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function shape(name, attributes, title = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (title) {
    const said = document.createElementNS(SVG, "title");
    said.textContent = title;
    made.append(said);
  }
  return made;
}

// The lines of a pattern on a tile of 16 units, as on the page.
const PATTERNS = {
  diagonal: "M-4 4L4 -4M0 16L16 0M12 20L20 12",
  "back-diagonal": "M-4 12L4 20M0 0L16 16M12 -4L20 4",
  cross: "M-4 4L4 -4M0 16L16 0M12 20L20 12M-4 12L4 20M0 0L16 16M12 -4L20 4",
  dots: "M4 4h.01M12 12h.01",
};
const LETTER = 11; // about the width of a letter of a name, in the map's units
const NAME_HEIGHT = 20;

// Textures: one for each side, and one for where the line may run, which is doubt and no tint.
function textures(patterns, prefix) {
  const defs = shape("defs", {});
  const tile = (id, d, look) => {
    const pattern = shape("pattern", { id: `${prefix}${id}`, width: 16, height: 16, patternUnits: "userSpaceOnUse" });
    pattern.append(shape("path", { d, class: look }));
    defs.append(pattern);
  };
  for (const [holder, name] of Object.entries(patterns)) if (PATTERNS[name]) tile(holder, PATTERNS[name], `geoline-lines geoline-${name}`);
  tile("-doubt", "M0 3h8M8 11h8", "geoline-doubt");
  return defs;
}

// A post: a square whose filling tells its standing.
function postSign({ x, y, name, agreed, number }, status) {
  const half = agreed ? 9 : 6;
  const group = shape("g", { class: "geoline-post", "data-status": status, transform: `translate(${x} ${y})` }, `${name}: ${status}`);
  const box = { x: -half, y: -half, width: 2 * half, height: 2 * half };
  if (status === "encircled") group.append(shape("circle", { r: half * 1.42 + 4, class: "geoline-post-ring" }));
  group.append(shape("rect", { ...box, class: "geoline-post-box" }));
  if (status === "behind own lines") group.append(shape("rect", { ...box, class: "geoline-post-fill" }));
  if (status === "at the front") group.append(shape("path", { d: `M${-half} ${-half}L${half} ${half}H${-half}Z`, class: "geoline-post-fill" }));
  if (status === "encircled") group.append(shape("rect", { x: -half / 2.6, y: -half / 2.6, width: half / 1.3, height: half / 1.3, class: "geoline-post-fill" }));
  if (agreed && number) {
    const label = shape("text", { x: half + 3, y: -half, class: "geoline-number" });
    label.textContent = number;
    group.append(label);
  }
  return group;
}

// Points of paths, close enough to each other to find a name that they run through.
function pointsOf(paths) {
  return paths.flatMap((d) => d.split("M").slice(1).flatMap((part) => {
    const numbers = part.match(/-?\d+(\.\d+)?/g).map(Number);
    const points = [];
    for (let i = 0; i + 3 < numbers.length; i += 2) {
      const [ax, ay, bx, by] = numbers.slice(i, i + 4);
      const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / 8) || 1;
      for (let k = 0; k <= steps; k += 1) points.push([ax + ((bx - ax) * k) / steps, ay + ((by - ay) * k) / steps]);
    }
    return points;
  }));
}

// Names of the larger places where there is room: over no other name, no post, and not over the front.
function placeNames(places, front, posts, width, height) {
  const sizes = [...new Set(places.map(({ radius }) => radius))].sort((a, b) => b - a).slice(0, 2);
  const named = places.filter(({ radius }) => sizes.includes(radius)).sort((a, b) => b.radius - a.radius || b.told - a.told);
  const taken = posts.map(({ x, y }) => ({ x0: x - 14, x1: x + 14, y0: y - 14, y1: y + 14 }));
  const line = pointsOf(front);
  const found = [];
  for (const { name, x, y, radius } of named) {
    const wide = [...name].length * LETTER;
    const beside = [4, 14, 24].map((gap) => gap + radius).flatMap((gap) => [
      [gap, -10, "start"], [-gap - wide, -10, "end"], [-wide / 2, -gap - NAME_HEIGHT, "middle"], [-wide / 2, gap, "middle"],
      ...[-gap - NAME_HEIGHT, gap].flatMap((dy) => [[-wide * 0.1, dy, "start"], [-wide * 0.9, dy, "end"]]),
    ]);
    for (const [dx, dy, anchor] of beside) {
      const box = { x0: x + dx, x1: x + dx + wide, y0: y + dy, y1: y + dy + NAME_HEIGHT };
      if (box.x0 < 0 || box.x1 > width || box.y0 < 0 || box.y1 > height) continue;
      if (taken.some((other) => box.x0 < other.x1 && other.x0 < box.x1 && box.y0 < other.y1 && other.y0 < box.y1)) continue;
      if (line.some(([px, py]) => px > box.x0 - 3 && px < box.x1 + 3 && py > box.y0 - 1 && py < box.y1 + 1)) continue;
      taken.push(box);
      const at = { start: box.x0, end: box.x1, middle: x }[anchor];
      const label = shape("text", { x: at, y: box.y0 + 16, "text-anchor": anchor, class: "geoline-name" });
      label.textContent = name;
      found.push(label);
      break;
    }
  }
  return found;
}

let maps = 0; // ids of textures are those of the whole notebook

function render({ model, el }) {
  const { title, days, width, height, colors, names, patterns, posts, places } = model.get("frame");
  const prefix = `geoline-${(maps += 1)}-`;
  const stop = new AbortController();
  const on = (target, event, run) => target.addEventListener(event, run, { signal: stop.signal });

  const head = element("div", { class: "geoline-head" });
  const slider = element("input", { type: "range", min: 0, max: days.length - 1, "aria-label": "Day" });
  const day = element("output", { class: "geoline-day" });
  head.append(element("b", {}, title), slider, day);
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": title });
  const legend = element("div", { class: "geoline-legend" });
  const claims = element("div", { class: "geoline-claims" });
  // JupyterLab takes the arrow keys for its cells, unless told that they are ours.
  const root = element("div", { class: "geoline-live", "data-lm-suppress-shortcuts": "true" });
  on(root, "keydown", (event) => event.stopPropagation());
  root.append(head, svg, legend, claims);
  el.append(root);

  // One day at a time: while Python draws, what the slider asks for waits, the last wish alone.
  let wanted = model.get("day");
  function ask() {
    slider.value = days.indexOf(wanted);
    day.textContent = wanted;
    if (model.get("scene").day !== model.get("day") || wanted === model.get("day")) return;
    model.set("day", wanted);
    model.save_changes();
  }
  on(slider, "input", () => {
    wanted = days[slider.value];
    ask();
  });

  function choose(id) {
    model.set("place", id);
    model.save_changes();
    mark();
  }

  function mark() {
    for (const dot of svg.querySelectorAll("[data-place]")) {
      const chosen = dot.dataset.place === model.get("place");
      dot.classList.toggle("geoline-chosen", chosen);
      dot.setAttribute("aria-pressed", chosen);
    }
  }

  function draw() {
    const scene = model.get("scene");
    const colorOf = (holder) => colors[holder] ?? colors.unknown;
    const focused = svg.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    const standing = posts.filter(({ id }) => !["not yet", undefined].includes(scene.posts[id]));
    svg.replaceChildren(
      textures(patterns, prefix),
      ...scene.areas.flatMap(([holder, d]) => [
        shape("path", { d, fill: colorOf(holder), class: "geoline-area", "data-holder": holder }, names[holder]),
        ...(PATTERNS[patterns[holder]] ? [shape("path", { d, fill: `url(#${prefix}${holder})`, class: "geoline-texture" })] : []),
      ]),
      ...scene.band.map((d) => shape("path", { d, fill: `url(#${prefix}-doubt)`, class: "geoline-band" })),
      ...scene.roads.map(([holder, d]) => shape("path", { d, stroke: colorOf(holder), class: "geoline-road" })),
      ...scene.front.map((d) => shape("path", { d, class: "geoline-front" })),
      ...places.map(({ id, name, x, y, radius }) => {
        const [holder, contested, confidence] = scene.places[id];
        const state = `${name}: ${names[holder] ?? holder}${contested ? ", contested" : ""}, ${confidence}`;
        return shape("circle", {
          cx: x, cy: y, r: radius, "data-place": id, tabindex: 0, role: "button", "aria-label": state,
          fill: contested ? "#fff" : colorOf(holder), stroke: contested ? colorOf(holder) : "#fff",
        }, state);
      }),
      ...standing.map((post) => postSign(post, scene.posts[post.id])),
      ...placeNames(places, scene.front, standing, width, height),
    );
    if (focused) svg.querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus();
    mark();
    legend.replaceChildren(...Object.entries(scene.km2).map(([holder, km2]) => {
      const entry = element("span", {}, `${names[holder] ?? holder} ${km2.toLocaleString("en")} km²`);
      entry.style.setProperty("--holder", colorOf(holder));
      return entry;
    }));
    ask();
  }

  function follow() {
    wanted = model.get("day"); // set from Python: the slider goes along
    ask();
  }

  function tell() {
    const id = model.get("place");
    const place = places.find((one) => one.id === id);
    const table = element("table");
    const row = table.createTHead().insertRow();
    for (const name of HEADS) row.append(element("th", {}, name));
    const body = table.createTBody();
    for (const cells of model.get("told")) {
      const line = body.insertRow();
      cells.forEach((text, number) => {
        const cell = line.insertCell();
        if (HEADS[number] === "link" && /^https?:\/\//.test(text)) {
          cell.append(element("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, "link"));
        } else cell.textContent = text;
      });
    }
    claims.replaceChildren(
      id ? element("b", {}, place ? place.name : id) : element("i", {}, "Click a place to read its claims."),
      ...(id ? [table] : []),
    );
    mark();
  }

  const placeOf = (event) => event.target.closest("[data-place]")?.dataset.place;
  on(svg, "click", (event) => choose(placeOf(event) ?? ""));
  on(svg, "keydown", (event) => {
    if (!placeOf(event) || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    choose(placeOf(event));
  });
  const listeners = { "change:day": follow, "change:scene": draw, "change:told": tell, "change:place": tell };
  for (const [event, run] of Object.entries(listeners)) model.on(event, run);
  draw();
  tell();
  return () => {
    stop.abort();
    for (const [event, run] of Object.entries(listeners)) model.off(event, run);
  };
}

export default { render };
