/* The card of a place and of a piece of ground, and the claims under them. Data enter as text only. */

const GRADES = { A: "completely reliable", B: "usually reliable", C: "fairly reliable", D: "not usually reliable", E: "unreliable", F: "cannot be judged" };
const RANKS = { 1: "City", 2: "Town", 3: "Village", 4: "Hamlet" };
/* Ground that changed hands is put down to places this near that did on the same day (km), this many at most. */
const CAUSE_KM = 12;
const CAUSES = 3;

/** The actors of a claim in the language of the interface. */
function actorWords(model, text) {
  const named = new Map(model.parties.map((party) => [party.name, party.id]));
  return clip(text, 200).split("; ").map((part) => (named.has(part) ? model.partyName(named.get(part)) : say(model.partyName(part)))).join(semicolon());
}

/** A lean in words. One that is no party's is a country's, whose adjective has a capital in English. */
function leanWords(model, lean) {
  const own = language !== "en" || model.parties.some((party) => party.id === lean);
  return own ? say(lean) : lean.charAt(0).toUpperCase() + lean.slice(1);
}

function claimItem(model, claim, places = true) {
  const source = model.sources[claim.source] || {};
  const item = tag("li", { class: claim.used || !places ? "claim" : "claim unused" });
  item.append(tag("p", { class: "claim-what" },
    tag("b", {}, claimWhen(claim)), " ", isolated(eventWords(claim.event, claim.actor ? actorWords(model, claim.actor) : ""), 120),
    claim.used || !places ? null : tag("span", { class: "mark" }, say("not used for the holder"))));
  const who = tag("p", { class: "claim-who" }, isolated(source.name || say("source not named"), 120));
  if (source.reliability) {
    const grade = clip(source.reliability, 2);
    const title = say("reliability {0}: {1}", grade, say(Object.hasOwn(GRADES, grade) ? GRADES[grade] : "not graded"));
    who.append(" ", tag("abbr", { class: "grade", title }, grade));
  }
  if (source.lean) who.append(comma(), source.lean === "independent" ? say("independent") : say("leans {0}", clip(leanWords(model, source.lean), 30)));
  if (claim.origin) who.append(comma(), ...phrase("after {0}", isolated(claim.origin, 120)));
  if (claim.published) who.append(comma(), say("published {0}", dateWords(claim.published)));
  const url = safeLink(claim.url);
  if (url) {
    who.append(" · ", tag("a", { href: url.href, rel: "noopener noreferrer", target: "_blank", dir: "ltr" }, clip(url.host.replace(/^www\./u, ""), 60)));
  } else if (claim.url) {
    who.append(" · ", isolated(claim.url, 200, { class: "deadlink" }));
  }
  item.append(who);
  if (claim.written) item.append(tag("p", { class: "claim-note" }, ...phrase("Written “{0}”", isolated(claim.written, 200))));
  if (claim.deaths) item.append(tag("p", { class: "claim-note" }, deathWords(claim.deaths)));
  if (claim.note) item.append(tag("p", { class: "claim-note" }, isolated(claim.note)));
  return item;
}

/** Claims in order of days; `places` is whether they are about a place, whose holder they may decide. */
function claimList(model, indices, places = true) {
  const claims = indices.map((i) => model.claims[i]).filter(Boolean);
  claims.sort((a, b) => String(a.end || a.start).localeCompare(String(b.end || b.start)));
  return tag("ol", { class: "claims" }, ...claims.map((claim) => claimItem(model, claim, places)));
}

const sinceWords = (model, day) => (day > 0 ? say("since {0}", dateWords(model.days[day])) : say("since before the first day"));

/** The holder of a place in a sentence, with since when and how sure. */
function standing(model, place, day) {
  const [, holder, contested, besieged, confidence] = model.statusAt(place, day);
  const [since] = holderSince(model, place, day);
  const line = tag("p", { class: "standing" }, swatch(model, holder), " ", tag("b", {}, holderName(model, holder)), comma(),
    listed(contested && holder !== "contested" ? say("contested") : "", besieged ? say("besieged") : "", sinceWords(model, since)));
  if (typeof confidence === "number") {
    const sure = say("confidence {0}", percentWords(confidence));
    const meter = tag("span", { class: "meter", "aria-hidden": "true" }, tag("i"));
    meter.firstChild.style.width = `${Math.round(confidence * 100)}%`;
    line.append(tag("span", { class: "sure" }, meter, ` ${sure}`));
  }
  return line;
}

const whereWords = (item) => say("{0}° N {1}° E", item.lat.toFixed(3), item.lon.toFixed(3));

/** What a claim says in a few words, with who says it: "captured by Opposition (SANA)". */
function saidBy(model, claim) {
  const what = eventWords(claim.event, claim.actor ? actorWords(model, claim.actor) : "");
  return [isolated(what, 120), " (", isolated(model.sources[claim.source]?.name || say("source not named"), 80), ")"];
}

