/* The map: one SVG for the basemap, one for the day, one for points and names, on Leaflet's pan and zoom. */

// Below this confidence a place is held on one side's word, or disputed.
const WEAK = 0.5;
const HIT_DISTANCE = 13;
const GHOST_DAYS = 7;

/** Show the bounds as large as they fit, moved out from under the legend as far as there is room beside them. */
function fitBeside(map, bounds, legend) {
  const size = map.getSize();
  const zoom = map.getBoundsZoom(bounds, false, L.point(8, 8));
  const width = map.project(bounds.getNorthEast(), zoom).x - map.project(bounds.getSouthWest(), zoom).x;
  const spare = Math.max(0, size.x - width - 8);
  const covered = legend.open ? legend.offsetWidth + 10 : 0;
  map.setView(bounds.getCenter(), zoom, { animate: false });
  const side = document.documentElement.dir === "rtl" ? 1 : -1;
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
  map.setMinZoom(openingZoom - 1.5);
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
  // A post in a town stands beside the town's dot, so that both can be seen.
  const inTown = new Set(model.posts.filter((post) => model.places.some((place) => place.rank <= 2 && metresApart(place, post) < 700)));
  const postPixel = (post) => {
    const [x, y] = pixel(post);
    return inTown.has(post) ? [x - 9, y + 9] : [x, y];
  };
  const group = (parent, name) => svg("g", { class: name }, parent);

  // Basemap: drawn once per zoom.
  const ground = model.data.basemap || {};
  const still = [
    [decodePolygons(ground.land), svg("path", { class: "land" }, base), true],
    [decodePolygons(ground.theatre), svg("path", { class: "theatre" }, base), true],
  ];

  // The day, from the bottom: areas, the day's gain, boundaries, band, earlier front, front, roads.
  const defs = definePatterns(model, dayLayer, "fill");
  const clips = new Map();
  // Ground that no side's area covers: shown as not known, unless the data draw that themselves.
  const theatrePath = svg("path", {}, svg("clipPath", { id: "theatre-edge" }, defs));
  const decodedTheatre = decodePolygons(ground.theatre);
  still.push([decodedTheatre, theatrePath, true]);
  const rest = svg("path", { class: "rest", "fill-rule": "evenodd", "clip-path": "url(#theatre-edge)" }, dayLayer);
  rest.setAttribute("fill", `url(#fill-${model.party(UNKNOWN).index})`);
  const areaGroup = group(dayLayer, "areas");
  const gainGroup = group(dayLayer, "gains");
  const limits = group(dayLayer, "limits");
  for (const governorate of ground.governorates || []) {
    still.push([decodePolygons([governorate.polygon]), svg("path", {}, limits), true]);
  }
  const band = svg("path", { class: "band", "fill-rule": "evenodd" }, dayLayer);
  const ghost = svg("path", { class: "ghost" }, dayLayer);
  const casing = svg("path", { class: "front-casing" }, dayLayer);
  const front = svg("path", { class: "front" }, dayLayer);
  const roadCasing = svg("path", { class: "road-casing" }, dayLayer);
  const roadDoubt = svg("path", { class: "road-doubt" }, dayLayer);
  const roadGroup = group(dayLayer, "roads");
  const markGroup = group(dayLayer, "road-marks");
  const markPaths = new Map(model.parties.map(roadMark).filter(Boolean).map((name) => [name, svg("path", { class: name }, markGroup)]));

  // Points: dots, rings of the day's changes, posts, names; the selection on top.
  const dotGroup = group(points, "dots");
  const ringGroup = group(points, "rings");
  const cutGroup = group(points, "cuts");
  const postGroup = group(points, "posts");
  const labelGroup = group(points, "labels");
  const chosen = svg("circle", { class: "chosen", visibility: "hidden" }, points);
  const reach = svg("circle", { class: "reach", visibility: "hidden" }, points);
  const dots = model.places.map((place) => svg("circle", { "data-place": place.index, class: "dot" }, dotGroup));
  const postMarks = model.posts.map((post) => svg("g", {
    "data-post": clip(post.id, 80), "data-astana": String(Boolean(post.astana)),
  }, postGroup));
  for (const place of [...model.places].sort((a, b) => b.rank - a.rank)) dotGroup.appendChild(dots[place.index]);

  const state = { day: -1, selected: null, shownRuns: [], shownPosts: [], cuts: [], layers: new Set(["names", "places", "highways", "posts", "ghost", "band"]) };
  const names = makeLabels(model, map, labelGroup, state, { pixel, postPixel });

  function holderPaths(parent, holders, className) {
    const known = new Map();
    for (const child of [...parent.children]) {
      if (holders.has(child.dataset.holder)) known.set(child.dataset.holder, child);
      else child.remove();
    }
    for (const holder of holders) {
      if (known.has(holder)) continue;
      const path = svg("path", { class: className, "data-holder": holder, "fill-rule": "evenodd" }, parent);
      path.setAttribute("fill", `url(#fill-${model.party(holder).index})`);
      known.set(holder, path);
    }
    return known;
  }

  function drawAreas() {
    const areas = model.areas(state.day);
    const data = new Map();
    for (const [holder, path] of holderPaths(areaGroup, new Set(areas.keys()), "area")) {
      data.set(holder, pathData(areas.get(holder), view, true));
      path.setAttribute("d", data.get(holder));
    }
    const everywhere = areas.has(UNKNOWN) ? "" : pathData(decodedTheatre, view, true);
    rest.setAttribute("d", everywhere && everywhere + [...data.values()].join(""));
    drawGains(data);
  }

  // What a side holds now, cut to what the others held the day before: the ground that changed hands.
  function drawGains(data) {
    const gainers = new Set();
    const before = state.day > 0 ? model.areas(state.day - 1) : new Map();
    for (const change of model.changes(state.day)) if (data.has(change.to)) gainers.add(change.to);
    for (const [holder, path] of holderPaths(gainGroup, gainers, "gain")) {
      const index = model.party(holder).index;
      if (!clips.has(index)) {
        clips.set(index, svg("path", { "clip-rule": "evenodd" }, svg("clipPath", { id: `before-${index}` }, defs)));
      }
      const others = [...before.keys()].filter((other) => other !== holder);
      clips.get(index).setAttribute("d", others.map((other) => pathData(before.get(other), view, true)).join(""));
      path.setAttribute("fill", model.party(holder).color);
      path.setAttribute("clip-path", `url(#before-${index})`);
      path.setAttribute("d", data.get(holder));
    }
  }

  function drawLines() {
    const line = pathData(model.front(state.day), view, false);
    casing.setAttribute("d", line);
    front.setAttribute("d", line);
    band.setAttribute("d", state.layers.has("band") ? pathData(model.band(state.day), view, true) : "");
    const earlier = state.day - GHOST_DAYS;
    ghost.setAttribute("d", earlier >= 0 && state.layers.has("ghost") ? pathData(model.front(earlier), view, false) : "");
    const stretches = [];
    for (const road of model.roads) {
      for (const stretch of model.stretches(road, state.day)) stretches.push([road, ...stretch]);
    }
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

  function drawDots(everything) {
    const zoom = map.getZoom();
    for (const place of model.places) {
      const runs = model.statusRuns(place);
      const at = runAt(runs, state.day);
      if (!everything && state.shownRuns[place.index] === at) continue;
      state.shownRuns[place.index] = at;
      const [, holder, contested, besieged, confidence] = runs[at];
      const dot = dots[place.index];
      const [x, y] = pixel(place);
      dot.setAttribute("cx", x.toFixed(1));
      dot.setAttribute("cy", y.toFixed(1));
      dot.setAttribute("r", dotSize(place.rank, zoom));
      const color = model.party(holder).color;
      const flag = contested || holder === "contested" ? " contested" : "";
      const doubt = (place.vague ? " vague" : "") + (confidence < WEAK ? " weak" : "");
      dot.setAttribute("class", `dot rank-${place.rank}${flag}${besieged ? " besieged" : ""}${doubt}`);
      dot.setAttribute("data-holder", holder);
      dot.style.setProperty("--party", color);
    }
  }

  function drawRings(fresh) {
    ringGroup.replaceChildren();
    for (const change of model.changes(state.day)) {
      const place = model.places[change.place];
      const [x, y] = pixel(place);
      const ring = svg("g", {
        transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, class: fresh ? "ring fresh" : "ring",
        "data-changed": clip(place.id, 80), "data-holder": change.to,
      }, ringGroup);
      const r = dotSize(place.rank, map.getZoom()) + 3.2;
      ring.style.setProperty("--party", model.party(change.to).color);
      svg("circle", { r: r + 1, class: "pulse" }, ring);
      svg("circle", { r, class: "halo" }, ring);
      svg("circle", { r, class: "edge" }, ring);
    }
    for (const place of model.places) {
      if (!model.statusAt(place, state.day)[3]) continue;
      const [x, y] = pixel(place);
      svg("circle", { cx: x, cy: y, r: dotSize(place.rank, map.getZoom()) + 6.4, class: "siege" }, ringGroup);
    }
  }

  function drawPosts(everything) {
    model.posts.forEach((post, i) => {
      const status = model.postStatus(post, state.day);
      const mark = postMarks[i];
      if (everything && post.placed) {
        const [x, y] = postPixel(post);
        mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      }
      if (state.shownPosts[i] === status) return;
      state.shownPosts[i] = status;
      mark.setAttribute("class", post.placed ? postClass(status) : "post post-nowhere");
      mark.setAttribute("data-status", status);
      drawPost(mark, post, status);
    });
  }

  function drawSelection() {
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

  /** Draw everything anew: after a zoom, or for the first time. */
  function redraw() {
    view.scale = 256 * 2 ** map.getZoom();
    const origin = map.getPixelOrigin();
    view.x = origin.x;
    view.y = origin.y;
    for (const [lines, path, closed] of still) path.setAttribute("d", pathData(lines, view, closed));
    if (state.day >= 0) drawDay(true, false);
  }

  function drawDay(everything, fresh) {
    drawAreas();
    drawLines();
    drawDots(everything);
    drawRings(fresh);
    drawPosts(everything);
    drawSelection();
    names.place();
  }

  /** What lies under a pixel of the container, nearest first: posts, then places, then roads. */
  function pick(containerPoint) {
    const { x, y } = map.containerPointToLayerPoint(containerPoint);
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
      for (const place of model.places) consider("place", place, names.shows(place.index) ? 20 : 4 * (4 - place.rank));
    }
    if (state.layers.has("posts")) {
      model.posts.forEach((post, i) => {
        if (!["not yet"].includes(state.shownPosts[i])) consider("post", post, 30);
      });
    }
    if (best) return best;
    const named = names.at(x, y);
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
  map.on("moveend", () => names.place());
  const settle = () => {
    names.forgetCards();
    names.place();
  };
  map.on("resize", settle);
  const pickGround = ({ lat, lng }) => (insideRings(...project(lat, lng), decodedTheatre) ? { kind: "ground", item: groundAt(model, lat, lng, state.day) } : null);
  map.on("click", (event) => onPick(pick(event.containerPoint) ?? pickGround(event.latlng)));
  watchPointer(map, pick, model, state);
  redraw();
  return {
    leaflet: map, settle,
    showDay(day) {
      const fresh = state.day !== day;
      const first = state.day < 0;
      state.day = day;
      drawDay(first, fresh);
    },
    select(selected) {
      state.selected = selected;
      drawSelection();
      names.place();
      if (!Number.isFinite(selected?.item.x)) return;
      const at = L.latLng(selected.item.lat, selected.item.lon);
      if (!map.getBounds().pad(-0.08).contains(at)) map.panTo(at, { animate: !calm });
    },
    toggle(name, on) {
      if (on) state.layers.add(name);
      else state.layers.delete(name);
      map.getContainer().classList.toggle(`hide-${name}`, !on);
      drawLines();
      names.place();
    },
  };
}

/** A small tip beside the mouse: the name under it and who holds it. */
function watchPointer(map, pick, model, state) {
  const tip = document.getElementById("tip");
  const hide = () => {
    tip.hidden = true;
    map.getContainer().classList.remove("over");
  };
  let due = 0;
  map.on("mousemove", (event) => {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(() => {
      const hit = pick(event.containerPoint);
      map.getContainer().classList.toggle("over", Boolean(hit));
      if (!hit) return hide();
      const strong = document.createElement("bdi");
      strong.textContent = clip(nameOf(hit.item), 60);
      tip.replaceChildren(strong);
      const line = document.createElement("span");
      if (hit.kind === "place") {
        const [, holder, contested, besieged] = model.statusAt(hit.item, state.day);
        line.textContent = listed(clip(model.partyName(holder), 60), contested ? say("contested") : "", besieged ? say("besieged") : "");
      } else if (hit.kind === "post") {
        line.textContent = listed(say(hit.item.astana ? "Turkish post of the Astana twelve" : "Turkish post"), clip(say(model.postStatus(hit.item, state.day)), 40));
      } else {
        line.textContent = say("highway");
      }
      tip.append(line);
      tip.hidden = false;
      const size = map.getSize();
      tip.style.left = `${Math.min(event.containerPoint.x + 14, size.x - tip.offsetWidth - 8)}px`;
      tip.style.top = `${Math.min(event.containerPoint.y + 14, size.y - tip.offsetHeight - 8)}px`;
      return undefined;
    });
  });
  map.on("mouseout movestart zoomstart", () => {
    cancelAnimationFrame(due);
    hide();
  });
}
