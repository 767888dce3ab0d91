/* Names on the map: which ones, and where, so that no two ever overlap. */

const FONT_SIZE = { 1: 15, 2: 12.5, 3: 11.5, 4: 11 };
const ARABIC_SIZE = { 1: 13.5, 2: 12 };
/* From which zoom on names of a rank are shown, and Arabic names below the Latin ones. */
const RANK_ZOOM = { 1: 0, 2: 8.2, 3: 9.7, 4: 10.9 };
const ARABIC_ZOOM = { 1: 9.9, 2: 10.4 };
const FEW = 24;
const LABEL_LIMIT = 260;
const DAY_LABEL_LIMIT = 24;
const CELL = 64;
/* Half the front with its casing, and how far off a town its name may stand where there is no room beside it (pixels). */
const FRONT_HALF = 3.2;
const FARTHEST_NAME = 18;
/* So many places are named in the sentence of a day. */
const LEADING = 3;
/* Where a name may stand beside its dot: gaps to the right and down, and the share of its width that is left of that point. */
const POSITIONS = [
  [1, 0, 0], [0.8, -1, 0], [0.8, 1, 0], [-1, 0, 1], [0, -1, 0.5], [0, 1, 0.5], [-0.8, -1, 1], [-0.8, 1, 1],
  [0, -1, 0.2], [0, 1, 0.2], [0, -1, 0.8], [0, 1, 0.8],
].map(([dx, dy, side]) => ({ dx, dy, side, anchor: side < 0.5 ? "start" : side > 0.5 ? "end" : "middle" }));

/** Boxes in a grid of cells, to ask quickly whether a new one meets any of them. */
function makeGrid() {
  const cells = new Map();
  const each = (box, visit) => {
    for (let i = Math.floor(box.x0 / CELL); i <= Math.floor(box.x1 / CELL); i += 1) {
      for (let j = Math.floor(box.y0 / CELL); j <= Math.floor(box.y1 / CELL); j += 1) {
        if (visit(i * 65536 + j)) return true;
      }
    }
    return false;
  };
  const meets = (a, b) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
  return {
    add(box) {
      each(box, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(box);
        return false;
      });
    },
    hits: (box, owner) => each(box, (key) => (cells.get(key) || []).some((other) => other.owner !== owner && meets(box, other))),
    /** All boxes of other owners that a box meets. */
    met(box, owner) {
      const seen = new Set();
      each(box, (key) => {
        for (const other of cells.get(key) || []) if (other.owner !== owner && meets(box, other)) seen.add(other);
        return false;
      });
      return [...seen];
    },
  };
}

/** Widths of texts in the page's own fonts, measured once each. */
function makeRuler() {
  const context = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  return (text, font, spacing = 0) => {
    const key = `${font}|${text}`;
    if (!widths.has(key)) {
      context.font = font;
      widths.set(key, context.measureText(text).width + spacing * text.length);
    }
    return widths.get(key);
  };
}

