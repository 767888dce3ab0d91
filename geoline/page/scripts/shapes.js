/* Areas and lines of a day out of arcs: each stretch of boundary is stored once, with the days on which it bounds what. */

/** Join arcs end to end. Gives chains: lists of arcs, `~arc` where it runs backwards; those that close are rings. */
function joinArcs(arcs, ends) {
  const at = new Map();
  for (const arc of arcs) {
    for (const node of [ends[2 * arc], ends[2 * arc + 1]]) {
      if (!at.has(node)) at.set(node, []);
      at.get(node).push(arc);
    }
  }
  const used = new Set();
  const walk = (arc, node) => {
    const chain = [];
    let here = node;
    let next = arc;
    while (next !== undefined) {
      used.add(next);
      const forward = ends[2 * next] === here;
      chain.push(forward ? next : ~next);
      here = ends[2 * next + (forward ? 1 : 0)];
      next = here === node ? undefined : at.get(here).find((other) => !used.has(other));
    }
    return chain;
  };
  const chains = [];
  const start = (arc, node) => {
    if (!used.has(arc)) chains.push(walk(arc, node));
  };
  for (const [node, here] of at) if (here.length % 2) here.forEach((arc) => start(arc, node));
  for (const arc of arcs) start(arc, ends[2 * arc]);
  return chains;
}

/** The boundaries of all days. Shapes are numbered as in the bits of the masks. */
function makeShapes(packed) {
  const sizes = numbersOf(packed?.sizes);
  const use = sumsOf(packed?.use);
  const xy = decodeLine(numbersOf(packed?.points));
  const turns = numbersOf(packed?.turns);
  const uses = piecesOf(turns, numbersOf(packed?.rows).map((count) => 2 * count));
  for (const row of uses) for (let i = 2; i < row.length; i += 2) row[i] += row[i - 2];
  const first = [0];
  for (const size of sizes) first.push(first[first.length - 1] + size);
  const nodes = new Map();
  const ends = new Int32Array(2 * sizes.length);
  ends.forEach((_, i) => {
    const point = i % 2 ? first[(i >> 1) + 1] - 1 : first[i >> 1];
    const key = `${xy[2 * point]} ${xy[2 * point + 1]}`;
    if (!nodes.has(key)) nodes.set(key, nodes.size);
    ends[i] = nodes.get(key);
  });
  const cache = new Map();
  const once = (key, make) => {
    if (!cache.has(key)) cache.set(key, make());
    return cache.get(key);
  };
  const masks = (day) => once(`m${day}`, () => uses.map((row) => turnAt(row, day) || 0));
  // Shapes may be more than the 31 bits that the operators on bits allow.
  const has = (mask, shape) => Math.floor(mask / 2 ** shape) % 2 === 1;
  const chainsWhere = (bounds) => {
    const wanted = uses.map((_, row) => bounds(row));
    const arcs = [];
    for (let arc = 0; arc < use.length; arc += 1) if (wanted[use[arc]]) arcs.push(arc);
    return joinArcs(arcs, ends);
  };
  return {
    /** The chains of a shape on a day. */
    chains: (day, shape) => once(`${day} ${shape}`, () => chainsWhere((row) => has(masks(day)[row], shape))),
    /** Shapes that have a boundary on a day, as far as `count`. */
    present: (day, count) => once(`p${day}`, () => Array.from({ length: count }, (_, shape) => masks(day).some((mask) => has(mask, shape)))),
    /** The chains around what a shape has on one of two days and not on the other. */
    between: (before, after, shape) => chainsWhere((row) => has(masks(before)[row], shape) !== has(masks(after)[row], shape)),
    /** The points of an arc, forwards: x, y pairs in the unit square of Web Mercator. */
    arc: (arc) => xy.subarray(2 * first[arc], 2 * first[arc + 1]),
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

/** Chains to the d attribute of a path. The text of an arc is made once for each zoom. */
function makeChainPaths(shapes, view) {
  let texts = new Map();
  const text = (step) => {
    if (texts.has(step)) return texts.get(step);
    const arc = shapes.arc(step < 0 ? ~step : step);
    const points = [];
    for (let i = 0; i + 1 < arc.length; i += 2) {
      points.push(`${Math.round((arc[i] * view.scale - view.x) * 10) / 10} ${Math.round((arc[i + 1] * view.scale - view.y) * 10) / 10}`);
    }
    if (step < 0) points.reverse();
    texts.set(step, points.join("L"));
    return texts.get(step);
  };
  return {
    forget() {
      texts = new Map();
    },
    path: (chains, closed) => chains.map((chain) => `M${chain.map(text).join("L")}${closed ? "Z" : ""}`).join(""),
  };
}
