/* Regions: districts, landscapes, the countryside of a city; found by search and outlined on the map. */

const REGION_KINDS = { governorate: "Governorate", district: "District", countryside: "Countryside" };
/* Corners of a circle that stands for a region of which only the middle and the reach are known. */
const CIRCLE_CORNERS = 72;
/* In the search they stand with places of this weight: behind the town of the same name. */
const REGION_WEIGHT = 30;

/** The regions of the data, with their outlines as rings in the unit square. */
function makeRegions(data) {
  return (data.regions || []).map((region) => {
    const rings = outlineOf(region, data.basemap?.governorates || []);
    const all = rings.flatMap((ring) => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i], ring[2 * i + 1]]));
    const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
    const box = { x0: Math.min(...xs), x1: Math.max(...xs), y0: Math.min(...ys), y1: Math.max(...ys) };
    return { ...region, id: region.name, rings, box, weight: REGION_WEIGHT };
  }).filter(({ rings }) => rings.length);
}

function outlineOf(region, governorates) {
  if (region.of) return decodePolygons(governorates.filter((one) => one.name === region.of).map((one) => one.polygon));
  if (region.outline) return decodePolygons(region.outline);
  const [x, y] = project(region.lat, region.lon);
  const radius = region.radius_m / (40075016.7 * Math.cos((region.lat * Math.PI) / 180));
  return [Float64Array.from({ length: 2 * CIRCLE_CORNERS }, (_, i) => {
    const angle = (Math.floor(i / 2) * 2 * Math.PI) / CIRCLE_CORNERS;
    return i % 2 ? y + radius * Math.sin(angle) : x + radius * Math.cos(angle);
  })];
}

/** South-west and north-east corner of a region in degrees. */
function regionBounds({ box }) {
  const degrees = (x, y) => [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, x * 360 - 180];
  return [degrees(box.x0, box.y1), degrees(box.x1, box.y0)];
}

/** The card of a region: how its places stand on the day, and which of them changed hands. */
function regionCard(model, region, day, pick) {
  const inside = model.places.filter((place) => insideRings(place.x, place.y, region.rings));
  const tally = new Map();
  for (const place of inside) {
    const [, holder] = model.statusAt(place, day);
    tally.set(holder, (tally.get(holder) || 0) + 1);
  }
  const rows = [...tally].sort((a, b) => b[1] - a[1]).map(([holder, number]) => tag("tr", {},
    tag("th", { scope: "row" }, swatch(model, holder, "panel", 13, 9), " ", holderName(model, holder, 40)), tag("td", {}, wholeWords(number))));
  const changed = model.changes(day).filter((change) => inside.includes(model.places[change.place]));
  const buttons = changed.map(({ place, to }) => {
    const item = model.places[place];
    const button = tag("button", { type: "button", class: "change" }, tag("span", { class: "change-place" }, bothNames(item, 120)[0]), tag("span", { class: "change-count" }, holderName(model, to, 40)));
    button.addEventListener("click", () => pick({ kind: "place", item }));
    return button;
  });
  return [
    tag("p", { class: "kicker" }, say(REGION_KINDS[region.kind] || "Region")),
    tag("h2", {}, ...bothNames(region, 200).flatMap((name) => (name ? [name, " "] : []))),
    region.radius_m ? tag("p", { class: "facts" }, say("Drawn as a circle of about {0} km around its middle: its limits are not on this map.", measureWords(region.radius_m / 1000))) : null,
    tag("table", {}, tag("caption", {}, say("Places of this map in it, by holder")), tag("tbody", {}, ...rows)),
    tag("h3", {}, changed.length ? counted("moved", changed.length) : say("No place changed hands")),
    ...buttons,
  ].filter(Boolean);
}