/** The names of one map. `state` holds the day, the selection and the layers shown; `where` gives layer points. */
function makeLabels(model, map, parent, state, where) {
  const { pixel, postPixel, settlements } = where;
  const measure = makeRuler();
  const style = getComputedStyle(document.documentElement);
  const sans = style.getPropertyValue("--sans").trim() || "sans-serif";
  const drawn = new Map();
  // Of two villages the one that reports name more often is named first.
  const fame = model.places.map((item) => item.weight || model.placeClaims(item).length);
  /** Whether a place that changed hands is named in place of another that did not; names of ground yield to all. */
  const heavier = (item, other) => !other || other.rank > 2 || item.rank < other.rank || (item.rank === other.rank && fame[item.index] > fame[other.index]);
  let boxes = [];

  const half = (rank) => dotSize(rank, map.getZoom());
  const frame = () => {
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([0, 0]);
    return { x0: corner.x + 3, y0: corner.y + 3, x1: corner.x + size.x - 3, y1: corner.y + size.y - 3 };
  };

  // Asking for their boxes makes the browser lay the page out, so it is done only when they change.
  let cards = null;
  function cardBoxes() {
    const home = map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll("#frame > #legend, #to-legend, #map-title, .leaflet-control")]
      .map((card) => card.getBoundingClientRect())
      .filter((box) => box.width)
      .map((box) => ({ x0: box.left - home.left - 2, x1: box.right - home.left + 2, y0: box.top - home.top - 2, y1: box.bottom - home.top + 2 }));
  }

  /** The same in layer points of now. */
  function cardsNow(corner) {
    cards ??= cardBoxes();
    return cards.map((box) => ({ x0: box.x0 + corner.x, x1: box.x1 + corner.x, y0: box.y0 + corner.y, y1: box.y1 + corner.y, owner: "card" }));
  }

  const square = (item, r, owner, [x, y] = pixel(item)) => ({ x0: x - r, x1: x + r, y0: y - r, y1: y + r, owner });

  /** The places in sight and the dots of villages, which names had rather not cover: the same on every day of a view. */
  function viewed() {
    const now = JSON.stringify([map.getZoom(), map.getPixelOrigin(), limits, cards]);
    if (now !== view.now) {
      view = { now, visible: model.places.filter(inside(limits)), dots: makeGrid() };
      for (const place of view.visible) if (place.rank > 2) view.dots.add(square(place, half(place.rank), place.index));
    }
    return view;
  }

  /** What names may not cover: controls over the map, posts, towns. */
  function obstacles(grid, visible) {
    const corner = map.containerPointToLayerPoint([0, 0]);
    for (const card of cardsNow(corner)) grid.add(card);
    if (state.layers.has("posts")) {
      // Room is kept for a post on every day, so that names do not jump when one is set up or shut in.
      model.posts.forEach((post, i) => {
        if (!post.placed) return;
        const shut = (post.status || []).some((run) => run[1] === "encircled");
        grid.add(square(post, (post.agreed ? 6 : 4) + (shut ? 5 : 1), `post${i}`, postPixel(post)));
        if (post.agreed) {
          const [x, y] = postPixel(post);
          grid.add({ x0: x, x1: x + 20, y0: y - 15, y1: y + 1, owner: `post${i}` });
        }
      });
    }
    for (const place of visible) if (place.rank <= 2) grid.add(square(place, half(place.rank) - 1, place.index));
  }

  /** The front of the day shown with its casing, which no name may touch. */
  function frontGrid() {
    const cells = makeGrid();
    for (const chain of model.front(state.day)) {
      for (let i = 0; i + 3 < chain.length; i += 2) {
        const [ax, ay] = pixel({ x: chain[i], y: chain[i + 1] });
        const [bx, by] = pixel({ x: chain[i + 2], y: chain[i + 3] });
        if (Math.max(ax, bx) < limits.x0 || Math.min(ax, bx) > limits.x1 || Math.max(ay, by) < limits.y0 || Math.min(ay, by) > limits.y1) continue;
        const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / (2 * FRONT_HALF)) || 1;
        for (let k = 0; k <= steps; k += 1) {
          const [x, y] = [ax + ((bx - ax) * k) / steps, ay + ((by - ay) * k) / steps];
          cells.add({ x0: x - FRONT_HALF, x1: x + FRONT_HALF, y0: y - FRONT_HALF, y1: y + FRONT_HALF, owner: "front" });
        }
      }
    }
    return cells;
  }

  /** Lines of a place's name with their fonts and widths, for this zoom. */
  function textOf(place, changed, zoom) {
    const size = FONT_SIZE[place.rank] || 11;
    const weight = place.rank === 1 || changed ? 700 : place.rank === 2 ? 600 : 400;
    const first = inLanguage(place.label, place.labelAr);
    const second = first === place.label ? place.labelAr : place.label;
    const lines = [{ text: first, size, weight, ar: first === place.labelAr }];
    if (second && second !== first && place.rank <= 2 && zoom >= ARABIC_ZOOM[place.rank]) {
      lines.push({ text: second, size: ARABIC_SIZE[place.rank], weight: 400, ar: second === place.labelAr });
    }
    for (const line of lines) line.width = measure(line.text, `${line.weight} ${line.size}px ${sans}`);
    return {
      lines, width: Math.max(...lines.map((line) => line.width)),
      height: lines.reduce((sum, line) => sum + line.size * (line.ar ? 1.3 : 1.12), 0),
    };
  }

  const anywhere = () => false;

  /** Whether the front runs between a dot and a box beside it: a name on the other side would be read as another place's. */
  function parted(x, y, box) {
    const [nx, ny] = [Math.min(Math.max(x, box.x0), box.x1), Math.min(Math.max(y, box.y0), box.y1)];
    const steps = Math.ceil(Math.hypot(nx - x, ny - y) / FRONT_HALF);
    for (let k = 1; k <= steps; k += 1) {
      const [px, py] = [x + ((nx - x) * k) / steps, y + ((ny - y) * k) / steps];
      if (frontCells.hits({ x0: px - 0.5, x1: px + 0.5, y0: py - 0.5, y1: py + 0.5 }, null)) return true;
    }
    return false;
  }

  /** The best free box for a text beside a point, or null. */
  function findRoom(text, x, y, gap, owner, margin, blocked = grid.hits) {
    let best = null;
    let bestCost = Infinity;
    POSITIONS.forEach((position, order) => {
      const shift = position.dx === 0 ? gap + text.height / 2 : (gap * 0.6 + text.height / 2) * 0.8;
      const x0 = x + position.dx * gap - position.side * text.width;
      const y0 = y + position.dy * shift - text.height / 2;
      const box = { x0: x0 - margin, x1: x0 + text.width + margin, y0: y0 - margin * 0.6, y1: y0 + text.height + margin * 0.6, owner };
      if (box.x0 < limits.x0 || box.x1 > limits.x1 || box.y0 < limits.y0 || box.y1 > limits.y1) return;
      // Villages keep a distance from other names, but not from the front.
      const bare = { x0: x0 - 1, x1: x0 + text.width + 1, y0, y1: y0 + text.height, owner };
      if (blocked(box, owner) || (blocked !== anywhere && (frontCells.hits(bare, owner) || parted(x, y, bare)))) return;
      const cost = order * 0.35 + soft.met(box, owner).length + grid.met(box, owner).length + frontCells.met(box, owner).length;
      if (cost < bestCost) {
        bestCost = cost;
        best = { box, bare, x0, y0, position };
      }
    });
    return best;
  }

  /** Names of countries, seas and governorates: shown where nothing else stands. */
  function groundNames(grid, limits, wanted) {
    model.groundLabels().forEach((label, i) => {
      const kind = ["sea", "country", "governorate", "edge"].includes(label.kind) ? label.kind : "governorate";
      const size = { sea: 16, country: 15, governorate: 12.5, edge: 12 }[kind];
      const said = kind === "edge" ? say(label.text) : inLanguage(label.text, label.textAr);
      const text = clip(kind === "sea" || kind === "edge" ? said : String(said).toUpperCase(), 40);
      // Spaced out, letters that join would no longer do so.
      const ar = /[\u0600-\u06ff]/u.test(text);
      const spacing = ar ? 0 : { sea: 2, country: 4.5, governorate: 2.4, edge: 0 }[kind];
      const width = measure(text, `500 ${size}px ${sans}`, spacing);
      const [ax, ay] = pixel(label);
      const [x, y] = [ax + (label.dx || 0) * (width / 2 + 9), ay + (label.dy || 0) * (size / 2 + 7)];
      const box = { x0: x - width / 2 - 4, x1: x + width / 2 + 4, y0: y - size * 0.7, y1: y + size * 0.7, owner: `ground${i}`, yields: true };
      if (box.x0 < limits.x0 || box.x1 > limits.x1 || box.y0 < limits.y0 || box.y1 > limits.y1 || taken(box, box.owner)) return;
      stand(box);
      wanted.set(`ground${i}`, {
        x, y, anchor: "middle", className: `label ground ${kind}`, ar: "", lines: [{ text, size, dx: 0, dy: size * 0.35, ar, anchor: "middle" }],
      });
    });
  }

  /** Road shields, spread along the road where there is room. */
  function shields(grid, limits, wanted) {
    if (!state.layers.has("highways")) return;
    model.roads.forEach((road, r) => {
      const width = measure(road.label, `700 10.5px ${sans}`) + 9;
      let next = 70 + r * 90;
      let run = 0;
      let count = 0;
      for (let i = 2; i + 1 < road.xy.length; i += 2) {
        const [ax, ay] = pixel({ x: road.xy[i - 2], y: road.xy[i - 1] });
        const [bx, by] = pixel({ x: road.xy[i], y: road.xy[i + 1] });
        const length = Math.hypot(bx - ax, by - ay);
        while (run + length >= next && count < 40) {
          const t = (next - run) / (length || 1);
          const x = ax + (bx - ax) * t;
          const y = ay + (by - ay) * t;
          const box = { x0: x - width / 2 - 2, x1: x + width / 2 + 2, y0: y - 9, y1: y + 9, owner: `shield${r}-${count}` };
          const inside = box.x0 > limits.x0 && box.x1 < limits.x1 && box.y0 > limits.y0 && box.y1 < limits.y1;
          if (inside && !taken(box, box.owner)) {
            stand(box);
            wanted.set(box.owner, { shield: true, x, y, width, text: road.label });
            next += 260;
            count += 1;
          } else {
            next += 14;
          }
        }
        run += length;
      }
    });
  }

  /** Whether the dot of an item is in sight: within the map, and not under the legend or a button. */
  const inside = (limits) => (item) => {
    const [x, y] = pixel(item);
    return x > limits.x0 && x < limits.x1 && y > limits.y0 && y < limits.y1 && !cardGrid.hits({ x0: x, x1: x + 1, y0: y, y1: y + 1 }, null);
  };
  let grid = makeGrid();
  let soft = makeGrid();
  let view = {};
  let frontCells = makeGrid();
  let cardGrid = makeGrid();
  let stood = [];
  let limits = null;
  const taken = (box, owner) => grid.hits(box, owner) || frontCells.hits(box, owner);
  const stand = (box) => {
    grid.add(box);
    stood.push(box);
  };

  /** The names of a view, whatever the day; then those of the day. */
  function placeAll() {
    if (state.day < 0) return;
    limits = frame();
    const zoom = map.getZoom();
    cardGrid = makeGrid();
    for (const card of cardsNow(map.containerPointToLayerPoint([0, 0]))) cardGrid.add(card);
    const { visible, dots } = viewed();
    // Zoomed out, names of villages keep a distance from others, so that a few stand instead of a crowd.
    const sparse = Math.min(16, Math.max(3, 3 + (10.9 - zoom) * 11));
    grid = makeGrid();
    soft = dots;
    frontCells = frontGrid();
    stood = [];
    const wanted = new Map();
    obstacles(grid, visible);
    boxes = [];
    const chosen = state.selected?.kind === "place" ? state.selected.item.index : -1;
    if (state.layers.has("names")) {
      // Where few places of a rank and above it are in sight, they are named at any zoom.
      const few = [1, 2, 3, 4].reduce((sums, rank) => ({ ...sums, [rank]: visible.filter((item) => item.rank <= rank).length }), {});
      const order = (item) => (item.index === chosen ? -2 : item.rank);
      const queue = visible
        .filter((item) => item.index === chosen || zoom >= (RANK_ZOOM[item.rank] ?? 12) || few[item.rank] <= FEW)
        .sort((a, b) => order(a) - order(b) || fame[b.index] - fame[a.index] || a.index - b.index);
      let shieldsDone = false;
      for (const item of queue) {
        if (wanted.size >= LABEL_LIMIT) break;
        if (!shieldsDone && order(item) > 2) {
          shields(grid, limits, wanted);
          shieldsDone = true;
        }
        const [x, y] = pixel(item);
        const text = textOf(item, false, zoom);
        const gap = half(item.rank) + 3.5;
        const margin = item.rank <= 2 ? 2 : sparse;
        let room = findRoom(text, x, y, gap, item.index, margin);
        // A town is worth another try a little further off.
        for (let off = 6; !room && (item.rank <= 2 || few[4] <= FEW) && off <= FARTHEST_NAME; off += 6) room = findRoom(text, x, y, gap + off, item.index, margin);
        // A city is named in any case: where it covers least.
        if (!room && item.rank === 1) room = findRoom(text, x, y, gap, item.index, 0, anywhere);
        // What the reader has chosen is named in any case, be it over a dot or a post.
        if (!room && item.index === chosen) room = findRoom(text, x, y, gap + 8, item.index, margin, anywhere);
        if (!room) continue;
        // One may make room for a weightier one that changed hands.
        Object.assign(room.box, { item, yields: item.index !== chosen, bare: room.bare });
        stand(room.box);
        boxes.push(room.box);
        wanted.set(item.index, layOut(item, text, room, false, item.index === chosen));
      }
      if (!shieldsDone) shields(grid, limits, wanted);
      if (zoom >= SETTLEMENT_NAME_ZOOM) settlementNames(wanted);
      groundNames(grid, limits, wanted);
    } else {
      shields(grid, limits, wanted);
    }
    clearDay();
    paint(wanted);
    showDay();
  }

  /** Names of settlements that nobody told of, where there is room left. */
  function settlementNames(wanted) {
    for (const item of settlements(limits)) {
      if (wanted.size >= LABEL_LIMIT) break;
      const text = textOf({ ...item, rank: 4 }, false, map.getZoom());
      const [x, y] = pixel(item);
      const room = findRoom(text, x, y, 5, item.index, 4);
      if (!room) continue;
      Object.assign(room.box, { item, yields: true, bare: room.bare });
      stand(room.box);
      boxes.push(room.box);
      wanted.set(item.index, { ...layOut(item, text, room, false, false), className: "label settlement" });
    }
  }

  let extras = [];
  let yielded = [];
  let bold = [];
  let due = 0;

  /** Names of the day, once it is not run past: all of them anew where the front has come upon one. */
  function settleDay() {
    if (!limits) return;
    frontCells = frontGrid();
    if (stood.some((box) => frontCells.hits(box.bare ?? box, box.owner))) placeAll();
    else showDay();
  }

  function clearDay() {
    for (const { node } of extras) node.remove();
    for (const key of yielded) drawn.get(key)?.node.removeAttribute("visibility");
    for (const key of bold) drawn.get(key)?.node.classList.remove("changed");
    extras = [];
    yielded = [];
    bold = [];
  }

  /** The names of what changed hands on the day: bold where they stand, else beside their dots, where villages make room. */
  function showDay() {
    clearDay();
    if (!limits || !state.layers.has("names")) return;
    const zoom = map.getZoom();
    const fresh = makeGrid();
    const changed = state.changes.map((change) => model.places[change.place]).filter(inside(limits))
      .sort((a, b) => fame[b.index] - fame[a.index] || a.rank - b.rank || a.index - b.index).slice(0, DAY_LABEL_LIMIT);
    const leading = new Set(changed.slice(0, LEADING));
    const blockedFor = (item) => (box, owner) => fresh.hits(box, owner) || grid.met(box, owner).some((other) => !other.yields || !heavier(item, other.item));
    for (const item of changed) {
      if (drawn.has(item.index)) {
        drawn.get(item.index).node.classList.add("changed");
        bold.push(item.index);
        fresh.add(boxes.find((box) => box.item === item));
      }
    }
    for (const item of changed) {
      if (drawn.has(item.index)) continue;
      const [x, y] = pixel(item);
      const text = textOf(item, true, zoom);
      const blocked = blockedFor(item);
      let room = findRoom(text, x, y, half(item.rank) + 6.5, item.index, 2, blocked);
      for (let off = 6; !room && item.rank <= 2 && off <= FARTHEST_NAME; off += 6) room = findRoom(text, x, y, half(item.rank) + 6.5 + off, item.index, 2, blocked);
      // A town that changed hands, and what leads the sentence of the day, is named in any case, be it over a post or another's name; but not over the front or a card.
      const covering = (box, owner) => fresh.hits(box, owner) || grid.met(box, owner).some((other) => other.owner === "card" || other.item?.rank === 1);
      for (let off = 0; !room && (item.rank <= 2 || leading.has(item)) && off <= FARTHEST_NAME; off += 6) room = findRoom(text, x, y, half(item.rank) + 6.5 + off, item.index, 1, covering);
      if (!room) continue;
      for (const other of grid.met(room.box, item.index)) {
        drawn.get(other.owner)?.node.setAttribute("visibility", "hidden");
        yielded.push(other.owner);
      }
      fresh.add(room.box);
      const node = drawName(layOut(item, text, room, true, false));
      parent.appendChild(node);
      extras.push({ node, box: { ...room.box, item } });
    }
  }

  /** Where each line of a placed name stands. */
  function layOut(item, text, room, changed, chosen) {
    const anchor = room.position.anchor;
    const x = anchor === "start" ? room.x0 : anchor === "end" ? room.x0 + text.width : room.x0 + text.width / 2;
    let y = room.y0;
    const lines = text.lines.map((line) => {
      const height = line.size * (line.ar ? 1.3 : 1.12);
      const baseline = y + height * (line.ar ? 0.72 : 0.8);
      y += height;
      return { ...line, dx: 0, dy: baseline, anchor };
    });
    return { x, y: 0, lines, className: `label rank-${item.rank}${changed ? " changed" : ""}${chosen ? " picked" : ""}`, index: item.index };
  }

  /** Bring the drawn names to the wanted ones, touching only what differs. */
  function paint(wanted) {
    for (const [key, entry] of drawn) {
      if (!wanted.has(key)) {
        entry.node.remove();
        drawn.delete(key);
      }
    }
    for (const [key, label] of wanted) {
      const mark = JSON.stringify(label);
      const entry = drawn.get(key);
      if (entry?.mark === mark) continue;
      entry?.node.remove();
      const node = label.shield ? drawShield(label) : drawName(label);
      parent.appendChild(node);
      drawn.set(key, { node, mark });
    }
  }

  function drawShield(label) {
    const node = svg("g", { class: "shield", transform: `translate(${label.x.toFixed(1)} ${label.y.toFixed(1)})` });
    svg("rect", { x: -label.width / 2, y: -7.5, width: label.width, height: 15, rx: 3.5 }, node);
    svg("text", { y: 3.8, "text-anchor": "middle" }, node).textContent = label.text;
    return node;
  }

  function drawName(label) {
    const node = svg("g", { class: label.className });
    if (label.index !== undefined) node.setAttribute("data-label", label.index);
    for (const line of label.lines) {
      const text = svg("text", { x: label.x.toFixed(1), y: (label.y + line.dy).toFixed(1), "font-size": line.size }, node);
      // In right-to-left text "start" is the right-hand end, so the side is named the other way round.
      const flipped = { start: "end", end: "start", middle: "middle" };
      text.setAttribute("text-anchor", line.ar ? flipped[line.anchor] : line.anchor);
      if (line.ar) {
        text.setAttribute("lang", "ar");
        text.setAttribute("dir", "rtl");
        text.setAttribute("direction", "rtl");
      }
      text.textContent = line.text;
    }
    return node;
  }

  const hidden = (index) => yielded.includes(index);
  return {
    place: placeAll,
    /** The names of another day, once it is not run past. */
    showDay() {
      clearDay();
      clearTimeout(due);
      due = setTimeout(settleDay, SETTLE_MS);
    },
    /** The controls over the map have moved or changed their size. */
    forgetCards() {
      cards = null;
      return true;
    },
    /** Whether they have since names were placed. */
    cardsMoved: () => cards === null || JSON.stringify(cards) !== JSON.stringify(cardBoxes()),
    /** Whether a name, a town or a control lies under a box of layer points. */
    covers: (box) => grid.hits(box, null),
    shows: (index) => (drawn.has(index) && !hidden(index)) || extras.some(({ box }) => box.item.index === index),
    at: (x, y) => [...extras.map(({ box }) => box), ...boxes.filter(({ item }) => !hidden(item.index))]
      .find((box) => x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1)?.item ?? null,
  };
}
