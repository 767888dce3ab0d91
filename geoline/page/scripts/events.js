/* Events that say nothing of who holds a place: which of a day, counted, and their signs on the map. */

/* Kinds of events on the page, each with the events of claims that it gathers, and its sign in a circle of radius 6.5. */
const EVENT_KINDS = [
  { id: "clash", label: "Clashes and advances", events: ["clash", "pressed", "advanced"], sign: "M-3-3L3 3M3-3L-3 3" },
  { id: "strike", label: "Strikes", events: ["strike"], sign: "M0-4V4M-4 0H4M-2.6-2.6L2.6 2.6M2.6-2.6L-2.6 2.6" },
  { id: "attack", label: "Attacks on civilians", events: ["attack"], sign: "M0-3.6L3.5 2.6H-3.5Z" },
];
/* How many days of events are shown, the day shown the last of them. */
const EVENT_SPANS = [[1, "that day"], [7, "7 days to it"], [30, "30 days to it"]];
const EVENT_CELL = 40;

/** The events of a model, by day. What several sources tell of one place and the same days is counted once. */
function makeEvents(model) {
  const { claims, days, data } = model;
  const byDay = days.map(() => []);
  const groups = new Map();
  const kindOf = new Map(EVENT_KINDS.flatMap((kind) => kind.events.map((event) => [event, kind.id])));
  for (const number of data.events || []) {
    const claim = claims[number];
    const kind = kindOf.get(claim?.event);
    if (!kind) continue;
    const key = `${claim.event} ${claim.place ?? claim.written} ${claim.start} ${claim.end}`;
    if (!groups.has(key)) {
      const group = { kind, place: model.places[claim.place] ?? null, start: claim.start || claim.end, end: claim.end, claims: [] };
      groups.set(key, group);
      const [first, last] = [dayNumber(group.start), dayNumber(group.end)];
      for (let day = Math.max(0, first); day <= Math.min(days.length - 1, last); day += 1) byDay[day].push(group);
    }
    groups.get(key).claims.push(number);
  }

  function dayNumber(iso) {
    return Math.round((Date.parse(iso) - Date.parse(days[0])) / DAY);
  }

  /** The claims of a group that were public by a day, and how many events they tell of: the most that one source does. */
  function told(group, day) {
    const known = model.toldBy(group.claims, day);
    const bySource = new Map();
    for (const number of known) bySource.set(claims[number].source, (bySource.get(claims[number].source) || 0) + 1);
    return { ...group, claims: known, count: Math.max(0, ...bySource.values()), exact: group.start === group.end };
  }

  /** The events of the days up to one, those of places on the map and others. */
  function upTo(day, span) {
    const found = new Set();
    for (let at = Math.max(0, day - span + 1); at <= day; at += 1) for (const group of byDay[at]) found.add(group);
    return [...found].map((group) => told(group, day)).filter((group) => group.count);
  }

  const kinds = EVENT_KINDS.filter((kind) => [...groups.values()].some((group) => group.kind === kind.id));
  return {
    kinds, upTo,
    any: groups.size > 0,
    /** How many events each day has, by kind: for the bars above the slider. */
    tally: (day) => EVENT_KINDS.map(({ id }) => byDay[day].filter((group) => group.kind === id && group.end === days[day]).reduce((sum, group) => sum + told(group).count, 0)),
  };
}

/** How many events of each kind there are among some. */
function eventCounts(events) {
  const counts = new Map();
  for (const { kind, count } of events) counts.set(kind, (counts.get(kind) || 0) + count);
  return counts;
}

