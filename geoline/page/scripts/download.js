/* The day as a file: a picture that stands alone (SVG, PNG) and data for a GIS (GeoJSON). Data enter as text only. */

const PICTURE = { width: 1200, head: 86, foot: 74, margin: 24, names: 150, ink: "#1d1f21", soft: "#55585b", paper: "#fdfcf9" };
const PICTURE_FONT = '"Source Sans 3","Noto Sans","Noto Sans Arabic","DejaVu Sans",Arial,sans-serif';
const PICTURE_STYLE = `text{font-family:${PICTURE_FONT};fill:#1d1f21}
.name{stroke:#fffefa;stroke-width:3px;stroke-linejoin:round;paint-order:stroke}.title{font:700 28px Georgia,"Noto Serif","DejaVu Serif","Noto Naskh Arabic",serif}
.land{fill:#e3e0d8;stroke:#e3e0d8;stroke-width:.6}.coast{fill:none;stroke:#9fb2bc;stroke-width:.8}.edge{fill:none;stroke:#6f6a5e;stroke-width:1.3;stroke-dasharray:2 5}.theatre{fill:#f6f3ec}.limit{fill:none;stroke:#6f6a5e;stroke-width:.9;stroke-dasharray:5 2.5 1 2.5;opacity:.75}
.lake{fill:#cfdde4;stroke:#7fa3b8;stroke-width:.7}.river{fill:none;stroke:#7fa3b8;stroke-width:1.1;stroke-linejoin:round}.border{fill:none;stroke:#6f6a5e;stroke-width:1.4}
.band{fill:url(#doubt);stroke:#17181a;stroke-width:.6;stroke-opacity:.35}.ghost{fill:none;stroke:#17181a;stroke-width:1.3;stroke-dasharray:1.5 4;stroke-linecap:round;opacity:.55}
.casing{fill:none;stroke:#fff;stroke-linejoin:round;stroke-linecap:round}.front{fill:none;stroke:#17181a;stroke-width:2.4;stroke-linejoin:round;stroke-linecap:round}.road{fill:none;stroke-width:3.4;stroke-linejoin:round}
.post-box,.cut-disc{fill:#fdfcf9;stroke:#1d1f21;stroke-width:1.5}.post-fill{fill:#1d1f21}.post-ring{fill:none;stroke:#1d1f21;stroke-width:1.5}.cut-bar{stroke:#1d1f21;stroke-width:2.2}
.event-box{fill:#fdfcf9;stroke:#1d1f21;stroke-width:1}.event-mark{fill:none;stroke:#1d1f21;stroke-width:1.6;stroke-linecap:round}.event-attack .event-mark{fill:#1d1f21}.event-count{font-weight:700;font-size:10.5px}
.post-number{font-weight:700;font-size:10px;stroke:#fffefa;stroke-width:2.6px;paint-order:stroke}`;

/** Text that XML can carry: no control characters, no half of a surrogate pair. */
const xmlText = (text, limit) => clip(text, limit).replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

/** A party's colour with black, as a plain colour that every reader of SVG knows. */
const darker = (color, share) => `#${[1, 3, 5].map((i) => Math.round(parseInt(color.slice(i, i + 2), 16) * share).toString(16).padStart(2, "0")).join("")}`;

const unproject = (x, y) => [Math.round((x - 0.5) * 36e6) / 1e5, Math.round((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 18e6) / Math.PI) / 1e5];

