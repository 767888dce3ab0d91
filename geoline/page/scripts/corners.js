/* What stands at the edges of the map: the legend where the front is not, buttons, the locator, the swipe between two days. */

/* Corners that the legend may stand in, the usual one first. */
const CORNERS = ["start", "end"];
const LOCATOR_WIDTH = 110;
/* So much closer than the opening view the locator shows where one is. */
const LOCATOR_ZOOM = 0.8;

/* Pixels of height below which a legend is folded and not cut short. */
const LEAST_LEGEND = 260;
/* And to which one that the reader has opened is cut short at most. */
const LEAST_KEPT = 130;

/** Move the legend out of the front's way: to the other side, cut short where the front runs above it, or folded. Tells whether it changed. */
function clearLegend(model, map, day, pixel) {
  const legend = document.getElementById("legend");
  if (!legend.open || !legendOverMap()) return false;
  const { x: wide, y: high } = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  const points = model.front(day).flatMap((line) => Array.from({ length: line.length / 2 }, (_, i) => pixel({ x: line[2 * i], y: line[2 * i + 1] })));
  const broad = legend.offsetWidth;
  /** Height that is free above the foot of a corner. */
  const room = (side) => {
    const right = (side === "end") !== (document.documentElement.dir === "rtl");
    const left = corner.x + (right ? wide - broad - 10 : 10);
    const foot = corner.y + high - (side === "end" ? 40 : 10);
    const lowest = Math.max(corner.y + (side === "end" ? 20 : 156), ...points.filter(([x, y]) => x > left - 6 && x < left + broad + 6 && y < foot + 6 && y > corner.y).map(([, y]) => y + 12));
    return foot - lowest;
  };
  const before = `${legend.dataset.corner || CORNERS[0]} ${legend.style.maxHeight}`;
  const needed = legend.scrollHeight;
  const rooms = CORNERS.map((side) => [side, room(side)]);
  const [side, space] = rooms.find(([, free]) => free >= needed) ?? rooms.sort((a, b) => b[1] - a[1])[0];
  // One that the reader has opened is cut short, but not folded.
  if (space < Math.min(needed, LEAST_LEGEND) && !legend.dataset.kept) {
    legend.open = false;
    return true;
  }
  legend.dataset.corner = side;
  legend.style.maxHeight = space < needed ? `${Math.floor(Math.max(space, LEAST_KEPT))}px` : "";
  return before !== `${side} ${legend.style.maxHeight}`;
}

/** Whether the legend stands over the map, and not in the sheet below it. */
const legendOverMap = () => !document.getElementById("legend").closest("#panel") && !document.documentElement.classList.contains("printing");

/** On a phone the legend stands in the sheet, for over the map it would hide the front; a button leads to it. */
function placeLegend(map, openSheet) {
  const narrow = window.matchMedia("(max-width: 600px)");
  const [legend, button, frame] = ["legend", "to-legend", "frame"].map((id) => document.getElementById(id));
  const place = () => {
    const below = narrow.matches && !document.documentElement.classList.contains("printing");
    button.hidden = !below;
    if (below) document.getElementById("about").before(legend);
    else frame.append(legend);
    if (map.leaflet.getSize().x) map.settle();
  };
  button.addEventListener("click", () => {
    openSheet(true);
    legend.open = true;
    legend.scrollIntoView({ block: "start" });
    legend.querySelector("summary").focus({ preventScroll: true });
  });
  narrow.addEventListener("change", place);
  if (narrow.matches) place();
  return place;
}

/** Buttons below those of the zoom: the whole map, and the page as large as the screen. */
function addButtons(map, home) {
  const bar = tag("div", { class: "leaflet-bar leaflet-control map-buttons" });
  const picture = (d) => {
    const box = svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" });
    svg("path", { d }, box);
    return box;
  };
  const button = (id, label, sign, act) => {
    const one = tag("button", { type: "button", id, "data-label": label, "data-title": label, "aria-label": say(label), title: say(label) }, sign);
    one.addEventListener("click", act);
    bar.append(one);
  };
  button("home", "Whole map", picture("M2 8l6-6 6 6M4 7v7h8V7"), home);
  if (document.fullscreenEnabled) {
    button("full", "Full screen", picture("M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"), () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {}));
  }
  for (const kind of ["click", "dblclick", "mousedown", "pointerdown", "touchstart"]) bar.addEventListener(kind, (event) => event.stopPropagation());
  map.getContainer().querySelector(".leaflet-top.leaflet-left").append(bar);
}

