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

function render({ model, el }) {
  const { title, days, width, height, colors, names, places } = model.get("frame");
  const largest = Math.max(...places.map(({ radius }) => radius)); // only these carry their names
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
    svg.replaceChildren(
      ...scene.areas.map(([holder, d]) =>
        shape("path", { d, fill: colorOf(holder), class: "geoline-area", "data-holder": holder }, names[holder])),
      ...scene.band.map((d) => shape("path", { d, class: "geoline-band" })),
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
      ...places.filter(({ radius }) => radius === largest).map(({ name, x, y, radius }) => {
        const label = shape("text", { x: x + radius + 3, y: y + 7, class: "geoline-name" });
        label.textContent = name;
        return label;
      }),
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