/** The sign of a kind of events, with their number beside it if there are several. */
function drawEventSign(parent, kind, count, x = 0) {
  const group = svg("g", { class: `event-sign event-${kind}`, transform: `translate(${x} 0)` }, parent);
  const text = count > 1 ? clip(wholeWords(count), 6) : "";
  const width = 14 + (text ? 3 + 6.2 * text.length : 0);
  svg("rect", { x: -7, y: -7, width, height: 14, rx: 7, class: "event-box" }, group);
  svg("path", { d: EVENT_KINDS.find(({ id }) => id === kind).sign, class: "event-mark" }, group);
  if (text) svg("text", { x: 8, y: 3.8, class: "event-count" }, group).textContent = text;
  return width;
}

/** The signs of the events of a day on a map. `state` has the day and the kinds hidden, `pixel` gives layer points. */
function makeEventSigns(model, parent, state, { pixel, sight }) {
  let boxes = [];
  const size = (zoom, item) => dotSize(item.rank, zoom);

  /** Events by place; those of places within a cell together, at the place with most of them. */
  function clusters(zoom) {
    const byPlace = new Map();
    for (const event of model.events.upTo(state.day, state.eventSpan)) {
      if (!event.place || state.hiddenEvents.has(event.kind)) continue;
      if (!byPlace.has(event.place)) byPlace.set(event.place, []);
      byPlace.get(event.place).push(event);
    }
    const cells = new Map();
    for (const [place, events] of byPlace) {
      const [x, y] = pixel(place);
      const key = `${Math.floor(x / EVENT_CELL)} ${Math.floor(y / EVENT_CELL)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push({ place, events });
    }
    return [...cells.values()].map((members) => {
      const number = ({ events }) => events.reduce((sum, event) => sum + event.count, 0);
      members.sort((a, b) => number(b) - number(a) || a.place.rank - b.place.rank || a.place.index - b.place.index);
      const [{ place }] = members;
      const [x, y] = pixel(place);
      return { members, events: members.flatMap((one) => one.events), x, y, gap: size(zoom, place) + 8 };
    });
  }

  return {
    draw(zoom, covered) {
      const drawn = [];
      const taken = makeGrid();
      boxes = [];
      const limits = sight();
      for (const { members, events, x, y, gap } of model.events.any && state.layers.has("events") ? clusters(zoom) : []) {
        // What is out of sight is drawn when the map has moved.
        if (x < limits.x0 || x > limits.x1 || y < limits.y0 || y > limits.y1) continue;
        const old = events.every((event) => event.end < model.days[state.day] || !event.exact);
        const group = svg("g", { class: `event${old ? " event-other-day" : ""}` });
        let wide = 0;
        for (const [kind, count] of eventCounts(events)) wide += drawEventSign(group, kind, count, wide) + 2;
        // Beside the dot, where neither a name nor another sign stands.
        const corners = [[-1, -1], [1, -1], [-1, 1], [1, 1], [0, -1.5], [0, 1.5], [-1, 0]].map(([side, down]) => {
          const left = { "-1": x - gap + 9 - wide, 0: x - wide / 2, 1: x + gap - 7 }[side];
          return { x0: left, x1: left + wide, y0: y + down * gap - 7, y1: y + down * gap + 7 };
        });
        const box = { ...(corners.find((one) => !covered(one) && !taken.hits(one, null)) ?? corners[0]), members };
        group.setAttribute("transform", `translate(${(box.x0 + 7).toFixed(1)} ${(box.y0 + 7).toFixed(1)})`);
        drawn.push(group);
        taken.add(box);
        boxes.push(box);
      }
      parent.replaceChildren(...drawn);
    },
    /** The events whose sign is at a point, as an item to select; null if none is. */
    at(x, y) {
      const box = boxes.findLast((one) => x > one.x0 && x < one.x1 && y > one.y0 && y < one.y1);
      return box ? eventItem(box.members.map(({ place }) => place)) : null;
    },
  };
}

/** Places whose events are shown together, as an item to select. */
function eventItem(places) {
  const [first] = places;
  return { id: places.map((place) => place.id).join(","), name: first.name, ar: first.ar, places, lat: first.lat, lon: first.lon, x: first.x, y: first.y };
}