/** In a line, why the place is the holder's since the day that it is. */
function becauseLine(model, place, since, causes) {
  const claims = causes.map((i) => model.claims[i]).filter(Boolean);
  const named = claims.slice(0, CAUSES).flatMap((claim, i) => (i ? [comma(), ...saidBy(model, claim)] : saidBy(model, claim)));
  const more = claims.length > CAUSES ? [comma(), counted("claim", claims.length - CAUSES).replace(/^/u, "+ ")] : [];
  if (claims.length) return [...phrase("Since that day because of: {0}", tag("span", {}, ...named, ...more))];
  if (since === 0) return [say("Its holder rests on the situation of the first day alone.")];
  return [say(model.statusAt(place, since)[1] === UNKNOWN ? "No report says any more who holds it." : "No report gives that day; it follows from those around it.")];
}

/** Why a place has its colour on a day: a line, who says otherwise beside it, the claims of the day, the others folded. */
function fillReasons(home, model, place, day) {
  if (!home) return;
  const open = home.querySelector("details")?.open ?? false;
  const used = model.placeClaims(place, day);
  const [since, holder] = holderSince(model, place, day);
  const iso = model.days[day];
  const causes = model.changes(since).find((change) => change.place === place.index)?.claims || [];
  const against = model.against(place, day);
  const ofDay = used.filter((i) => !against.includes(i) && (causes.includes(i) || ((model.claims[i].start || model.claims[i].end) <= iso && model.claims[i].end >= iso)));
  const first = used.filter((i) => ofDay.includes(i) || against.includes(i));
  const rest = used.filter((i) => !first.includes(i));
  const columns = against.length ? tag("div", { class: "sides" },
    tag("div", {}, tag("h3", {}, holderName(model, holder, 40)), ofDay.length ? claimList(model, ofDay) : tag("p", { class: "facts" }, say("No dated claim"))),
    tag("div", {}, tag("h3", {}, say("Says otherwise")), claimList(model, against))) : null;
  const fold = tag("details", {}, tag("summary", {}, say("{0} of other days", counted("claim", rest.length))), claimList(model, rest));
  fold.open = open;
  home.replaceChildren(...[
    tag("p", { class: "because" }, ...becauseLine(model, place, since, causes)),
    columns, !columns && ofDay.length ? tag("h3", {}, say("Claims of this day, and behind its holder")) : null, !columns && ofDay.length ? claimList(model, ofDay) : null,
    rest.length ? fold : null, used.length ? null : tag("p", { class: "facts" }, say("No dated claim")),
  ].filter(Boolean));
}

/** The day on which a place came to be its holder's, and the holder. */
function holderSince(model, place, day) {
  const runs = model.statusRuns(place);
  let at = runAt(runs, day);
  while (at > 0 && runs[at - 1][1] === runs[at][1]) at -= 1;
  return [runs[at][0], runs[at][1]];
}

/** A link by which a reader tells the makers of the map of an error; null where the theatre names none. */
function reportLink(model, place, day) {
  const to = String(model.data.report || "");
  const about = `${model.data.title}: ${place.name}, ${model.days[day]}`;
  const mail = /^[^\s@/:]+@[^\s@/:]+$/u.test(to) ? `mailto:${to}?subject=${encodeURIComponent(about)}` : "";
  const url = mail ? null : safeLink(to);
  if (url) url.searchParams.set("title", about);
  if (!mail && !url) return null;
  return tag("p", { class: "report" }, tag("a", { href: mail || url.href, rel: "noopener noreferrer", target: "_blank" }, say("Report an error")));
}

function placeCard(model, place, day) {
  const exact = place.uncertainty_m ? say("position within about {0} km", measureWords(place.uncertainty_m / 1000)) : "";
  const [main, other] = bothNames(place, 400, 200);
  const reasons = tag("div", { class: "reasons" });
  fillReasons(reasons, model, place, day);
  return [
    tag("h2", {}, main, other ? " " : null, other),
    tag("p", { class: "facts" }, listed(say(RANKS[place.rank] || "Place"), whereWords(place), exact)),
    standing(model, place, day),
    holderStrip(model, model.statusRuns(place)),
    place.undated ? tag("p", { class: "facts" }, say("No report here gives a day of its own; the day shown is the latest the reports allow.")) : null,
    reasons,
    reportLink(model, place, day),
  ].filter(Boolean);
}

/** Whether a point is inside rings, counted even-odd as they are painted. */
function insideRings(x, y, rings) {
  return rings.reduce((inside, ring) => (insideRing(x, y, ring) ? !inside : inside), false);
}

/** Places with their distance from an item in km, the nearest first. */
function nearestPlaces(places, item, count) {
  return places.map((place) => [metresApart(place, item) / 1000, place]).sort((a, b) => a[0] - b[0]).slice(0, count);
}

