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

/** A number for each point where arcs end: two for each arc. */
function nodesOf(xy, first) {
  const nodes = new Map();
  return Int32Array.from({ length: 2 * first.length - 2 }, (_, i) => {
    const point = i % 2 ? first[(i >> 1) + 1] - 1 : first[i >> 1];
    const key = `${xy[2 * point]} ${xy[2 * point + 1]}`;
    if (!nodes.has(key)) nodes.set(key, nodes.size);
    return nodes.get(key);
  });
}

/** Whether a ray from a point crosses a line an odd number of times. */
function crossesOdd(x, y, xy, from, end) {
  let odd = false;
  for (let k = 2 * from; k + 3 < 2 * end; k += 2) {
    const [ax, ay, bx, by] = [xy[k], xy[k + 1], xy[k + 2], xy[k + 3]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** The boundaries of a span of days. Shapes are numbered as in the bits of the masks, arcs from `base` on. */
function makeShapes(packed, base) {
  const sizes = numbersOf(packed?.sizes);
  const use = sumsOf(packed?.use);
  const xy = decodeLine(numbersOf(packed?.points));
  const turns = numbersOf(packed?.turns);
  const uses = piecesOf(turns, numbersOf(packed?.rows).map((count) => 2 * count));
  for (const row of uses) for (let i = 2; i < row.length; i += 2) row[i] += row[i - 2];
  const first = [0];
  for (const size of sizes) first.push(first[first.length - 1] + size);
  const ends = nodesOf(xy, first);
  const cache = new Map();
  const once = (key, make) => {
    if (!cache.has(key)) cache.set(key, make());
    return cache.get(key);
  };
  /** The arcs that bound something on a day, in their order, each followed by its mask. */
  const bounding = (day) => once(`m${day}`, () => {
    const masks = uses.map((row) => turnAt(row, day) || 0);
    const found = [];
    for (let arc = 0; arc < use.length; arc += 1) if (masks[use[arc]]) found.push(arc, masks[use[arc]]);
    return found;
  });
  // Shapes may be more than the 31 bits that the operators on bits allow.
  const has = (mask, shape) => Math.floor(mask / 2 ** shape) % 2 === 1;
  const joined = (arcs) => joinArcs(arcs, ends).map((chain) => chain.map((step) => (step < 0 ? step - base : step + base)));
  /** Rows of masks whose arcs a ray from a point crosses an odd number of times. */
  const crossed = (x, y) => {
    const odd = new Set();
    for (let arc = 0; arc < use.length; arc += 1) if (crossesOdd(x, y, xy, first[arc], first[arc + 1]) && !odd.delete(use[arc])) odd.add(use[arc]);
    return [...odd];
  };
  const rays = { at: "", rows: [] };
  return {
    /** The chains of a shape on a day. */
    chains: (day, shape) => once(`${day} ${shape}`, () => {
      const all = bounding(day);
      const arcs = [];
      for (let i = 0; i < all.length; i += 2) if (has(all[i + 1], shape)) arcs.push(all[i]);
      return joined(arcs);
    }),
    /** Shapes that have a boundary on a day, as far as `count`. */
    present: (day, count) => once(`p${day}`, () => Array.from({ length: count }, (_, shape) => bounding(day).some((mask, i) => i % 2 && has(mask, shape)))),
    /** The chains around what a shape has on one of two days and not on the other. */
    between(before, after, shape) {
      const [one, other] = [bounding(before), bounding(after)];
      const arcs = [];
      let [i, k] = [0, 0];
      while (i < one.length || k < other.length) {
        const arc = Math.min(one[i] ?? Infinity, other[k] ?? Infinity);
        const [then, now] = [one[i] === arc ? one[i + 1] : 0, other[k] === arc ? other[k + 1] : 0];
        if (has(then, shape) !== has(now, shape)) arcs.push(arc);
        if (then) i += 2;
        if (now) k += 2;
      }
      return joined(arcs);
    },
    /** The shapes that a point lies in on a day: those bounded an odd number of times along a ray from it. */
    around(x, y, day) {
      if (rays.at !== `${x} ${y}`) Object.assign(rays, { at: `${x} ${y}`, rows: crossed(x, y) });
      const inside = new Set();
      for (const row of rays.rows) {
        let mask = turnAt(uses[row], day) || 0;
        for (let shape = 0; mask >= 1; shape += 1, mask = Math.floor(mask / 2)) if (mask % 2 === 1 && !inside.delete(shape)) inside.add(shape);
      }
      return inside;
    },
    /** The points of an arc, forwards: x, y pairs in the unit square of Web Mercator. */
    arc: (arc) => xy.subarray(2 * first[arc - base], 2 * first[arc - base + 1]),
    first: base,
    count: sizes.length,
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
