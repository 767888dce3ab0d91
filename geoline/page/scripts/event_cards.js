/* The events of a day in words: in the panel, and the card of those under a sign. Data enter as text only. */

const EVENT_ROWS = 6;

/** How many events of each kind, in words: "Strikes: 3, Attacks on civilians: 1". */
function eventCountWords(events) {
  const counts = eventCounts(events);
  return listed(...EVENT_KINDS.filter(({ id }) => counts.has(id)).map(({ id, label }) => say("{0}: {1}", say(label), wholeWords(counts.get(id)))));
}

/** A sign as a small picture, for lists and the legend. */
function eventPicture(kind) {
  const box = svg("svg", { width: 24, height: 18, viewBox: "-12 -9 24 18", "aria-hidden": "true", class: "sign" });
  drawEventSign(box, kind, 1);
  return box;
}

const spanWords = (span) => say(EVENT_SPANS.find(([days]) => days === span)?.[1] ?? "that day");

/** The list of events in the panel: a number for each kind, then the places, those with most events first. */
function eventList(model, day, span, pick) {
  const events = model.events.upTo(day, span);
  if (!events.length) return model.events.any ? [tag("h3", {}, say("Events")), tag("p", { class: "facts" }, say("No clash, strike or attack is told of ({0})", spanWords(span)))] : [];
  const byPlace = new Map();
  for (const event of events) {
    if (!byPlace.has(event.place)) byPlace.set(event.place, []);
    byPlace.get(event.place).push(event);
  }
  const nowhere = byPlace.get(null) || [];
  byPlace.delete(null);
  const number = (list) => list.reduce((sum, event) => sum + event.count, 0);
  const places = [...byPlace].sort((a, b) => number(b[1]) - number(a[1]) || a[0].rank - b[0].rank || a[0].index - b[0].index);
  const row = ([place, list]) => {
    const button = tag("button", { type: "button", class: "change" }, tag("span", { class: "change-place" }, bothNames(place, 80)[0]), tag("span", { class: "change-count" }, eventCountWords(list)));
    button.addEventListener("click", () => pick({ kind: "event", item: eventItem([place]) }));
    return tag("li", {}, button);
  };
  const more = places.slice(EVENT_ROWS);
  const fold = tag("details", {}, tag("summary", {}, counted("more", more.length)));
  // What nobody opens is not built.
  fold.addEventListener("toggle", () => fold.children.length > 1 || fold.append(tag("ul", {}, ...more.slice(0, 400).map(row))), { once: true });
  return [
    tag("h3", {}, say("Events ({0})", spanWords(span))),
    tag("p", { class: "event-kinds" }, ...model.events.kinds.filter(({ id }) => eventCounts(events).has(id)).map(({ id, label }) =>
      tag("span", {}, eventPicture(id), say("{0}: {1}", say(label), wholeWords(eventCounts(events).get(id)))))),
    tag("ul", {}, ...places.slice(0, EVENT_ROWS).map(row)), more.length ? fold : null,
    nowhere.length ? tag("p", { class: "facts" }, say("{0} more, at places whose position is undecided", wholeWords(number(nowhere)))) : null,
  ].filter(Boolean);
}

/** The card of the events under a sign: each place with its events and who tells of them. */
function eventCard(model, item, day, pick, span = 1) {
  const events = model.events.upTo(day, span).filter((event) => item.places.includes(event.place));
  const heads = item.places.length > 1 ? say("{0} and places near it", nameOf(item)) : nameOf(item);
  return [
    tag("p", { class: "kicker" }, listed(say("Events"), spanWords(span), dateWords(model.days[day]))),
    tag("h2", {}, isolated(heads, 200)),
    tag("p", { class: "standing" }, events.length ? eventCountWords(events) : say("No clash, strike or attack is told of ({0})", spanWords(span))),
    events.length ? tag("p", { class: "facts" }, say("What several sources tell of one place and the same days is counted once. Estimates of deaths are those of each source; they are not added up.")) : null,
    ...item.places.flatMap((place) => {
      const here = events.filter((event) => event.place === place);
      const button = tag("button", { type: "button", class: "change" }, tag("span", { class: "change-place" }, bothNames(place, 120)[0]), bothNames(place, 120, 60)[1], tag("span", { class: "change-count" }, eventCountWords(here)));
      button.addEventListener("click", () => pick({ kind: "place", item: place }));
      return [button, claimList(model, here.flatMap((event) => event.claims), false)];
    }),
  ].filter(Boolean);
}

/** An estimate of deaths in words, with its range: "2-5-9" is low, best, high. */
function deathWords(text) {
  const [first, best, high] = String(text).split("-").map(Number);
  if (![first, best ?? first, high ?? first].every(Number.isFinite)) return "";
  return high === undefined ? say("Deaths, as the source puts them without a range: {0}", wholeWords(first))
    : say("Deaths, by the source's estimate: {0}, between {1} and {2}", wholeWords(best), wholeWords(first), wholeWords(high));
}
