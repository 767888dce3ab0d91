/* Settlements that nobody told of: found by search, and drawn as one zooms in. They are made plain when they are first asked for. */

/* From which zoom on they are dots, and have names. */
const SETTLEMENT_ZOOM = 10.9;
const SETTLEMENT_NAME_ZOOM = 11.9;
const SETTLEMENT_STEPS = 1e3;

/** The settlements of a packed payload, as items with numbers after those of the places. */
function unpackSettlements(packed, from) {
  if (!packed) return [];
  const [lats, lons] = [packed.lat, packed.lon].map((text) => sumsOf(text));
  const [names, arabic, ranks] = [textsOf(packed.name), textsOf(packed.ar, true), numbersOf(packed.rank)];
  return lats.map((value, i) => {
    const [lat, lon] = [value / SETTLEMENT_STEPS, lons[i] / SETTLEMENT_STEPS];
    const [x, y] = project(lat, lon);
    const [name, ar] = [names[i] ?? "", arabic[i] ?? ""];
    return { index: from + i, name, ar, label: clip(name, 40), labelAr: clip(ar, 40), lat, lon, x, y, rank: ranks[i] ?? 3, settlement: true };
  });
}

/** A settlement as a piece of ground to select, for that is all that is known of it. */
const settlementGround = (model, item, day) => Object.assign(groundAt(model, item.lat, item.lon, day), { name: item.name, ar: item.ar, settlement: item.rank });

/** The settlement at a point that an address names, as ground; null if there is none. */
function settlementAt(model, lat, lon, day) {
  const found = model.settlements.find((item) => Math.abs(item.lat - lat) < 1e-6 && Math.abs(item.lon - lon) < 1e-6);
  return found ? settlementGround(model, found, day) : null;
}

/** The dots of the settlements in sight. `pixel` gives layer points, `sight` their bounds. */
function makeSettlements(model, map, parent, state, { pixel, sight }) {
  const path = svg("path", { class: "settlement-dots" }, parent);
  const shown = () => state.layers.has("settlements") && map.getZoom() >= SETTLEMENT_ZOOM;
  const inSight = (limits) => (shown() ? model.settlements.filter((item) => {
    const [x, y] = pixel(item);
    return x > limits.x0 && x < limits.x1 && y > limits.y0 && y < limits.y1;
  }) : []);
  return {
    inSight,
    draw() {
      put(path, "d", inSight(sight()).map((item) => circlePath(pixel(item), 1.7)).join(""));
    },
    /** The settlement under a layer point. */
    at(x, y) {
      let best = null;
      let least = 8 ** 2;
      if (!shown()) return null;
      for (const item of model.settlements) {
        const [ix, iy] = pixel(item);
        const distance = (ix - x) ** 2 + (iy - y) ** 2;
        if (distance < least) [best, least] = [item, distance];
      }
      return best;
    },
  };
}
