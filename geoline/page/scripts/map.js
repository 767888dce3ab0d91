/* The map: one SVG for the basemap, one for the day, one for places, posts and names, on Leaflet's pan and zoom. */

const HIT_DISTANCE = 13;
const GHOST_DAYS = 7;
const MOST_RINGS = 30;
/* Days that are dragged past follow each other within this time. */
const PASSING_MS = 150;
/* Signs of events that take longer to draw wait until the days stand still. */
const QUICK_MS = 4;

/** Show the bounds as large as they fit, moved out from under the legend as far as there is room beside them. */
function fitBeside(map, bounds, legend) {
  const size = map.getSize();
  const zoom = map.getBoundsZoom(bounds, false, L.point(8, 8));
  const width = map.project(bounds.getNorthEast(), zoom).x - map.project(bounds.getSouthWest(), zoom).x;
  const spare = Math.max(0, size.x - width - 8);
  const covered = legend.open && legendOverMap() ? legend.offsetWidth + 10 : 0;
  map.setView(bounds.getCenter(), zoom, { animate: false });
  const side = (document.documentElement.dir === "rtl") === (legend.dataset.corner === "start" || !legend.dataset.corner) ? 1 : -1;
  map.panBy([(side * Math.min(covered, spare)) / 2, 0], { animate: false });
}

