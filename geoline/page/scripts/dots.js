/* Places as dots. Those that look the same within a cell of the map are one path: a day then touches a few paths, not thousands of circles. */

// Below this confidence a place is held on one side's word, or disputed.
const WEAK = 0.5;
// Pixels of a cell, and of one where places are many: what a day touches is drawn anew cell by cell.
const [DOT_CELL, SMALL_CELL, MANY_PLACES] = [96, 32, 5000];

/** A circle as part of the d attribute of a path. */
function circlePath([x, y], r) {
  const [left, top, radius] = [x - r, y, r].map((value) => Math.round(value * 10) / 10);
  return `M${left} ${top}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
}

/** How a place is drawn in one of its runs, as a class name. */
function dotClass(place, [, holder, contested, besieged, confidence]) {
  const flags = [contested || holder === "contested" ? " contested" : "", besieged ? " besieged" : "", place.vague ? " vague" : "", confidence < WEAK ? " weak" : ""];
  return `dot rank-${place.rank}${flags.join("")}`;
}

/** The dots of one map, in a group of its SVG. `pixel` gives layer points. */
function makeDots(model, map, parent, state, pixel) {
  // Towns lie over villages.
  const homes = new Map([4, 3, 2, 1].map((rank) => [rank, svg("g", {}, parent)]));
  const keys = new Map();
  const shown = [];
  const circles = [];
  const cells = [];
  const cell = model.places.length > MANY_PLACES ? SMALL_CELL : DOT_CELL;
  let drawn = {};
  let groups = new Map();

  /** The group of a place in one of its runs: its holder and look, in its cell. */
  function groupOf(place, run) {
    if (!keys.has(run)) keys.set(run, `${run[1]} ${dotClass(place, run)}`);
    const key = `${cells[place.index]} ${keys.get(run)}`;
    if (!groups.has(key)) {
      const home = homes.get(place.rank) || homes.get(4);
      const path = svg("path", { class: dotClass(place, run), "data-holder": run[1], visibility: state.shows(run[1]) ? "visible" : "hidden" }, home);
      path.style.setProperty("--party", model.party(run[1]).color);
      groups.set(key, { path, members: new Set() });
    }
    return groups.get(key);
  }

  function draw(dirty) {
    for (const { path, members } of dirty) path.setAttribute("d", [...members].map((index) => circles[index]).join(""));
  }

  return {
    /** Draw all dots, after a zoom. */
    redraw() {
      const zoom = map.getZoom();
      for (const home of homes.values()) home.replaceChildren();
      groups = new Map();
      for (const place of model.places) {
        const [x, y] = pixel(place);
        cells[place.index] = Math.floor(x / cell) * 65536 + Math.floor(y / cell);
        circles[place.index] = circlePath([x, y], dotSize(place.rank, zoom));
        shown[place.index] = model.statusAt(place, state.day);
        groupOf(place, shown[place.index]).members.add(place.index);
      }
      draw(groups.values());
      drawn = { day: state.day, then: model.asThen };
    },
    /** Draw again what another day has changed. */
    showDay() {
      const dirty = new Set();
      for (const place of drawn.then === model.asThen ? model.turned(drawn.day, state.day) : model.places) {
        const now = model.statusAt(place, state.day);
        if (now === shown[place.index]) continue;
        for (const run of [shown[place.index], now]) {
          const group = groupOf(place, run);
          if (run === now) group.members.add(place.index);
          else group.members.delete(place.index);
          dirty.add(group);
        }
        shown[place.index] = now;
      }
      draw(dirty);
      drawn = { day: state.day, then: model.asThen };
    },
  };
}