/** A small map of the whole theatre with a frame around what is seen, while that is but a part of it. */
function makeLocator(model, map, openingZoom) {
  const ground = model.ground();
  const rings = ground.theatre;
  let box = null;
  let frame = null;
  let bounds = null;
  function build() {
    const all = rings.flatMap((ring) => Array.from(ring));
    const [xs, ys] = [all.filter((_, i) => i % 2 === 0), all.filter((_, i) => i % 2)];
    const ends = (list) => list.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
    const [[left, right], [top, bottom]] = [ends(xs), ends(ys)];
    const scale = LOCATOR_WIDTH / (right - left);
    const high = Math.min(150, (bottom - top) * scale);
    box = svg("svg", { id: "locator", width: LOCATOR_WIDTH, height: high, viewBox: `0 0 ${LOCATOR_WIDTH} ${high}`, "aria-hidden": "true" }, document.getElementById("frame"));
    svg("path", { d: pathData(rings, { scale, x: left * scale, y: top * scale }, true), class: "theatre" }, box);
    frame = svg("rect", { class: "locator-view" }, box);
    bounds = { left, top, scale };
  }
  return {
    show() {
      const near = map.getZoom() > openingZoom + LOCATOR_ZOOM && rings.length;
      if (near && !box) build();
      if (!box) return;
      box.style.display = near ? "" : "none";
      if (!near) return;
      const seen = map.getBounds();
      const [x0, y1] = project(seen.getSouth(), seen.getWest());
      const [x1, y0] = project(seen.getNorth(), seen.getEast());
      const place = { x: (x0 - bounds.left) * bounds.scale, y: (y0 - bounds.top) * bounds.scale, width: Math.max(4, (x1 - x0) * bounds.scale), height: Math.max(4, (y1 - y0) * bounds.scale) };
      for (const key of Object.keys(place)) put(frame, key, place[key].toFixed(1));
    },
  };
}

/** Two days side by side: the other day on the left of a divider that the reader moves, the day shown on its right. */
function makeSwipe(model, map, { parent, defs, chains, before, clipped }) {
  const range = document.getElementById("swipe");
  const line = document.getElementById("swipe-line");
  const group = svg("g", { class: "then", "clip-path": "url(#swipe-then)" });
  parent.insertBefore(group, before);
  const [then, now] = ["swipe-then", "swipe-now"].map((id) => svg("rect", {}, svg("clipPath", { id }, defs)));
  let on = false;
  function place() {
    if (!on) return;
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([0, 0]);
    const at = (size.x * Number(range.value)) / 100;
    line.style.left = `${at}px`;
    for (const [rect, x, width] of [[then, corner.x - size.x, size.x + at], [now, corner.x + at, 2 * size.x]]) {
      for (const [key, value] of Object.entries({ x, y: corner.y - size.y, width, height: 3 * size.y })) put(rect, key, value);
    }
  }
  range.addEventListener("input", place);
  return {
    place,
    draw(other) {
      on = other !== null && document.getElementById("swiping").checked;
      range.hidden = line.hidden = !on;
      for (const part of clipped) {
        if (on && !part.hasAttribute("clip-path")) part.setAttribute("clip-path", "url(#swipe-now)");
        if (!on && part.getAttribute("clip-path") === "url(#swipe-now)") part.removeAttribute("clip-path");
      }
      group.replaceChildren();
      if (!on) return;
      for (const [holder, rings] of model.rings(other)) svg("path", { d: chains.path(rings, true), class: "area", "fill-rule": "evenodd", fill: `url(#fill-${model.party(holder).index})` }, group);
      const d = chains.path(model.frontChains(other), false);
      for (const name of ["front-casing", "front"]) svg("path", { d, class: name }, group);
      place();
    },
  };
}
