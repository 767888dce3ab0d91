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

/** The day's sentence: who took how many places and about how much land. */
function daySentence(model, day) {
  const taken = new Map();
  for (const { from, to } of model.changes(day)) {
    if (from !== UNKNOWN && to !== UNKNOWN && to !== "contested") taken.set(to, (taken.get(to) || 0) + 1);
  }
  // Where no place ever changes hands, events are what a day has to tell.
  if (!taken.size && model.stands) return `${eventCountWords(model.events.upTo(day, 1)) || say("No clash, strike or attack is told of ({0})", say("that day"))}.`;
  if (!taken.size) return say("No place changed hands.");
  const km2 = model.numbers[day]?.km2 || {};
  const said = [...taken].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0]))).map(([party, count]) => {
    const gained = Object.hasOwn(km2, party) ? km2[party].gained : 0;
    const who = clip(model.partyName(party), 60);
    return gained >= 1 ? say("{0} took {1}, about {2} km²", who, counted("place", count), wholeWords(gained)) : say("{0} took {1}", who, counted("place", count));
  });
  return `${said.join(semicolon())}.`;
}
