/* The small map: land, water, roads and places around what a name may mean. */

/* Kilometres that the map shows at least, of which a place has so many around it. */
const LEAST_KM = 36;
const KM_PER_DEGREE = 111.19;

function mapOf(drawing, places) {
  const x = (place) => (place.lon - drawing.west) * drawing.per_lon;
  const y = (place) => (drawing.north - place.lat) * drawing.per_lat;
  const km = drawing.per_lat / KM_PER_DEGREE;
  const svg = shape("svg", { role: "img", class: "map" });
  const ground = [
    shape("path", { class: "land", d: drawing.land || `M0 0H${drawing.width}V${drawing.height}H0Z`, "fill-rule": "evenodd" }), shape("path", { class: "border", d: drawing.borders }),
    shape("path", { class: "water", d: drawing.water, "fill-rule": "evenodd" }), shape("path", { class: "river", d: drawing.rivers }),
  ];
  const roads = Object.entries(drawing.roads).map(([id, d]) => shape("path", { class: "road", d, "data-road": id }));
  const marks = shape("g");
  svg.append(...ground, ...roads, marks);
  const at = [...places.values()].filter((place) => !place.area).map((place) => ({ place, x: x(place), y: y(place) }));

  /** The box around points, at least so wide, in the shape of the map. */
  function box(points, zoom) {
    const [xs, ys] = [points.map(x), points.map(y)];
    const middle = points.length ? [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2] : [drawing.width / 2, drawing.height / 2];
    const wide = points.length ? Math.max(LEAST_KM * km, (Math.max(...xs) - Math.min(...xs)) * 1.5, (Math.max(...ys) - Math.min(...ys)) * 2.2) : drawing.width;
    return { width: wide / zoom, height: (wide / zoom) * 0.6, left: middle[0] - wide / zoom / 2, top: middle[1] - (wide / zoom) * 0.3 };
  }

  function dot(place, r, attributes, ...inside) {
    return shape("circle", { cx: x(place).toFixed(1), cy: y(place).toFixed(1), r: r.toFixed(2), ...attributes }, ...inside);
  }

  function label(place, text, size, attributes) {
    return shape("text", { x: x(place).toFixed(1), y: (y(place) - size * 0.7).toFixed(1), "font-size": size.toFixed(1), ...attributes }, text);
  }

  /** Show what a claim may mean: its candidates by number, the place chosen, and the others of the report. */
  function show({ chosen, candidates, others, road, zoom }) {
    const likely = candidates.filter(({ place, score }) => place !== chosen && (score === null || score >= 0.03 || !chosen)).slice(0, 4);
    const focus = [...(chosen ? [chosen] : []), ...likely.map(({ place }) => place)];
    const { width, height, left, top } = box(focus.length ? focus : others.map(({ place }) => place), zoom);
    svg.setAttribute("viewBox", [left, top, width, height].map((value) => value.toFixed(1)).join(" "));
    for (const path of roads) path.classList.toggle("current", Boolean(road) && path.dataset.road === road);
    const unit = width / 480;
    const inside = at.filter((one) => one.x > left && one.x < left + width && one.y > top && one.y < top + height);
    const named = inside.filter(({ place }) => place !== chosen && !focus.includes(place)).sort((one, other) => one.place.rank - other.place.rank).slice(0, 14);
    marks.replaceChildren(
      ...inside.map(({ place }) => dot(place, place.rank < 3 ? unit * 3 : unit * 1.7, { class: "place" })),
      ...others.map(({ place, color }) => dot(place, unit * 4, { class: "other", fill: color })),
      ...clear(named, focus, unit).map(({ place }) => label(place, place.name, unit * 11, { class: place.rank < 3 ? "name town" : "name" })),
      ...(chosen ? [dot(chosen, Math.max(unit * 6, (chosen.off / 1000) * km), { class: "off" }), dot(chosen, unit * 6, { class: "chosen" }), label(chosen, chosen.name, unit * 14, { class: "name chosen-name" })] : []),
      ...likely.flatMap((candidate) => [
        dot(candidate.place, unit * 6, { class: "candidate" }),
        label(candidate.place, `${candidate.key} ${candidate.place.name}`, unit * 12, { class: "name candidate-name" }),
      ]),
      scale(left, top, width, height, unit),
    );
    const where = chosen ? chosen.name : say("no place chosen");
    svg.setAttribute("aria-label", likely.length ? say("Map: {0}; it may also be {1}", where, likely.map((one) => one.place.name).join(", ")) : say("Map: {0}", where));
  }

  /** Leave out names that would run into others. */
  function clear(named, focus, unit) {
    const taken = focus.map((place) => [x(place), y(place)]);
    return named.filter((one) => {
      const free = taken.every(([px, py]) => Math.abs(px - one.x) > unit * 70 || Math.abs(py - one.y) > unit * 20);
      if (free) taken.push([one.x, one.y]);
      return free;
    });
  }

  function scale(left, top, width, height, unit) {
    const length = [1, 2, 5, 10, 20, 50, 100, 200, 500].filter((one) => one * km < width / 3).pop() || 1;
    const [from, down] = [left + unit * 10, top + height - unit * 10];
    return shape("g", { class: "scale" }, shape("path", { d: `M${from} ${down}h${length * km}`, "stroke-width": unit * 2 }), shape("text", { x: from, y: down - unit * 5, "font-size": unit * 11 }, `${length} km`));
  }

  return { svg, show };
}
