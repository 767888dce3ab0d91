/* The payload as `geoline/page/packing.py` packs it, made plain again: rows for columns, days for turns. */

const DAY = 864e5;

/** Columns to rows. */
function rowsOf(columns) {
  const keys = Object.keys(columns || {}).filter((key) => columns[key].length);
  if (!keys.length) return [];
  return columns[keys[0]].map((_, i) => {
    const row = {};
    for (const key of keys) row[key] = columns[key][i];
    return row;
  });
}

const VLQ = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].forEach((letter, i) => (VLQ[letter.charCodeAt(0)] = i));

/** Whole numbers out of base64 VLQ. */
function numbersOf(text) {
  const out = [];
  let value = 0;
  let shift = 0;
  for (let i = 0; i < (text || "").length; i += 1) {
    const bits = VLQ[text.charCodeAt(i)];
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits < 32) {
      out.push(value & 1 ? -(value >>> 1) : value >>> 1);
      value = 0;
      shift = 0;
    }
  }
  return out;
}

/** Whole numbers out of the steps between them. */
function sumsOf(text) {
  let sum = 0;
  return numbersOf(text).map((step) => (sum += step));
}

/** Cut a list into pieces of the given lengths. */
function piecesOf(list, lengths) {
  let next = 0;
  return lengths.map((length) => list.slice(next, (next += length)));
}

/** The value of a day from a list of turns: day, value, day, value … */
function turnAt(turns, day) {
  let low = 0;
  let high = (turns || []).length / 2 - 1;
  if (high < 0 || turns[0] > day) return undefined;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (turns[2 * middle] <= day) low = middle;
    else high = middle - 1;
  }
  return turns[2 * low + 1];
}

/** The days of a claim as ISO days; what was no number was no day. */
function fullDays(claim, first) {
  if (typeof claim.end !== "number") return claim;
  const end = claim.end + first;
  const iso = (value) => (typeof value === "number" ? new Date((end + value) * DAY).toISOString().slice(0, 10) : value);
  return Object.assign(claim, { end: iso(0), start: iso(claim.start), published: iso(claim.published) });
}

/** The runs of each place: day, holder, contested, besieged, confidence. */
function statusOf({ status, answers, confidences }) {
  const [steps, said, sure] = [status.days, status.answers, status.sure].map(numbersOf);
  let next = 0;
  return numbersOf(status.counts).map((count) => {
    let day = 0;
    const runs = [];
    for (const end = next + count; next < end; next += 1) runs.push([(day += steps[next]), ...answers[said[next]], confidences[sure[next]]]);
    return runs;
  });
}

/** Who lost each place to whom on each day, told by the runs, and the claims behind it. After the places as they are known come those as they were. */
function changesOf(status, causes, dayCount, placeCount) {
  const days = Array.from({ length: 2 * dayCount }, () => []);
  let next = 0;
  status.forEach((runs, row) => {
    const place = row % placeCount;
    const half = row < placeCount ? 0 : dayCount;
    for (let i = 1; i < runs.length; i += 1) {
      if (runs[i][1] !== runs[i - 1][1]) days[half + runs[i][0]].push({ place, from: runs[i - 1][1], to: runs[i][1], claims: causes[next++] || [] });
    }
  });
  return days;
}

/** The band by day: its rings, projected when they are asked for. */
function makeBand(band) {
  if (!band) return () => [];
  const points = numbersOf(band.points);
  for (let i = 2; i < points.length; i += 1) points[i] += points[i - 2];
  const sizes = numbersOf(band.sizes);
  const counts = numbersOf(band.counts);
  const days = sumsOf(band.days);
  let [ring, point] = [0, 0];
  const turns = counts.flatMap((count, i) => {
    const rings = [];
    for (const end = ring + count; ring < end; ring += 1) rings.push([point, (point += sizes[ring])]);
    return [days[i], rings];
  });
  const degrees = (i) => points[i] * band.unit * 1e-4;
  const projected = ([from, to]) => Float64Array.from({ length: 2 * (to - from) }, (_, k) =>
    (k % 2 ? mercatorY(degrees(2 * from + k - 1)) : degrees(2 * from + k + 1) / 360 + 0.5));
  const seen = new Map();
  return (day) => {
    const rings = turnAt(turns, day) || [];
    if (!seen.has(rings)) seen.set(rings, rings.map(projected));
    return seen.get(rings);
  };
}

/** The usual id of a name: its letters and figures in lower case, joined by hyphens. */
function slug(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

/** Texts out of lines; Arabic letters and ASCII ones are exchanged where `swapped`. */
function textsOf(lines, swapped) {
  if (typeof lines !== "string") return lines || [];
  const swap = (letter) => String.fromCharCode(letter.charCodeAt(0) + (letter < "\u0080" ? 0x5e0 : -0x5e0));
  return (swapped ? lines.replace(/[\u0040-\u007f\u0620-\u065f]/g, swap) : lines).split("\n");
}

/** The plain payload, but for areas and lines, which are asked for by day. */
function unpack(packed) {
  const degrees = (text) => sumsOf(text).map((value) => value / 1e4);
  const places = packed.places || {};
  const numbers = (column) => (typeof column === "string" ? numbersOf(column) : column || []);
  const data = {
    ...packed,
    places: rowsOf({ ...places, rank: numbers(places.rank), weight: numbers(places.weight), uncertainty_m: numbers(places.uncertainty_m), name: textsOf(places.name), ar: textsOf(places.ar, true), lat: degrees(places.lat), lon: degrees(places.lon) }),
    sources: rowsOf(packed.sources), status: statusOf(packed), events: sumsOf(packed.events),
  };
  for (const place of data.places) place.id ??= slug(place.name);
  data.changes = changesOf(data.status, packed.changes, data.days.length, data.places.length);
  const first = Math.round(Date.parse(data.days[0]) / DAY) || 0;
  data.claims = rowsOf(packed.claims).map((claim) => fullDays(claim, first));
  data.place_claims = data.places.map(() => []);
  data.claims.forEach((claim, i) => data.place_claims[claim.place]?.push(i));
  return data;
}
