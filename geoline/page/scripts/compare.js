/* What differs between two days: places, land, highways. */

/** Places whose holder differs between the ends of two days, with the claims behind the changes between them. */
function changesBetween(model, first, last) {
  const claims = new Map();
  for (let day = first + 1; day <= last; day += 1) {
    for (const change of model.changes(day)) claims.set(change.place, [...new Set([...(claims.get(change.place) || []), ...(change.claims || [])])]);
  }
  const found = [];
  for (const place of model.places) {
    const [from, to] = [model.statusAt(place, first)[1], model.statusAt(place, last)[1]];
    if (from !== to) found.push({ place: place.index, from, to, claims: claims.get(place.index) || [] });
  }
  return found;
}

/** Square kilometres that each holder has more, or less, at the end of the last day than of the first. */
function netKm2(model, first, last) {
  const [old, now] = [model.heldKm2(first) || {}, model.heldKm2(last) || {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].map((holder) => [holder, (now[holder] || 0) - (old[holder] || 0)])
    .filter(([, km2]) => Math.abs(km2) >= 0.05);
}

/** Names of the places that came to be contested on a day, or to be so no more, while their holder stayed. */
function disputed(model, day, now) {
  return model.disputes(day).filter(({ contested }) => contested === now).map(({ place }) => place)
    .sort((a, b) => (b.weight || 0) - (a.weight || 0)).map((place) => clip(nameOf(place), 60));
}

/** When a place changed hands last before a day on which none does; "" where none did. */
function lastChangeWords(model, day) {
  let last = day - 1;
  while (last > 0 && !model.changes(last).length) last -= 1;
  return last > 0 ? say("Last change: {0}", dateWords(model.days[last], "plain")) : "";
}

/* Where the phrases of lists stand among those of the sentences. */
const PHRASES = { more: -2, and: -1 };

/** Names as a list: "A, B and C", "A, B and 7 more". */
function namesListed(model, names, more) {
  const phraseAt = (at) => model.data.phrases.at(at);
  if (more) return say(phraseAt(PHRASES.more), names.join(comma()), wholeWords(more));
  return names.length < 2 ? names.join("") : say(phraseAt(PHRASES.and), names.slice(0, -1).join(comma()), names.at(-1));
}

/** What happened on the day, the weightiest first, as `day_sentence.py` puts it in statements. */
const daySentence = (model, day) => daySentences(model, day).join("").trim();

/** The same, sentence by sentence. */
function daySentences(model, day) {
  const told = model.told(day);
  const changes = model.changes(day).length;
  // Where no place ever changes hands, events are what a day has to tell.
  if (model.stands && !changes && !(told[0] > 0)) return [`${eventCountWords(model.events.upTo(day, 1)) || say("No clash, strike or attack is told of ({0})", say("that day"))}${tongue().stop}`];
  if (told.length < 2) return [`${changes ? counted("moved", changes) : say("No place changed hands")}${tongue().stop}`];
  return told.slice(1).map(([kind, who, about, more]) => {
    const names = about.map((item) => clip(typeof item === "number" ? nameOf(model.places[item]) : localName(model, item), 60));
    return say(model.data.phrases[kind], who && clip(model.partyName(who), 60), namesListed(model, names, more)) + tongue().stop;
  });
}
