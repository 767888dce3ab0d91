/* Where posts stand on the map: beside the dots of towns and each other, tied to where they are. */

/* How far a post may be moved, in pixels, and the directions that are tried. */
const POST_SHIFTS = [9, 13, 17];
const POST_WAYS = Array.from({ length: 8 }, (_, i) => [Math.cos((i * Math.PI) / 4), Math.sin((i * Math.PI) / 4)]);

/** The places of posts for one zoom. `pixel` gives layer points; posts of an agreement come first. */
function makePostPlaces(model, map, pixel) {
  const shifts = new Map();
  const order = model.posts.filter((post) => post.placed).sort((a, b) => Number(Boolean(b.agreed)) - Number(Boolean(a.agreed)) || a.index - b.index);
  const towns = model.places.filter((place) => place.rank <= 2);
  const radius = (post) => (post.agreed ? 6 : 4);

  /** How much of a post at a point would lie over a town or over another post, in pixels. */
  function covered([x, y], r, taken) {
    return taken.reduce((sum, [ox, oy, reach]) => sum + Math.max(0, r + reach - Math.hypot(ox - x, oy - y)), 0);
  }

  return {
    /** Find them anew, after a zoom. */
    redraw() {
      shifts.clear();
      const zoom = map.getZoom();
      const taken = towns.map((town) => [...pixel(town), dotSize(town.rank, zoom) + 1]);
      for (const post of order) {
        const [x, y] = pixel(post);
        const r = radius(post);
        let best = [0, 0];
        let least = covered([x, y], r, taken);
        for (const far of least > 0 ? POST_SHIFTS : []) {
          for (const [dx, dy] of POST_WAYS) {
            const over = covered([x + dx * far, y + dy * far], r, taken);
            if (over < least - 0.01) {
              least = over;
              best = [dx * far, dy * far];
            }
          }
          if (least === 0) break;
        }
        shifts.set(post, best);
        taken.push([x + best[0], y + best[1], r + 1]);
      }
    },
    /** Where a post stands, in layer points. */
    at(post) {
      const [x, y] = pixel(post);
      const [dx, dy] = shifts.get(post) ?? [0, 0];
      return [x + dx, y + dy];
    },
    /** The line from where a post stands to where it is; "" where that is one. */
    tie(post) {
      const [dx, dy] = shifts.get(post) ?? [0, 0];
      return dx || dy ? `M0 0L${(-dx).toFixed(1)} ${(-dy).toFixed(1)}` : "";
    },
  };
}
