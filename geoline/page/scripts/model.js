/* The payload as a model: lookups, lazily decoded geometry and dates in words. Nothing here touches the page. */

const UNKNOWN = "unknown";
/* Lists and names of a day are made when no other day follows within this time. */
const SETTLE_MS = 60;
const GREY = "#9a9a94";
const KM_PER_RADIAN = 6371.0088;

/** A colour from the data, or grey where it is not a plain #rrggbb: nothing else may reach a style. */
function safeColor(text) {
  return /^#[0-9a-f]{6}$/i.test(text) ? text : GREY;
}

/** Flat delta list (1e-4 degree, lat before lon) to Web Mercator x, y pairs in the unit square. */
function decodeLine(flat) {
  const out = new Float64Array(flat.length);
  let lat = 0;
  let lon = 0;
  for (let i = 0; i + 1 < flat.length; i += 2) {
    lat += flat[i];
    lon += flat[i + 1];
    out[i] = (lon * 1e-4) / 360 + 0.5;
    out[i + 1] = mercatorY(lat * 1e-4);
  }
  return out;
}

/** Latitude in degrees to y in the unit square of Web Mercator. */
function mercatorY(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Latitude and longitude in degrees to the unit square of Web Mercator. */
function project(lat, lon) {
  return [lon / 360 + 0.5, mercatorY(lat)];
}

/** Distance between two places in metres, near enough over a few kilometres. */
function metresApart(a, b) {
  const degree = (KM_PER_RADIAN * 1000 * Math.PI) / 180;
  return Math.hypot(a.lat - b.lat, (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180)) * degree;
}

/** Polygons (each a list of rings) to one flat list of projected rings, for one even-odd path. */
function decodePolygons(polygons) {
  const rings = [];
  for (const polygon of polygons || []) {
    for (const ring of polygon) rings.push(decodeLine(ring));
  }
  return rings;
}

/** A road with the distance of every vertex from its start, scaled to its stated length. */
function decodeRoad(road) {
  const flat = road.line || [];
  const along = [0];
  let lat = flat[0] || 0;
  for (let i = 2; i + 1 < flat.length; i += 2) {
    const middle = ((lat + flat[i] / 2) * 1e-4 * Math.PI) / 180;
    const north = (flat[i] * 1e-4 * Math.PI) / 180;
    const east = ((flat[i + 1] * 1e-4 * Math.PI) / 180) * Math.cos(middle);
    along.push(along[along.length - 1] + Math.hypot(north, east) * KM_PER_RADIAN);
    lat += flat[i];
  }
  const drawn = along[along.length - 1] || 1;
  const length = road.length_km || drawn;
  return { xy: decodeLine(flat), along: along.map((km) => (km * length) / drawn), length };
}

/** The part of a decoded road between two distances, in km from its start. */
function cutRoad(road, fromKm, toKm) {
  const { xy, along } = road;
  const out = [];
  const pointAt = (i, km) => {
    const span = along[i] - along[i - 1] || 1;
    const t = Math.min(1, Math.max(0, (km - along[i - 1]) / span));
    out.push(xy[2 * i - 2] + (xy[2 * i] - xy[2 * i - 2]) * t, xy[2 * i - 1] + (xy[2 * i + 1] - xy[2 * i - 1]) * t);
  };
  for (let i = 1; i < along.length; i += 1) {
    if (along[i] < fromKm || along[i - 1] > toKm) continue;
    if (out.length === 0) pointAt(i, fromKm);
    if (along[i] <= toKm) out.push(xy[2 * i], xy[2 * i + 1]);
    else pointAt(i, toKm);
  }
  return out;
}

/** Square of the distance from a point to a segment, in one unit. */
function segmentDistance2(px, py, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const t = Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return (px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2;
}

/** First and last kilometre of a road inside [[south, west], [north, east]]; all of it if none is. */
function stretchInside(road, [southWest, northEast]) {
  const [left, bottom] = project(...southWest);
  const [right, top] = project(...northEast);
  let first = Infinity;
  let last = -Infinity;
  for (let km = 0; km <= road.length; km += 0.5) {
    const [x, y] = cutRoad(road, km, road.length);
    if (x >= left && x <= right && y >= top && y <= bottom) {
      first = Math.min(first, km);
      last = km;
    }
  }
  return first < last ? [first, last] : [0, road.length];
}

/** Whether a point lies inside a ring, by the number of sides a ray from it crosses. */
function insideRing(x, y, ring) {
  let inside = false;
  for (let k = 0, before = ring.length - 2; k + 1 < ring.length; before = k, k += 2) {
    const [ax, ay, bx, by] = [ring[before], ring[before + 1], ring[k], ring[k + 1]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** The point that lies deepest inside a ring and inside a box, on a grid of 16 by 16; null if none does. */
function deepestPoint(ring, [left, top, right, bottom]) {
  let best = null;
  let depth = 0;
  for (let i = 1; i < 16; i += 1) {
    for (let j = 1; j < 16; j += 1) {
      const x = left + ((right - left) * i) / 16;
      const y = top + ((bottom - top) * j) / 16;
      let nearest = Math.min(x - left, right - x, y - top, bottom - y) ** 2;
      if (nearest <= depth || !insideRing(x, y, ring)) continue;
      for (let k = 0, before = ring.length - 2; k + 1 < ring.length; before = k, k += 2) {
        nearest = Math.min(nearest, segmentDistance2(x, y, ring[before], ring[before + 1], ring[k], ring[k + 1]));
      }
      if (nearest > depth) {
        best = [x, y];
        depth = nearest;
      }
    }
  }
  return best;
}

/* Sides of boxes are met this nearly, in the unit square: two of the steps in which lines are written. */
const NEAR_SIDE = 8e-7;

/** Rings as lines: their pieces along the sides of boxes ([west, south, east, north] in degrees), and the others. */
function cutAtBoxes(rings, boxes) {
  const sides = boxes.filter(Boolean).map(([west, south, east, north]) => [...project(south, west), ...project(north, east)]);
  const near = (a, b, side) => Math.abs(a - side) < NEAR_SIDE && Math.abs(b - side) < NEAR_SIDE;
  const on = (ax, ay, bx, by) => sides.some(([left, bottom, right, top]) => near(ax, bx, left) || near(ax, bx, right) || near(ay, by, top) || near(ay, by, bottom));
  const found = { inner: [], along: [] };
  for (const ring of rings) {
    let line = [];
    let kind = "";
    const close = () => line.length && found[kind].push(line);
    for (let k = 0; k + 1 < ring.length; k += 2) {
      const [ax, ay] = [ring[k], ring[k + 1]];
      const [bx, by] = k + 3 < ring.length ? [ring[k + 2], ring[k + 3]] : [ring[0], ring[1]];
      const now = on(ax, ay, bx, by) ? "along" : "inner";
      if (now !== kind) {
        close();
        line = [ax, ay];
        kind = now;
      }
      line.push(bx, by);
    }
    close();
  }
  return found;
}

/** Labels of the ground: those of the data, and a name for each governorate that has none, where it is widest. */
function groundLabels(basemap, [southWest, northEast]) {
  const labels = (basemap.labels || []).map((label) => {
    const [x, y] = project(label.lat, label.lon);
    return { kind: label.kind, text: String(label.text), textAr: label.text_ar || "", x, y };
  });
  const named = new Set(labels.map((label) => label.text.toUpperCase()));
  const [left, bottom] = project(...southWest);
  const [right, top] = project(...northEast);
  for (const { name, name_ar: nameAr, polygon } of basemap.governorates || []) {
    if (!polygon.length || named.has(String(name).toUpperCase())) continue;
    const point = deepestPoint(decodeLine(polygon[0]), [left, top, right, bottom]);
    if (point) labels.push({ kind: "governorate", text: String(name), textAr: nameAr || "", x: point[0], y: point[1] });
  }
  return labels;
}

/** Words outside the longest piece of each side at which the ground of the theatre is cut off. */
function edgeLabels(edge, frame) {
  if (!frame) return [];
  const [left, bottom] = project(frame[1], frame[0]);
  const [right, top] = project(frame[3], frame[2]);
  const longest = new Map();
  for (const line of edge) {
    for (let k = 0; k + 3 < line.length; k += 2) {
      const [x, y] = [(line[k] + line[k + 2]) / 2, (line[k + 1] + line[k + 3]) / 2];
      const length = Math.hypot(line[k + 2] - line[k], line[k + 3] - line[k + 1]);
      const gaps = [[x - left, -1, 0], [right - x, 1, 0], [y - top, 0, -1], [bottom - y, 0, 1]].sort((a, b) => a[0] - b[0]);
      const [, dx, dy] = gaps[0];
      const key = `${dx} ${dy}`;
      if (!(longest.get(key)?.length > length)) longest.set(key, { kind: "edge", text: "not covered", x, y, dx, dy, length });
    }
  }
  return [...longest.values()];
}

// Days so near each other are compared by what turned between them.
const NEAR_DAYS = 31;

/** The last change point at or before a day, from a list sorted by day. */
function runAt(runs, day) {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (runs[middle][0] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Shorten a text for a label; lists and labels must survive a name of any length. */
function clip(text, limit) {
  const flat = String(text ?? "").slice(0, limit * 4).replace(/\s+/gu, " ").trim();
  const letters = Array.from(flat);
  return letters.length > limit ? `${letters.slice(0, limit - 1).join("")}…` : flat;
}

/** A link that may be followed: http or https only, else null. */
function safeLink(text) {
  if (typeof text !== "string" || text.length > 2000) return null;
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

/** Everything the page asks of the payload. */
function makeModel(packed) {
  const data = unpack(packed);
  const parties = (data.parties || []).map((party, index) => ({
    id: party.id, name: party.name || party.id, nameAr: party.name_ar || "", pattern: party.pattern || "none",
    color: safeColor(party.color), index,
  }));
  for (const [id, name, pattern] of [["contested", "Contested", "cross"], [UNKNOWN, "Not known", "none"]]) {
    if (!parties.some((party) => party.id === id)) {
      parties.push({ id, name, nameAr: "", pattern, color: GREY, index: parties.length });
    }
  }
  const byId = new Map(parties.map((party) => [party.id, party]));
  const days = data.days || [];
  const places = (data.places || []).map((place, index) => {
    const [x, y] = project(place.lat, place.lon);
    return {
      ...place, index, x, y,
      label: clip(place.name, 40), labelAr: clip(place.ar, 40),
    };
  });
  const placeIndex = new Map(places.map((place) => [place.id, place.index]));
  const posts = (data.posts || []).map((post, index) => {
    const placed = typeof post.lat === "number" && typeof post.lon === "number";
    const [x, y] = placed ? project(post.lat, post.lon) : [NaN, NaN];
    return { ...post, index, x, y, placed };
  });
  const roads = (data.highways || []).map((road) => ({ ...road, ...decodeRoad(road), label: clip(road.name || road.id, 8) }));
  const cache = new Map();
  const once = (key, make) => {
    if (!cache.has(key)) cache.set(key, make());
    return cache.get(key);
  };
  const { holders } = data;
  const shapes = makeSpans(data);
  // Places and days as they were known come after those as they are known.
  let half = 0;
  const dayOf = (day) => day + half * days.length;
  const versions = [data, data.as_known];
  const model = {
    data, parties, days, places, posts, roads, placeIndex,
    get numbers() {
      return versions[half].numbers || [];
    },
    claims: data.claims || [], sources: data.sources || [],
    /** Settlements that nobody told of. */
    get settlements() {
      return once("settlements", () => unpackSettlements(data.settlements?.lat ? data.settlements : null, places.length));
    },
    get hasSettlements() {
      return Boolean(data.settlements?.lat);
    },
    get regions() {
      return once("regions", () => makeRegions(data));
    },
    /** Whether no place ever changes hands: then events are what there is to see. */
    get stands() {
      return once("stands", () => days.every((_, day) => !(data.changes[day] || []).length) && model.events.any);
    },
    /** Whether a front line runs on any day. */
    hasFront: Boolean(data.front),
    get eventSpan() {
      return model.stands ? 7 : 1;
    },
    /** Clashes, strikes and attacks by day. */
    get events() {
      return once("events", () => makeEvents(model));
    },
    party: (id) => byId.get(id) || byId.get(UNKNOWN),
    /** What the map can show of each day: all that is known, or what was known at its end. */
    knowns: data.as_known ? [{ id: "now", words: "All that is known now" }, { id: "then", words: "What was known that day" }] : [],
    setKnown(id) {
      half = id === "then" && data.as_known ? 1 : 0;
      roads.forEach((road, i) => Object.assign(road, { days: versions[half].highways[i].days, facts: versions[half].highways[i].facts }));
      posts.forEach((post, i) => Object.assign(post, { status: versions[half].posts[i].status, front: versions[half].posts[i].front }));
    },
    /** Kilometres of a road between which it lies in the opening view; the whole road if it never does. */
    roadInView: (road) => once(`r${road.id}`, () => stretchInside(road, data.bounds)),
    /** The same of the ground that is computed: beyond it nobody asks who holds the road. */
    roadInFrame: (road) => once(`f${road.id}`, () => {
      const { frame } = data.basemap || {};
      return frame ? stretchInside(road, [[frame[1], frame[0]], [frame[3], frame[2]]]) : [0, road.length];
    }),
    partyName: (id) => (byId.has(id) ? inLanguage(say(byId.get(id).name), byId.get(id).nameAr) : clip(id, 60).replace(/_/g, " ")),
    changes: (day) => data.changes[dayOf(day)] || [],
    /** What happened on a day: how much a reader would miss without it (2: a key date), and statements. */
    told: (day) => (data.told || [])[dayOf(day)] || [0],
    /** Claims that say otherwise than who is shown to hold a place. */
    against: (place, day) => turnAt((data.against || [])[place.index + half * places.length], day) || [],
    shapes,
    /** Holders that have ground on a day, with the chains around it. */
    rings: (day) => new Map(holders.map((holder, shape) => [holder, shape]).filter(([, shape]) => shapes.present(dayOf(day))[shape])
      .map(([holder, shape]) => [holder, shapes.chains(dayOf(day), shape)])),
    /** The chains around ground that a holder has on one of two days only. */
    ringsBetween: (before, after, holder) => shapes.between(dayOf(before), dayOf(after), holders.indexOf(holder)),
    frontChains: (day) => shapes.chains(dayOf(day), holders.length),
    areas: (day) => shapes.once("areas", dayOf(day), () => new Map([...model.rings(day)].map(([holder, chains]) => [holder, chains.map((chain) => shapes.line(chain))]))),
    front: (day) => shapes.once("front", dayOf(day), () => model.frontChains(day).map((chain) => shapes.line(chain))),
    band: (day) => shapes.band(dayOf(day)),
    /** Who the ground at a point is drawn as held by; unknown where no side's area covers it. */
    groundHolder(x, y, day) {
      const inside = shapes.around(x, y, dayOf(day));
      return holders.find((_, shape) => inside.has(shape)) ?? UNKNOWN;
    },
    /** Have what is drawn of some days there: null if it is, else a promise. */
    bring: shapes.bring,
    /** Open what is drawn of a day before it is shown. */
    open: shapes.open,
    stretches: (road, day) => turnAt(road.days, day) || [],
    /** Cuts, for whom it is open, how near the front comes, and the range of the kilometres, of a road on a day. */
    roadFacts: (road, day) => turnAt(road.facts, day) || {},
    postFront: (post, day) => turnAt(post.front, day),
    statusRuns: (place) => (data.status[place.index + half * places.length] ??= [[0, UNKNOWN, 0, 0, 0]]),
    statusAt(place, day) {
      const all = model.statusRuns(place);
      return all[runAt(all, day)];
    },
    /** Places whose status may differ between two days: those that turned in between, or all if the days are far apart. */
    turned(from, to) {
      if (Math.abs(to - from) > NEAR_DAYS) return places;
      const byDay = once(`turned${half}`, () => {
        const found = days.map(() => []);
        for (const place of places) for (const [since] of model.statusRuns(place)) found[since]?.push(place);
        return found;
      });
      return byDay.slice(Math.min(from, to) + 1, Math.max(from, to) + 1).flat();
    },
    /** Places that came to be contested on a day (1), or to be so no more (0), while their holder stayed. */
    disputes(day) {
      const found = once(`disputes${half}`, () => {
        const byDay = new Map();
        for (const place of places) {
          model.statusRuns(place).forEach(([since, holder, contested], i, runs) => {
            if (i === 0 || runs[i - 1][1] !== holder || runs[i - 1][2] === contested) return;
            if (!byDay.has(since)) byDay.set(since, []);
            byDay.get(since).push({ place, contested });
          });
        }
        return byDay;
      });
      return found.get(day) || [];
    },
    postStatus: (post, day) => model.postRun(post, day)[1],
    /** Change point of a post: day, status, holder of the ground, doubtful, what was reported, whether that differs. */
    postRun: (post, day) => (post.status || []).length ? post.status[runAt(post.status, day)] : [0, "not yet"],
    groundLabels: () => once("ground", () => [...groundLabels(data.basemap || {}, data.bounds), ...edgeLabels(model.ground().edge, data.basemap?.frame)]),
    /** Claims of a place; of a day as it was known, only those that were public by then. */
    placeClaims: (place, day) => model.toldBy((data.place_claims || [])[place.index] || [], day),
    toldBy: (indices, day) => (half && day !== undefined ? indices.filter((i) => !(data.claims[i]?.published > days[day])) : indices),
    /** What the theatre calls its posts: "one", "many", and those "agreed"; "" where it does not say. */
    postWord: (key) => inLanguage(data.post_words?.[key] || "", data.post_words?.[`${key}_ar`] || ""),
    get asThen() {
      return half === 1;
    },
    title: () => inLanguage(data.title, data.title_ar),
    /** Square kilometres by holder on a day, and those of them inside the band; undefined where the data have none. */
    heldKm2: (day) => (versions[half].held_km2 || [])[day],
    bandKm2: (day) => (versions[half].band_km2 || [])[day],
    /** Rings of the world around, land, theatre and governorates; coasts, which have no edges of boxes; where the theatre's ground is cut off. */
    ground: () => once("shapes", () => {
      const { land, theatre, governorates, world, frame, around, beyond } = data.basemap || {};
      const rings = { world: decodePolygons(world), land: decodePolygons(land), theatre: decodePolygons(theatre) };
      return {
        ...rings, limits: cutAtBoxes(decodePolygons((governorates || []).map((one) => one.polygon)), [around]).inner,
        coast: cutAtBoxes([...rings.world, ...rings.land], [around, beyond]).inner, edge: cutAtBoxes(rings.theatre, [frame]).along,
      };
    }),
    /** The box that land is drawn in, [[south, west], [north, east]]; null where the data do not say. */
    get beyond() {
      const box = data.basemap?.beyond;
      return box ? [[box[1], box[0]], [box[3], box[2]]] : null;
    },
    /** Lines of rivers and of the border, rings of lakes. */
    water: () => once("water", () => {
      const all = data.basemap?.water || [];
      return {
        rivers: all.flatMap((one) => (one.lines || []).map(decodeLine)), lakes: decodePolygons(all.flatMap((one) => one.polygons || [])),
        border: (data.basemap?.border || []).map(decodeLine),
      };
    }),
    /** The governorate that a place lies in, as { name, name_ar }; undefined outside all of them. */
    governorateOf: ({ x, y }) => (data.basemap?.governorates || []).find((one, i) => insideRings(x, y, once(`g${i}`, () => decodePolygons([one.polygon])))),
  };
  return model;
}