function picturePatterns(model, root) {
  const defs = svg("defs", {}, root);
  for (const [id, d, stroke] of [["doubt", "M0 1.5h4M4 5.5h4", "#8b8b8c"], ["gained", "M0 1h8M0 5h8", "#fff"]]) {
    svg("path", { d, stroke, fill: "none" }, svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, defs));
  }
  for (const party of model.parties) {
    const pattern = svg("pattern", { id: `party-${party.index}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, defs);
    svg("rect", { width: 8, height: 8, fill: party.color, opacity: 0.42 }, pattern);
    const lines = Object.hasOwn(PATTERN_LINES, party.pattern) ? PATTERN_LINES[party.pattern] : "";
    const dots = party.pattern === "dots";
    if (lines) svg("path", { d: lines, fill: "none", stroke: darker(party.color, 0.55), "stroke-width": dots ? 1.5 : 0.8, "stroke-linecap": dots ? "round" : "butt", opacity: dots ? 0.5 : 0.4 }, pattern);
  }
  return defs;
}

/** A line of text in a picture; Arabic from the right. `anchor` is the side of the page where it begins. */
function pictureText(parent, text, { x, y, size, anchor = "start", limit = 160, ...rest }) {
  const clean = xmlText(text, limit);
  const arabic = /[\u0600-\u06ff]/u.test(clean);
  // In right-to-left text "start" is the right-hand end.
  const side = arabic ? { start: "end", end: "start", middle: "middle" }[anchor] : anchor;
  const node = svg("text", { x, y, "font-size": size, "text-anchor": side, ...(arabic ? { direction: "rtl", "xml:lang": "ar" } : {}), ...rest }, parent);
  node.textContent = clean;
  return node;
}

/** Words in lines of a width, measured as they will be drawn. */
function wrapped(text, size, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${size}px ${PICTURE_FONT}`;
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.filter(Boolean);
}

/** Dots and names of the places in the picture: towns first, a name only where it covers no other. */
function picturePlaces(model, day, { parent, at, inside, zoom, taken }) {
  const pen = document.createElement("canvas").getContext("2d");
  const changed = new Set(model.changes(day).map((change) => change.place));
  const seen = model.places.map((place) => [place, ...at(place)]).filter(([, x, y]) => inside(x, y));
  const boxes = [...taken];
  for (const [place, x, y] of [...seen].sort((a, b) => b[0].rank - a[0].rank)) {
    const [, holder, contested] = model.statusAt(place, day);
    const color = darker(model.party(holder).color, 0.7);
    const r = dotSize(place.rank, zoom) * 1.15;
    if (changed.has(place.index)) svg("circle", { cx: x, cy: y, r: r + 3.4, fill: "none", stroke: darker(model.party(holder).color, 0.88), "stroke-width": 2.4 }, parent);
    svg("circle", { cx: x, cy: y, r, fill: contested ? PICTURE.paper : color, stroke: contested ? color : "#fff", "stroke-width": contested ? 2 : 0.8 }, parent);
    if (place.rank <= 2) boxes.push([x - r, y - r, x + r, y + r]);
  }
  const names = svg("g", {}, parent);
  const order = ([place]) => (changed.has(place.index) ? Math.min(place.rank, 2) : place.rank);
  const fame = new Map(seen.map(([place]) => [place, model.placeClaims(place).length]));
  for (const [place, x, y] of seen.sort((a, b) => order(a) - order(b) || fame.get(b[0]) - fame.get(a[0]) || a[0].index - b[0].index)) {
    if (names.childElementCount >= PICTURE.names) break;
    if (place.rank > (zoom >= 10 ? 4 : 3) && !changed.has(place.index)) continue;
    const size = { 1: 19, 2: 15, 3: 12.5 }[place.rank] || 11.5;
    const text = xmlText(nameOf(place), 40);
    pen.font = `600 ${size}px ${PICTURE_FONT}`;
    const width = pen.measureText(text).width;
    // A town is worth a second and a third try further off.
    const tries = (order([place]) <= 2 ? [8, 16, 26] : [8]).flatMap((gap) => [
      [x + gap, "start", x + gap, y], [x - gap - width, "end", x - gap, y], [x - width / 2, "middle", x, y - size - gap + 8], [x - width / 2, "middle", x, y + size + gap - 8],
    ]);
    for (const [left, anchor, tx, ty] of tries) {
      const box = [left - 4, ty - size * 0.55, left + width + 4, ty + size * 0.55];
      if (!inside(box[0], box[1]) || !inside(box[2], box[3])) continue;
      if (boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      boxes.push(box);
      pictureText(names, text, { x: tx.toFixed(1), y: (ty + size * 0.34).toFixed(1), size, anchor, class: "name", "font-weight": place.rank <= 2 || changed.has(place.index) ? 600 : 400 });
      break;
    }
  }
}

/** Key, scale and credits below the picture; gives the height they take. */
function pictureFoot(model, day, { root, top, metresPerUnit }) {
  const { margin, width, soft } = PICTURE;
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `13px ${PICTURE_FONT}`;
  let x = margin;
  // The key runs the way the language does.
  const turn = rightToLeft();
  const entry = (draw, text) => {
    draw(turn ? width - x - 24 : x);
    pictureText(root, text, { x: turn ? width - x - 32 : x + 32, y: top + 20, size: 13, limit: 60, anchor: turn ? "end" : "start" });
    x += 32 + pen.measureText(xmlText(text, 60)).width + 26;
  };
  for (const party of model.parties) {
    if (!model.areas(day).has(party.id)) continue;
    entry((left) => svg("rect", { x: left, y: top + 9, width: 24, height: 14, fill: `url(#party-${party.index})`, stroke: "#8a8a86", "stroke-width": 0.6 }, root), model.partyName(party.id));
  }
  entry((left) => svg("path", { d: `M${left} ${top + 16}h24`, class: "front" }, root), say("Front line"));
  entry((left) => svg("rect", { x: left, y: top + 10, width: 24, height: 12, class: "band" }, root), say("Where the line may run (90 %)"));
  const most = (metresPerUnit * 150) / 1000;
  const km = [1, 2, 5].flatMap((n) => [0.1, 1, 10, 100].map((ten) => n * ten)).filter((n) => n <= most).sort((a, b) => b - a)[0] || most;
  const long = (km * 1000) / metresPerUnit;
  svg("path", { d: `M${width - margin - long} ${top - 14}v5h${long}v-5`, fill: "none", stroke: PICTURE.ink, "stroke-width": 1.4 }, root);
  pictureText(root, say("{0} km", String(km)), { x: width - margin - long / 2, y: top - 15, size: 12, anchor: "middle", class: "name" });
  const credits = (model.data.credits || []).map((line) => clip(line, 300)).join(" ");
  const lines = wrapped(xmlText(credits, 900), 11, width - 2 * margin).slice(0, 4);
  lines.forEach((line, i) => pictureText(root, line, { x: margin, y: top + 42 + i * 14, size: 11, limit: 400, style: `fill:${soft}` }));
  return 44 + lines.length * 14;
}

/** The day as an SVG element, of the part of the map that is on the screen. */
function dayPicture(model, day, leaflet) {
  const { width, head, margin, ink, paper } = PICTURE;
  const size = leaflet.getSize();
  const height = Math.round(width * Math.min(1.3, Math.max(0.5, size.y / Math.max(1, size.x))));
  const zoom = leaflet.getZoom() + Math.log2(width / Math.max(1, size.x));
  const center = leaflet.getCenter();
  const [cx, cy] = project(center.lat, center.lng);
  const scale = 256 * 2 ** zoom;
  const view = { scale, x: cx * scale - width / 2, y: cy * scale - height / 2 - head };
  const at = ({ x, y }) => [x * scale - view.x, y * scale - view.y].map((value) => Math.round(value * 10) / 10);
  const inside = (x, y) => x > 4 && x < width - 4 && y > head + 4 && y < head + height - 4;
  const root = svg("svg", { xmlns: SVG, version: "1.1", width });
  svg("title", {}, root).textContent = xmlText(`${model.title()}, ${dayWords(model.days[day])}`, 200);
  svg("style", {}, root).textContent = PICTURE_STYLE;
  const defs = picturePatterns(model, root);
  svg("rect", { x: 0, y: head, width, height }, svg("clipPath", { id: "frame" }, defs));
  const sheet = svg("rect", { width, fill: paper }, root);
  const map = svg("g", { "clip-path": "url(#frame)" }, root);
  svg("rect", { x: 0, y: head, width, height, fill: "#cfdde4" }, map);
  const path = (lines, closed, attributes) => svg("path", { d: pathData(lines, view, closed), "fill-rule": "evenodd", ...attributes }, map);
  const ground = model.ground();
  path(ground.world, true, { class: "land" });
  path(ground.land, true, { class: "land" });
  path(ground.coast, false, { class: "coast" });
  path(ground.theatre, true, { class: "theatre" });
  for (const [holder, rings] of model.areas(day)) path(rings, true, { fill: `url(#party-${model.party(holder).index})` });
  const water = model.water?.() || { rivers: [], lakes: [], border: [] };
  path(water.lakes, true, { class: "lake" });
  path(water.rivers, false, { class: "river" });
  path(ground.limits, false, { class: "limit" });
  path(water.border, false, { class: "border" });
  path(ground.edge, false, { class: "edge" });
  path(model.band(day), true, { class: "band" });
  path(day >= GHOST_DAYS ? model.front(day - GHOST_DAYS) : [], false, { class: "ghost" });
  path(model.front(day), false, { class: "casing", "stroke-width": 5.4 });
  path(model.front(day), false, { class: "front" });
  for (const road of model.roads) {
    for (const [from, to, holder] of model.stretches(road, day)) {
      const line = [cutRoad(road, from, to)];
      path(line, false, { class: "casing", "stroke-width": 6.2 });
      path(line, false, { class: "road", stroke: darker(model.party(holder).color, 0.84), ...(holder === UNKNOWN ? { "stroke-dasharray": "5 3" } : {}) });
    }
    for (const [km] of model.roadFacts(road, day).cuts || []) {
      const [x, y] = cutRoad(road, km, road.length);
      drawCut(svg("g", { transform: `translate(${at({ x, y }).join(" ")})` }, map));
    }
  }
  const posts = model.posts.map((post) => [post, model.postStatus(post, day)]).filter(([post, status]) => post.placed && status !== "not yet" && status !== "withdrawn");
  const taken = posts.map(([post]) => at(post)).map(([x, y]) => [x - 10, y - 10, x + 14, y + 9]);
  picturePlaces(model, day, { parent: map, at, inside, zoom, taken });
  for (const [post, status] of posts) {
    drawPost(svg("g", { transform: `translate(${at(post).join(" ")})` }, map), post, status);
  }
  for (const event of model.events.upTo(day, 1).filter(({ place }) => place)) {
    const [x, y] = at(event.place);
    if (inside(x, y)) drawEventSign(svg("g", { transform: `translate(${x - 10} ${y - 10})` }, map), event.kind, event.count);
  }
  svg("rect", { x: 0.5, y: head, width: width - 1, height, fill: "none", stroke: ink, "stroke-width": 1 }, root);
  const edge = rightToLeft() ? width - margin : margin;
  const anchor = rightToLeft() ? "end" : "start";
  pictureText(root, `${clip(model.title(), 80)} · ${dayWords(model.days[day])}`, { x: edge, y: 38, size: 28, anchor, class: "title", limit: 140 });
  pictureText(root, daySentence(model, day), { x: edge, y: 66, size: 16, anchor, limit: 150 });
  const metresPerUnit = (40075016.7 * Math.cos((center.lat * Math.PI) / 180)) / scale;
  const whole = head + height + pictureFoot(model, day, { root, top: head + height, metresPerUnit });
  root.setAttribute("height", whole);
  root.setAttribute("viewBox", `0 0 ${width} ${whole}`);
  sheet.setAttribute("height", whole);
  return root;
}

const pictureBlob = (root) => new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}`], { type: "image/svg+xml" });

/** An SVG element as a PNG of twice its size. */
async function pngBlob(root) {
  const address = URL.createObjectURL(pictureBlob(root));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * Number(root.getAttribute("width"));
    canvas.height = 2 * Number(root.getAttribute("height"));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => { canvas.toBlob(done, "image/png"); });
  } finally {
    URL.revokeObjectURL(address);
  }
}

const lonLat = (line) => Array.from({ length: line.length >> 1 }, (_, i) => unproject(line[2 * i], line[2 * i + 1]));

/** A point just inside a ring, beside the middle of its first side. */
function pointInside(ring) {
  const [ax, ay, bx, by] = ring;
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const [nx, ny] = [((by - ay) / length) * 1e-9, ((ax - bx) / length) * 1e-9];
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  return insideRing(x + nx, y + ny, ring) ? [x + nx, y + ny] : [x - nx, y - ny];
}

/** Even-odd rings as a GeoJSON MultiPolygon: shells counterclockwise, each with its holes, clockwise. */
function multiPolygon(rings) {
  const closed = (ring, clockwise) => {
    const points = lonLat(ring);
    if (String(points[0]) !== String(points[points.length - 1])) points.push(points[0]);
    const area = points.reduce((sum, [x, y], i) => sum + (i ? (x - points[i - 1][0]) * (y + points[i - 1][1]) : 0), 0);
    return area > 0 === clockwise ? points : points.reverse();
  };
  const usable = rings.filter((ring) => ring.length >= 6);
  const around = usable.map((ring) => {
    const [x, y] = pointInside(ring);
    return usable.flatMap((other, j) => (other !== ring && insideRing(x, y, other) ? [j] : []));
  });
  const shells = new Map(usable.flatMap((ring, i) => (around[i].length % 2 ? [] : [[i, [closed(ring, false)]]])));
  usable.forEach((ring, i) => {
    if (around[i].length % 2) shells.get(around[i].find((j) => around[j].length === around[i].length - 1))?.push(closed(ring, true));
  });
  return { type: "MultiPolygon", coordinates: [...shells.values()] };
}

/** The day as a GeoJSON FeatureCollection, EPSG:4326; `layer` says what a feature is. */
function dayGeoJson(model, day) {
  const features = [];
  const iso = model.days[day];
  const add = (layer, geometry, properties) => features.push({ type: "Feature", properties: { layer, day: iso, ...properties }, geometry });
  const point = ({ lat, lon }) => ({ type: "Point", coordinates: [lon, lat] });
  const named = (holder) => ({ holder, holder_name: model.party(holder).name });
  for (const [holder, rings] of model.areas(day)) add("area", multiPolygon(rings), { ...named(holder), km2: model.heldKm2(day)?.[holder] ?? null });
  add("front", { type: "MultiLineString", coordinates: model.front(day).filter((line) => line.length >= 4).map(lonLat) }, {});
  add("band", multiPolygon(model.band(day)), {});
  for (const road of model.roads) {
    for (const [from, to, holder] of model.stretches(road, day)) {
      add("highway", { type: "LineString", coordinates: lonLat(cutRoad(road, from, to)) }, { name: road.name || road.id, ...named(holder), from_km: from, to_km: to });
    }
  }
  for (const place of model.places) {
    const [since, holder, contested, besieged, confidence] = model.statusAt(place, day);
    add("place", point(place), {
      id: place.id, name: place.name, name_ar: place.ar || null, ...named(holder), contested: Boolean(contested), besieged: Boolean(besieged), confidence: confidence ?? null,
      since: since > 0 ? model.days[since] : null, uncertainty_m: place.uncertainty_m ?? null,
    });
  }
  for (const post of model.posts) {
    if (post.placed) add("post", point(post), { id: post.id, name: post.name, status: model.postStatus(post, day), agreed: Boolean(post.agreed), uncertainty_m: post.uncertainty_m ?? null });
  }
  for (const event of model.events.upTo(day, 1)) {
    const sources = [...new Set(event.claims.map((number) => model.sources[model.claims[number].source]?.name).filter(Boolean))];
    const deaths = event.claims.map((number) => model.claims[number].deaths).filter(Boolean);
    add("event", event.place ? point(event.place) : null, {
      event: event.kind, place: event.place?.name ?? model.claims[event.claims[0]].written, count: event.count, date_start: event.start, date_end: event.end, sources, deaths,
    });
  }
  return { type: "FeatureCollection", name: `day-${iso}`, credits: model.data.credits || [], features };
}

/** The claims about a day as a table, a claim a row (RFC 4180); no cell begins as a formula would. */
function dayCsv(model, day) {
  const iso = model.days[day];
  const cell = (value) => {
    const text = String(value ?? "");
    // As `geoline.tables.harmless` does; a number, such as a latitude of the south, is no formula.
    const plain = /^'*[=+\-@\t\r＝＋－＠]/u.test(text) && !Number(text) ? `'${text}` : text;
    return /[",\r\n]/u.test(plain) ? `"${plain.replace(/"/gu, '""')}"` : plain;
  };
  const rows = model.toldBy(model.claims.map((_, i) => i), day).map((i) => model.claims[i]).filter(({ start, end }) => (start || end) <= iso && (end || start) >= iso)
    .map((claim) => {
      const [place, source] = [model.places[claim.place], model.sources[claim.source] || {}];
      return [claim.id, place?.id, claim.written, place?.lat, place?.lon, claim.event, claim.actor, claim.start, claim.end, claim.published, source.name, source.reliability, claim.origin, claim.url, claim.note];
    });
  const head = ["claim_id", "place_id", "place", "lat", "lon", "event", "actor", "date_start", "date_end", "published", "source", "reliability", "origin", "url", "note"];
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Hand a file to the reader's browser; gives its name. */
function saveFile(blob, name) {
  const link = tag("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return name;
}

/** Save the day as "png", "svg" or "geojson"; gives the name of the file. */
async function saveDay(model, day, leaflet, kind) {
  const title = String(model.data.title ?? "").normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "").slice(0, 40);
  const name = `${title || "map"}-${model.days[day]}.${kind}`;
  if (kind === "geojson") return saveFile(new Blob([JSON.stringify(dayGeoJson(model, day))], { type: "application/geo+json" }), name);
  if (kind === "csv") return saveFile(new Blob(["\ufeff", dayCsv(model, day)], { type: "text/csv" }), name);
  const picture = dayPicture(model, day, leaflet);
  return saveFile(kind === "png" ? await pngBlob(picture) : pictureBlob(picture), name);
}