/** The map of one model. `onPick(kind, item or null)` is called when the reader clicks. */
function makeMap(model, onPick) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const bounds = L.latLngBounds(model.data.bounds);
  const map = L.map("map", {
    attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.75, wheelPxPerZoomLevel: 110,
    maxZoom: 15, zoomAnimation: !calm, inertia: !calm, boxZoom: true, maxBoundsViscosity: 0.8,
  });
  L.control.zoom({ position: "topleft" }).addTo(map);
  L.control.scale({ position: "bottomright", imperial: false, maxWidth: 130 }).addTo(map);
  fitBeside(map, bounds, document.getElementById("legend"));
  const openingZoom = map.getZoom();
  // As far out as there is land to draw, and not beyond.
  const beyond = model.beyond ? map.getBoundsZoom(L.latLngBounds(model.beyond), true) : -Infinity;
  map.setMinZoom(Math.min(openingZoom, Math.max(openingZoom - 1.5, beyond)));
  map.setMaxBounds(bounds.pad(0.9));

  const layer = (name, zIndex) => {
    map.createPane(name).style.zIndex = zIndex;
    const renderer = L.svg({ pane: name, padding: 0.35 }).addTo(map);
    renderer._container.setAttribute("class", `${renderer._container.getAttribute("class")} layer-${name}`);
    renderer._container.setAttribute("aria-hidden", "true");
    return renderer._rootGroup;
  };
  const base = layer("base", 210);
  const dayLayer = layer("day", 310);
  const points = layer("points", 410);
  map.getContainer().setAttribute("role", "region");
  map.getContainer().dataset.label = "Map; arrow keys move it, plus and minus zoom. Every place can also be found with the search box.";
  map.getContainer().setAttribute("aria-label", say(map.getContainer().dataset.label));

  const view = { scale: 1, x: 0, y: 0 };
  const pixel = (item) => [item.x * view.scale - view.x, item.y * view.scale - view.y];
  const postPlaces = makePostPlaces(model, map, pixel);
  const postPixel = postPlaces.at;
  const group = (parent, name) => svg("g", { class: name }, parent);

  // Basemap: drawn once per zoom.
  const still = [
    [model.ground().world, svg("path", { class: "land" }, base), true],
    [model.ground().land, svg("path", { class: "land" }, base), true],
    [model.ground().coast, svg("path", { class: "coast" }, base), false],
    [model.ground().theatre, svg("path", { class: "theatre" }, base), true],
  ];

  const water = model.water();
  still.push([water.lakes, svg("path", { class: "lake", "fill-rule": "evenodd" }, base), true]);

  // The day, from the bottom: areas, the day's gain, boundaries, band, earlier front, front, roads.
  const defs = definePatterns(model, dayLayer, "fill");
  const clips = new Map();
  // Ground that no side's area covers: shown as not known, unless the data draw that themselves.
  const theatrePath = svg("path", {}, svg("clipPath", { id: "theatre-edge" }, defs));
  still.push([model.ground().theatre, theatrePath, true]);
  const rest = svg("path", { class: "rest", "fill-rule": "evenodd", "clip-path": "url(#theatre-edge)" }, dayLayer);
  rest.setAttribute("fill", `url(#fill-${model.party(UNKNOWN).index})`);
  const areaGroup = group(dayLayer, "areas");
  const gainGroup = group(dayLayer, "gains");
  const limits = group(dayLayer, "limits");
  still.push([model.ground().limits, svg("path", { class: "limit" }, limits), false]);
  still.push([water.rivers, svg("path", { class: "river" }, limits), false]);
  still.push([water.border, svg("path", { class: "border" }, limits), false]);
  still.push([model.ground().edge, svg("path", { class: "edge" }, limits), false]);
  const band = svg("path", { class: "band", "fill-rule": "evenodd", fill: "url(#fill-doubt)" }, dayLayer);
  const ghost = svg("path", { class: "ghost" }, dayLayer);
  const casing = svg("path", { class: "front-casing" }, dayLayer);
  const front = svg("path", { class: "front" }, dayLayer);
  const roadCasing = svg("path", { class: "road-casing" }, dayLayer);
  const roadDoubt = svg("path", { class: "road-doubt" }, dayLayer);
  const roadGroup = group(dayLayer, "roads");
  const markGroup = group(dayLayer, "road-marks");
  const markPaths = new Map(model.parties.map(roadMark).filter(Boolean).map((name) => [name, svg("path", { class: name }, markGroup)]));

  const chains = makeChainPaths(model.shapes, view);
  // Points: dots, rings of the day's changes, posts, names; the selection on top.
  const settlementGroup = group(points, "settlements");
  const dotGroup = group(points, "dots");
  const ringGroup = group(points, "rings");
  const siegePath = svg("path", { class: "siege" }, ringGroup);
  const ringHalo = svg("path", { class: "ring-halo" }, ringGroup);
  const everBesieged = model.places.filter((place) => model.statusRuns(place).some((run) => run[3]));
  const eventGroup = group(points, "events");
  const cutGroup = group(points, "cuts");
  const postGroup = group(points, "posts");
  // Names lie by themselves: their texts are dear to draw and stay while days run past.
  const labelGroup = group(layer("names", 420), "labels");
  const chosen = svg("circle", { class: "chosen", visibility: "hidden" }, points);
  const outlines = ["region-casing", "region"].map((name) => svg("path", { class: name, "fill-rule": "evenodd" }, points));
  const reach = svg("circle", { class: "reach", visibility: "hidden" }, points);
  const postMarks = model.posts.map((post) => svg("g", {
    "data-post": clip(post.id, 80), "data-agreed": String(Boolean(post.agreed)),
  }, postGroup));
  // Each is a tie to where it is, and its sign.
  for (const mark of postMarks) for (const [name, look] of [["path", "post-tie"], ["g", ""]]) svg(name, { class: look }, mark);

  const swipe = makeSwipe(model, map, { parent: dayLayer, defs, chains, before: limits, clipped: [rest, areaGroup, gainGroup, band, ghost, casing, front, dotGroup, ringGroup] });
  const state = {
    day: -1, other: null, selected: null, changes: [], shownPosts: [], cuts: [], hidden: new Set(), hiddenEvents: new Set(), eventSpan: model.eventSpan,
    layers: new Set(["names", "places", "highways", "posts", "events", "settlements", "ghost", "band"]),
    shows: (holder) => !state.hidden.has(holder),
  };
  /** What is in sight and a little around it, in layer points. */
  const sight = () => {
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([0, 0]);
    return { x0: corner.x - 60, y0: corner.y - 60, x1: corner.x + size.x + 60, y1: corner.y + size.y + 60 };
  };
  const signs = makeEventSigns(model, eventGroup, state, { pixel, sight });
  const dots = makeDots(model, map, dotGroup, state, pixel);
  const settlements = makeSettlements(model, map, settlementGroup, state, { pixel, sight });
  const names = makeLabels(model, map, labelGroup, state, { pixel, postPixel, settlements: settlements.inSight });

  function holderPaths(parent, holders, className) {
    const known = new Map();
    for (const child of [...parent.children]) {
      if (!child.dataset.holder) continue;
      if (holders.has(child.dataset.holder)) known.set(child.dataset.holder, child);
      else child.remove();
    }
    for (const holder of holders.keys()) {
      if (known.has(holder)) continue;
      const path = svg("path", { class: className, "data-holder": holder, "fill-rule": "evenodd" }, parent);
      if (className === "ring") path.style.setProperty("--party", model.party(holder).color);
      else path.setAttribute("fill", `url(#fill-${model.party(holder).index})`);
      known.set(holder, path);
    }
    return known;
  }

  function drawAreas() {
    const rings = model.rings(state.day);
    const data = new Map();
    for (const [holder, path] of holderPaths(areaGroup, new Set(rings.keys()), "area")) {
      data.set(holder, chains.path(rings.get(holder), true));
      put(path, "d", data.get(holder));
      put(path, "visibility", state.shows(holder) ? "visible" : "hidden");
    }
    put(rest, "d", rings.has(UNKNOWN) ? "" : theatrePath.getAttribute("d") + [...data.values()].join(""));
    drawGains(data);
  }

  /** The ground that changed hands since the day before, or since the day compared with: clipped to whose it is now. */
  function drawGains(data) {
    const before = state.other ?? state.day - 1;
    const gainers = new Set();
    if (before >= 0) {
      if (state.other !== null) for (const holder of data.keys()) gainers.add(holder);
      else for (const change of state.changes) if (data.has(change.to)) gainers.add(change.to);
    }
    for (const [holder, path] of holderPaths(gainGroup, gainers, "gain")) {
      const index = model.party(holder).index;
      if (!clips.has(index)) clips.set(index, svg("path", { "clip-rule": "evenodd" }, svg("clipPath", { id: `now-${index}` }, defs)));
      put(clips.get(index), "d", data.get(holder));
      put(path, "fill", `url(#fill-gain-${index})`);
      put(path, "clip-path", `url(#now-${index})`);
      put(path, "visibility", state.shows(holder) ? "visible" : "hidden");
      put(path, "d", chains.path(model.ringsBetween(before, state.day, holder), true));
    }
  }

  function drawLines() {
    const line = chains.path(model.frontChains(state.day), false);
    put(casing, "d", line);
    put(front, "d", line);
    put(band, "d", state.layers.has("band") ? pathData(model.band(state.day), view, true) : "");
    const earlier = state.other ?? state.day - GHOST_DAYS;
    swipe.draw(state.other);
    put(ghost, "d", earlier >= 0 && state.layers.has("ghost") ? chains.path(model.frontChains(earlier), false) : "");
  }

  function drawRoads() {
    const now = model.roads.flatMap((road) => [model.stretches(road, state.day), model.roadFacts(road, state.day)]);
    if (state.roads && now.every((part, i) => part === state.roads[i])) return;
    state.roads = now;
    const stretches = [];
    model.roads.forEach((road, i) => now[2 * i].forEach((stretch) => stretches.push([road, ...stretch])));
    while (roadGroup.children.length > stretches.length) roadGroup.lastChild.remove();
    while (roadGroup.children.length < stretches.length) svg("path", {}, roadGroup);
    let all = "";
    let doubt = "";
    const marks = new Map([...markPaths.keys()].map((name) => [name, ""]));
    stretches.forEach(([road, from, to, holder, doubtful], i) => {
      const path = roadGroup.children[i];
      const d = pathData([cutRoad(road, from, to)], view, false);
      all += d;
      const mark = roadMark(model.party(holder));
      if (mark) marks.set(mark, marks.get(mark) + d);
      for (const [a, b] of doubtful || []) doubt += pathData([cutRoad(road, a, b)], view, false);
      path.setAttribute("d", d);
      path.setAttribute("class", `road road-${holder === UNKNOWN ? "unknown" : "held"}`);
      path.setAttribute("data-highway", road.id);
      path.setAttribute("data-holder", holder);
      path.style.setProperty("--party", model.party(holder).color);
    });
    roadCasing.setAttribute("d", all);
    roadDoubt.setAttribute("d", doubt);
    for (const [name, path] of markPaths) path.setAttribute("d", marks.get(name));
    drawCuts();
  }

  function drawCuts() {
    cutGroup.replaceChildren();
    state.cuts = [];
    for (const road of model.roads) {
      for (const [km] of model.roadFacts(road, state.day).cuts || []) {
        const [x, y] = cutRoad(road, km, road.length);
        const at = pixel({ x, y });
        state.cuts.push(at);
        drawCut(svg("g", { class: "cut", "data-cut": road.id, transform: `translate(${at.map((value) => value.toFixed(1)).join(" ")})` }, cutGroup));
      }
    }
  }

  /** Rings around what changed hands, one path for each side, and around what is besieged. */
  function drawRings() {
    const ring = (place, extra) => circlePath(pixel(place), dotSize(place.rank, map.getZoom()) + extra);
    const edges = new Map();
    // Where very many changed hands, rings would hide what they are around: towns keep theirs.
    const many = state.changes.length > MOST_RINGS;
    for (const { place, to } of state.changes) if (state.shows(to) && (!many || model.places[place].rank <= 2)) edges.set(to, (edges.get(to) || "") + ring(model.places[place], 3.2));
    put(ringHalo, "d", [...edges.values()].join(""));
    for (const [holder, path] of holderPaths(ringGroup, edges, "ring")) {
      put(path, "d", edges.get(holder));
    }
    put(siegePath, "d", everBesieged.filter((place) => model.statusAt(place, state.day)[3]).map((place) => ring(place, 6.4)).join(""));
  }

  function drawPosts(everything) {
    model.posts.forEach((post, i) => {
      const status = model.postStatus(post, state.day);
      const mark = postMarks[i];
      if (everything && post.placed) {
        const [x, y] = postPixel(post);
        mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
        put(mark.firstChild, "d", postPlaces.tie(post));
      }
      if (state.shownPosts[i] === status) return;
      state.shownPosts[i] = status;
      mark.setAttribute("class", post.placed ? postClass(status) : "post post-nowhere");
      mark.setAttribute("data-status", status);
      drawPost(mark.lastChild, post, status);
    });
  }

  function drawSelection() {
    const region = state.selected?.kind === "region" ? state.selected.item : null;
    for (const outline of outlines) put(outline, "d", region ? pathData(region.rings, view, true) : "");
    const item = state.selected && Number.isFinite(state.selected.item.x) ? state.selected.item : null;
    for (const mark of [chosen, reach]) mark.setAttribute("visibility", item ? "visible" : "hidden");
    for (const path of roadGroup.children) {
      path.classList.toggle("picked", state.selected?.kind === "road" && path.dataset.highway === String(state.selected.item.id));
    }
    if (!item) return;
    const [x, y] = state.selected.kind === "post" ? postPixel(item) : pixel(item);
    // Ground resolution at this latitude: metres to pixels, for the circle of uncertainty.
    const metres = 40075016.7 * Math.cos((item.lat * Math.PI) / 180);
    const radius = ((item.uncertainty_m || 0) / metres) * view.scale;
    for (const mark of [chosen, reach]) {
      mark.setAttribute("cx", x);
      mark.setAttribute("cy", y);
    }
    chosen.setAttribute("r", 11);
    reach.setAttribute("r", radius > 12 ? radius : 0);
  }

  const drawSigns = () => state.day >= 0 && signs.draw(map.getZoom(), names.covers);
  let due = 0;
  let signsTook = 0;
  /** The signs of another day: at once where they are few, else once the days stand still. */
  const nextSigns = () => {
    clearTimeout(due);
    const draw = () => {
      const begun = performance.now();
      drawSigns();
      signsTook = performance.now() - begun;
    };
    if (signsTook < QUICK_MS) draw();
    else due = setTimeout(draw, SETTLE_MS);
  };

  /** Draw everything anew: after a zoom, or for the first time. */
  function redraw() {
    view.scale = 256 * 2 ** map.getZoom();
    const origin = map.getPixelOrigin();
    view.x = origin.x;
    view.y = origin.y;
    chains.forget();
    postPlaces.redraw();
    state.roads = null;
    for (const [lines, path, closed] of still) path.setAttribute("d", pathData(lines, view, closed));
    if (state.day >= 0) drawDay(true);
  }

  function drawDay(everything) {
    state.changes = state.other === null ? model.changes(state.day) : changesBetween(model, Math.min(state.other, state.day), Math.max(state.other, state.day));
    drawAreas();
    drawLines();
    drawRoads();
    drawRings();
    drawPosts(everything);
    drawSelection();
    if (everything) {
      settlements.draw();
      dots.redraw();
      names.place();
    } else {
      dots.showDay();
      names.showDay();
    }
    if (everything) drawSigns();
    else nextSigns();
  }

  /** What lies under a pixel of the container, nearest first: posts, then places, then roads. */
  function pick(containerPoint) {
    const { x, y } = map.containerPointToLayerPoint(containerPoint);
    const events = signs.at(x, y);
    if (events) return { kind: "event", item: events };
    let best = null;
    let bestDistance = HIT_DISTANCE ** 2;
    const consider = (kind, item, bonus) => {
      const [ix, iy] = kind === "post" ? postPixel(item) : pixel(item);
      const distance = (ix - x) ** 2 + (iy - y) ** 2 - bonus;
      if (distance < bestDistance) {
        best = { kind, item };
        bestDistance = distance;
      }
    };
    if (state.layers.has("places")) {
      for (const place of model.places) if (state.shows(model.statusAt(place, state.day)[1])) consider("place", place, names.shows(place.index) ? 20 : 4 * (4 - place.rank));
    }
    if (state.layers.has("posts")) {
      model.posts.forEach((post, i) => {
        if (!["not yet"].includes(state.shownPosts[i])) consider("post", post, 30);
      });
    }
    if (best) return best;
    const named = names.at(x, y);
    const settlement = named?.settlement ? named : !named && settlements.at(x, y);
    if (settlement) return { kind: "ground", item: settlementGround(model, settlement, state.day) };
    if (named) return { kind: "place", item: named };
    if (!state.layers.has("highways")) return null;
    for (const road of model.roads) {
      for (let i = 2; i + 1 < road.xy.length; i += 2) {
        const [ax, ay] = pixel({ x: road.xy[i - 2], y: road.xy[i - 1] });
        const [bx, by] = pixel({ x: road.xy[i], y: road.xy[i + 1] });
        if (segmentDistance2(x, y, ax, ay, bx, by) < 49) return { kind: "road", item: road };
      }
    }
    return null;
  }

  map.on("zoomend viewreset", redraw);
  const locator = makeLocator(model, map, openingZoom);
  map.on("move", swipe.place);
  map.on("moveend", () => {
    locator.show();
    cornered();
    settlements.draw();
    names.place();
    drawSigns();
  });
  const cornered = () => state.day >= 0 && clearLegend(model, map, state.day, pixel) && names.forgetCards();
  const settle = () => {
    names.forgetCards();
    names.place();
  };
  map.on("resize", () => {
    cornered();
    settle();
  });
  const pickGround = ({ lat, lng }) => (insideRings(...project(lat, lng), model.ground().theatre) ? { kind: "ground", item: groundAt(model, lat, lng, state.day) } : null);
  map.on("click", (event) => onPick(pick(event.containerPoint) ?? pickGround(event.latlng)));
  watchPointer(map, pick, model, state);
  /** Before anything of a day is drawn: the legend off its front, and the map beside it. */
  function beginAt(day) {
    if (clearLegend(model, map, day, pixel)) fitBeside(map, bounds, document.getElementById("legend"));
    names.forgetCards();
    state.home = [map.getCenter(), map.getZoom(), map.getSize()];
  }
  /** The whole map, moved out from under the legend, which stands where the front is not. */
  function home() {
    clearLegend(model, map, Math.max(0, state.day), pixel);
    fitBeside(map, bounds, document.getElementById("legend"));
    names.forgetCards();
    state.home = [map.getCenter(), map.getZoom(), map.getSize()];
  }
  /** Whether the reader has moved the map since it was shown as a whole. */
  function moved() {
    const [center, zoom, size] = state.home ?? [];
    const far = center && map.latLngToContainerPoint(center).subtract(map.getSize().divideBy(2));
    return Boolean(center) && (Math.abs(map.getZoom() - zoom) > 0.01 || (String(size) === String(map.getSize()) && Math.hypot(far.x, far.y) > 3));
  }
  addButtons(map, home);
  redraw();
  return {
    leaflet: map, settle,
    /** Place names anew where the legend or a button has come over one. */
    clearCards: () => names.cardsMoved() && settle(),
    clearLegend: () => cornered() && settle(),
    /** Show a day; one that plays keeps what those dragged past go without. */
    showDay(day, playing = false) {
      const first = state.day < 0;
      if (first) beginAt(day);
      state.day = day;
      drawDay(first);
      // Days that run past move no legend.
      clearTimeout(state.corner);
      const now = performance.now();
      if (!first && !playing && now - state.stepped < PASSING_MS) map.getContainer().classList.add("passing");
      state.stepped = now;
      state.corner = setTimeout(() => {
        map.getContainer().classList.remove("passing");
        if (cornered()) names.place();
      }, 5 * SETTLE_MS);
    },
    home, moved,
    /** Show what changed between a day and the day shown; null for the day before, as ever. */
    compare(day) {
      state.other = day;
      map.getContainer().classList.toggle("comparing", day !== null);
      drawDay(true);
    },
    /** Show or hide all that a holder has. */
    filter(holder, on) {
      if (on) state.hidden.delete(holder);
      else state.hidden.add(holder);
      drawDay(true);
    },
    /** Show or hide a kind of events. */
    filterEvents(kind, on) {
      if (on) state.hiddenEvents.delete(kind);
      else state.hiddenEvents.add(kind);
      drawSigns();
    },
    /** Show the events of so many days up to the day shown. */
    spanEvents(days) {
      state.eventSpan = days;
      drawSigns();
    },
    refresh: redraw,
    select(selected) {
      state.selected = selected;
      drawSelection();
      names.place();
      if (selected?.kind === "region" && !map.getBounds().contains(regionBounds(selected.item))) map.fitBounds(regionBounds(selected.item), { padding: [16, 16], animate: !calm });
      if (!Number.isFinite(selected?.item.x)) return;
      const at = L.latLng(selected.item.lat, selected.item.lon);
      if (!map.getBounds().pad(-0.08).contains(at)) map.panTo(at, { animate: !calm });
    },
    toggle(name, on) {
      if (on) state.layers.add(name);
      else state.layers.delete(name);
      map.getContainer().classList.toggle(`hide-${name}`, !on);
      drawLines();
      settlements.draw();
      names.place();
      drawSigns();
    },
  };
}
