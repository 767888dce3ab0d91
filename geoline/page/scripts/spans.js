/* What is large and asked for by day, in spans of days: areas, fronts, bands. A span is opened when a day of it is reached. */

/* So many spans stay open at a time. */
const MOST_OPEN = 6;

/** The spans of the packed data. Days of the second half, as they were known, are counted on from those of the first. */
function makeSpans({ span_starts: starts, spans: parts, days, holders }) {
  const ends = [...starts.slice(1), days.length];
  const numberOf = (day) => Math.max(0, starts.findLastIndex((start) => start <= day));
  // Arcs are numbered through all spans, in the order in which these are opened.
  const firstArc = [];
  let arcs = 0;
  const open = new Map();
  const coming = new Map();

  function opened(number) {
    const span = open.get(number) ?? { cache: new Map() };
    open.delete(number);
    open.set(number, span);
    if (open.size > MOST_OPEN) open.delete(open.keys().next().value);
    if (span.shapes) return span;
    span.shapes = makeShapes(parts[number].boundaries, firstArc[number] ?? arcs);
    span.band = makeBand(parts[number].band);
    if (firstArc[number] === undefined) {
      firstArc[number] = arcs;
      arcs += span.shapes.count;
    }
    return span;
  }

  /** The span of a day, and the day as it counts them. */
  function at(day) {
    const half = day >= days.length ? 1 : 0;
    const plain = day - half * days.length;
    const number = numberOf(plain);
    return [opened(number), plain - starts[number] + half * (ends[number] - starts[number])];
  }

  /** Something of a day, made once while its span is open. */
  function once(key, day, make) {
    const [{ cache }] = at(day);
    if (!cache.has(key + day)) cache.set(key + day, make());
    return cache.get(key + day);
  }

  function bringOne(number) {
    if (!coming.has(number)) {
      coming.set(number, window.geolineSpan(number).then((span) => { parts[number] = span; }).finally(() => coming.delete(number)));
    }
    return coming.get(number);
  }

  return {
    once,
    /** Have the spans of some days there: null if they are, else a promise of it. */
    bring(wanted) {
      const missing = [...new Set(wanted.filter((day) => day >= 0 && day < days.length).map(numberOf))].filter((number) => !parts[number]);
      return missing.length ? Promise.all(missing.map(bringOne)) : null;
    },
    /** Open the span of a day before it is shown. */
    open: (day) => { at(day); },
    chains(day, shape) {
      const [{ shapes }, local] = at(day);
      return shapes.chains(local, shape);
    },
    present(day) {
      const [{ shapes }, local] = at(day);
      return shapes.present(local, holders.length);
    },
    /** The chains around what a shape has on one of two days and not on the other: in two spans, around both, to be filled even-odd. */
    between(before, after, shape) {
      const [[one, from], [other, to]] = [at(before), at(after)];
      return one === other ? one.shapes.between(from, to, shape) : [...one.shapes.chains(from, shape), ...other.shapes.chains(to, shape)];
    },
    band(day) {
      const [{ band }, local] = at(day);
      return band(local);
    },
    /** The shapes that a point lies in on a day; none where the day is not there. */
    around(x, y, day) {
      if (!parts[numberOf(day % days.length)]) return new Set();
      const [{ shapes }, local] = at(day);
      return shapes.around(x, y, local);
    },
    arc(number) {
      for (const { shapes } of open.values()) if (number >= shapes.first && number < shapes.first + shapes.count) return shapes.arc(number);
      return new Float64Array(0);
    },
    /** The points of a chain. */
    line(chain) {
      const out = [];
      for (const step of chain) {
        const arc = this.arc(step < 0 ? ~step : step);
        if (step >= 0) out.push(...arc);
        else for (let i = arc.length - 2; i >= 0; i -= 2) out.push(arc[i], arc[i + 1]);
      }
      return Float64Array.from(out);
    },
  };
}