/** A piece of ground that a reader pointed at, as an item to select; null for a point that is none. */
function groundAt(model, lat, lon, day) {
  if (!(Math.abs(lat) < 85 && Math.abs(lon) <= 180)) return null;
  const [x, y] = project(lat, lon);
  const near = nearestPlaces(model.places, { lat, lon }, 1)[0]?.[1];
  return { id: `${lat.toFixed(4)},${lon.toFixed(4)}`, name: near?.name ?? "", ar: near?.ar ?? "", lat, lon, x, y, holder: model.groundHolder(x, y, day) };
}

/** Who held a point over all days, as runs [day, holder]. */
function groundRuns(model, { x, y }) {
  const runs = [];
  model.days.forEach((_, day) => {
    const holder = model.groundHolder(x, y, day);
    if (!runs.length || runs[runs.length - 1][1] !== holder) runs.push([day, holder]);
  });
  return runs;
}

/** Distance from a point to the day's front line in km; Infinity where there is none. */
function frontDistance(model, item, day) {
  let least = Infinity;
  for (const line of model.front(day)) {
    for (let i = 2; i + 1 < line.length; i += 2) least = Math.min(least, segmentDistance2(item.x, item.y, line[i - 2], line[i - 1], line[i], line[i + 1]));
  }
  return Math.sqrt(least) * 40075.0167 * Math.cos((item.lat * Math.PI) / 180);
}

/** The places that decided who a piece of ground is drawn as held by: [km, place, claims], and whether they changed hands. */
function groundCauses(model, item, day, [since, holder], before) {
  const moved = since > 0 && holder !== UNKNOWN ? model.changes(since).filter((change) => change.to === holder || change.from === before) : [];
  const claims = new Map(moved.map((change) => [change.place, change.claims || []]));
  const near = nearestPlaces(moved.map((change) => model.places[change.place]), item, CAUSES).filter(([km]) => km <= CAUSE_KM);
  if (near.length) return { changed: true, places: near.map(([km, place]) => [km, place, claims.get(place.index)]) };
  const goesWith = (status) => holder === UNKNOWN || status[1] === holder || (holder === "contested" && status[2]);
  const same = model.places.filter((place) => !place.vague && goesWith(model.statusAt(place, since)));
  // Of what was said of them by the day shown, the latest.
  const told = (i) => model.claims[i]?.used && model.claims[i].end <= model.days[day];
  return { changed: false, places: nearestPlaces(same, item, CAUSES).map(([km, place]) => [km, place, model.placeClaims(place, day).filter(told).slice(-CAUSES)]) };
}

function groundCard(model, item, day, pick) {
  item.runs ||= groundRuns(model, item);
  const at = runAt(item.runs, day);
  const [since, holder] = item.runs[at];
  const before = at > 0 ? item.runs[at - 1][1] : "";
  const far = frontDistance(model, item, day);
  const doubtful = insideRings(item.x, item.y, model.band(day));
  const causes = groundCauses(model, item, day, item.runs[at], before);
  const drawn = { [UNKNOWN]: "Drawn as nobody's: not known who held it", contested: "Drawn as contested" };
  const held = Object.hasOwn(drawn, holder) ? [say(drawn[holder])] : phrase("Drawn as held by {0}", tag("b", {}, holderName(model, holder)));
  const head = holder === UNKNOWN ? say("Nearest places") : causes.changed ? say("Places near it that changed hands on {0}, and gave it away", dateWords(model.days[since]))
    : say("Nearest places of {0}, which it goes with", clip(model.partyName(holder), 60));
  return [
    tag("p", { class: "kicker" }, listed(say(item.settlement ? RANKS[item.settlement] : "Ground"), whereWords(item))),
    item.settlement ? tag("h2", {}, ...bothNames(item, 200).flatMap((name) => (name ? [name, " "] : []))) : tag("h2", {}, ...phrase("Ground near {0}", isolated(nameOf(item), 200))),
    tag("p", { class: "standing" }, swatch(model, holder), " ", ...held, comma(),
      sinceWords(model, since), ...(before ? [comma(), ...phrase("before that {0}", holderName(model, before))] : [])),
    holderStrip(model, item.runs),
    tag("p", { class: "facts" }, far < Infinity ? say("Nearest front line: {0} km", measureWords(far)) : say("No front line on this day"), semicolon(),
      say(doubtful ? "inside the band where the line may run, so its holder is in doubt" : "outside the band where the line may run")),
    tag("p", { class: "facts" }, say(item.settlement ? "Nobody reported on it: its holder is that of the ground that it lies on." : "No report is about this very spot: the map draws ground by the places around it.")),
    causes.places.length ? tag("h3", {}, head) : null,
    ...causes.places.flatMap(([km, place, claims]) => {
      const button = tag("button", { type: "button", class: "change" }, tag("span", { class: "change-place" }, bothNames(place, 120)[0]),
        bothNames(place, 120, 60)[1], tag("span", { class: "change-count" }, say("{0} km away", measureWords(km))));
      button.addEventListener("click", () => pick({ kind: "place", item: place }));
      return [button, claims.length ? claimList(model, claims) : tag("p", { class: "facts" }, say("Its holder rests on the situation of the first day alone."))];
    }),
  ].filter(Boolean);
}
