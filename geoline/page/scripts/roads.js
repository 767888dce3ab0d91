/* Cards of a highway and of a post, and the pictures in them. Data enter as text only. */

const POST_FILL = { "behind own lines": "post-own", "at the front": "post-near", encircled: "post-shut", withdrawn: "post-gone", "not yet": "post-none" };
const REPORT_DAYS = 7;
const DIAGRAM = { width: 328, height: 132 };

/** "2018-02-05" or "by 2018-02-05" in words. */
function establishedWords(text) {
  const [, by, iso] = /^(by )?(\d{4}-\d{2}-\d{2})$/u.exec(text) || [null, "", text];
  return say(by ? "set up by {0}" : "set up {0}", dateWords(iso));
}

/** A distance with its range: "10.4 km (7.5 to 13.3)". */
function rangeWords([middle, low, high]) {
  return low < high ? say("{0} km ({1} to {2})", ...[middle, low, high].map(measureWords)) : say("{0} km", measureWords(middle));
}

/** Claims of a list that speak of the week around a day, or of no later day. */
function claimsAround(model, indices, day, later) {
  const at = Date.parse(model.days[day]);
  const span = REPORT_DAYS * 864e5;
  return model.toldBy(indices || [], day).filter((i) => {
    const told = Date.parse(model.claims[i]?.end);
    return told <= (later ? at + span : at) && (!later || told >= at - span);
  });
}

/** What a post is, as its theatre calls it: "Turkish post, no. 9, one of the twelve agreed in Astana". */
function postKind(model, post) {
  return listed(model.postWord("one") || say("Post"), post.number ? say("no. {0}", clip(post.number, 6)) : "", post.agreed ? model.postWord("agreed") || say("Set up by agreement") : "");
}

function postCard(model, post, day) {
  const status = (post.status || []).length ? post.status : [[0, "not yet"]];
  // The row also says whose ground it is; the steps and the strip are about the standing alone.
  const steps = status.filter((run, i) => i === 0 || run[1] !== status[i - 1][1]);
  const runs = spans(model, steps);
  const label = runs.map(([from, , run]) => say("{0} from {1}", clip(say(run[1]), 60), dateWords(model.days[from]))).join(semicolon());
  const list = tag("ol", { class: "steps" });
  for (const [from, , run] of runs) {
    list.append(tag("li", {}, tag("b", {}, from > 0 ? dateWords(model.days[from], "short") : say("From the first day")), " ", isolated(clip(say(run[1]), 60))));
  }
  const [, now, holder, doubtful, said, differs] = model.postRun(post, day);
  const inPlace = now !== "not yet" && now !== "withdrawn";
  const far = inPlace ? model.postFront(post, day) : null;
  const where = inPlace && post.placed && holder
    ? tag("p", { class: "facts" }, swatch(model, holder, "panel", 13, 9), " ", ...phrase("In the area of {0}", holderName(model, holder)),
      far ? comma() + say("{0} from the front", rangeWords(far)) : "", doubtful ? semicolon() + say("the front may run on the other side of it") : "")
    : null;
  const reported = inPlace && said
    ? tag("p", { class: differs ? "differs" : "facts" }, isolated(say(differs ? "Reported: {0}. Computed from the map: {1}. They differ." : "Reported: {0}, as computed.", clip(say(said), 60), clip(say(now), 60))))
    : null;
  const remarks = (post.remarks || []).map((text) => tag("p", { class: "facts" }, isolated(text, 400)));
  const used = claimsAround(model, post.claims, day, false);
  return [
    tag("p", { class: "kicker" }, isolated(postKind(model, post), 160)),
    tag("h2", {}, isolated(localName(model, post.name), 400)),
    tag("p", { class: "standing" }, tag("b", {}, isolated(clip(say(now), 60))), comma(),
      post.established ? establishedWords(post.established) : say("date of setting up not known")),
    where,
    reported,
    strip(model, runs.map(([from, to, run]) => [from, to, "currentColor", POST_FILL[run[1]] || "post-none"]), label),
    list,
    post.placed && post.place
      ? tag("p", { class: "facts" }, ...phrase("Drawn at the settlement that it is named after, {0}, within about {1} km", isolated(localName(model, post.place), 60), measureWords((post.uncertainty_m || 0) / 1000))) : null,
    post.placed ? null : tag("p", { class: "facts" }, say("Where it stood is undecided, so it is not on the map.")),
    post.note ? tag("p", { class: "facts" }, isolated(post.note)) : null,
    ...(used.length ? [tag("h3", {}, counted("report", used.length)), ...remarks, claimList(model, used, false)] : []),
  ].filter(Boolean);
}

/** A road of a day from left to right, its part in the opening view; what is doubtful is paler. */
function roadBar(model, road, day) {
  const [first, last] = model.roadInView(road);
  const scale = 280 / (last - first);
  const bar = svg("svg", { viewBox: "0 0 280 10", preserveAspectRatio: "none", class: "road-bar", "aria-hidden": "true" });
  for (const [from, to, holder, doubtful] of model.stretches(road, day)) {
    svg("rect", { x: (from - first) * scale, width: (to - from) * scale, height: 10, fill: panelFill(model, holder) }, bar);
    for (const [a, b] of doubtful || []) svg("rect", { x: (a - first) * scale, width: (b - a) * scale, height: 10, class: "doubt" }, bar);
  }
  return bar;
}

/** A road over all days: days to the right, its kilometres in the opening view upwards, by holder. */
function roadDiagram(model, road) {
  const count = Math.max(1, model.days.length);
  const [first, last] = model.roadInView(road);
  const { width, height } = DIAGRAM;
  const up = (km) => ((last - km) / (last - first)) * height;
  const box = tag("div", { class: "road-diagram", role: "img", "aria-label": say("Who held each kilometre of {0} on each day", clip(road.name, 40)) });
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const wide = width / count;
  let since = 0;
  for (let i = 1; i <= count; i += 1) {
    if (i < count && JSON.stringify(model.stretches(road, i)) === JSON.stringify(model.stretches(road, since))) continue;
    const part = { x: since * wide, width: (i - since) * wide };
    for (const [from, to, holder, doubtful] of model.stretches(road, since)) {
      svg("rect", { ...part, y: up(to), height: up(from) - up(to), fill: panelFill(model, holder) }, picture);
      for (const [a, b] of doubtful || []) svg("rect", { ...part, y: up(b), height: up(a) - up(b), class: "doubt" }, picture);
    }
    since = i;
  }
  box.append(picture, tag("i", { class: "needle" }));
  let free = Infinity;
  for (const [km, name, , town, beside] of [...(road.places || [])].sort((a, b) => a[0] - b[0])) {
    const at = up(km);
    if (!town || beside || km < first || km > last || free - at < 12 || at < 5 || at > height - 5) continue;
    const label = tag("span", { class: "road-town", "aria-hidden": "true" }, clip(localName(model, name), 24));
    label.style.top = `${(at / height) * 100}%`;
    box.append(label);
    free = at;
  }
  return tag("div", { dir: "ltr" }, box, stripEnds(model, say("upwards: km {0} to {1}", wholeWords(first), wholeWords(last))));
}

/** Kilometres of a road by holder on a day, most first; without those beyond the map of which nobody asks. */
function roadShares(model, road, day) {
  const km = new Map();
  const [first, last] = model.roadInFrame(road);
  for (const [from, to, holder] of model.stretches(road, day)) {
    const length = holder === UNKNOWN ? Math.min(to, last) - Math.max(from, first) : to - from;
    if (length > 0) km.set(holder, (km.get(holder) || 0) + length);
  }
  return [...km].sort((a, b) => b[1] - a[1]);
}

/** Kilometres of a road beyond the map, in words; "" where there are none. */
function beyondWords(model, road, day) {
  const beyond = road.length - roadShares(model, road, day).reduce((sum, [, km]) => sum + km, 0);
  return beyond >= 0.5 ? say("{0} km beyond this map, not asked of", measureWords(beyond)) : "";
}

/** The places of a road in the opening view, with their kilometre and holder. */
function roadPlaces(model, road, day) {
  const [first, last] = model.roadInView(road);
  const rows = (road.places || []).filter(([km]) => km >= first && km <= last).map(([km, name, index, town, beside]) => {
    const place = model.places[index];
    const holder = place ? model.statusAt(place, day)[1] : UNKNOWN;
    return tag("tr", {}, tag("td", {}, measureWords(km)),
      tag("td", {}, swatch(model, holder, "panel", 13, 9), " ", town ? tag("b", {}, isolated(localName(model, name), 60)) : isolated(localName(model, name), 60), beside ? ` (${say("beside the road")})` : ""));
  });
  return rows.length ? tag("details", {}, tag("summary", {}, say("Kilometres of the places on it")), tag("table", { class: "road-towns" }, ...rows)) : null;
}

function roadCard(model, road, day) {
  const facts = model.roadFacts(road, day);
  const low = facts.low || {};
  const high = facts.high || {};
  const rows = roadShares(model, road, day).map(([holder, km]) => tag("tr", {},
    tag("th", { scope: "row" }, swatch(model, holder), " ", holderName(model, holder)),
    tag("td", {}, Object.hasOwn(low, holder) && low[holder] < high[holder] ? say("{0} km ({1} to {2})", measureWords(km), wholeWords(low[holder]), wholeWords(high[holder])) : say("{0} km", measureWords(km))),
    tag("td", {}, percentWords(km / road.length))));
  const cuts = (facts.cuts || []).map(([km, from, to, near]) => tag("li", {}, say(from < to ? "km {0} ({1} to {2})" : "km {0}", measureWords(km), measureWords(from), measureWords(to)), comma(), ...phrase("near {0}", isolated(localName(model, near), 60))));
  const open = (facts.open || []).map(([party, surely]) => `${clip(model.partyName(party), 60)}${surely ? "" : ` (${say("not beyond doubt")})`}`).join(comma());
  const error = road.error_m ? semicolon() + say("the line is good to {0} km, at worst {1} km", ...road.error_m.map((metres) => measureWords(metres / 1000))) : "";
  const shared = (road.shared || []).map(([other, from, to]) => tag("p", { class: "facts" }, ...phrase("From km {0} to {1} it is also the {2}", measureWords(from), measureWords(to), isolated(other, 40))));
  const told = claimsAround(model, road.claims, day, true);
  return [
    tag("p", { class: "kicker" }, say("Highway")),
    tag("h2", {}, isolated(road.name || road.id, 200)),
    tag("p", { class: "facts" }, `${say("{0} km", measureWords(road.length))}${error}`),
    facts.open ? tag("p", { class: "standing" }, ...phrase("Open from end to end on this map for: {0}", tag("b", {}, isolated(open || say("nobody"), 200)))) : null,
    tag("table", { class: "shares" }, ...rows),
    beyondWords(model, road, day) ? tag("p", { class: "facts" }, beyondWords(model, road, day)) : null,
    cuts.length ? tag("h3", {}, counted("cut", cuts.length)) : null,
    cuts.length ? tag("ol", { class: "steps" }, ...cuts) : null,
    facts.front && facts.front[0] > 0 ? tag("p", { class: "facts" }, say("The front comes as near as {0}, at km {1}", rangeWords(facts.front), measureWords(facts.front[3]))) : null,
    roadDiagram(model, road),
    ...shared,
    roadPlaces(model, road, day),
    ...(told.length ? [tag("h3", {}, say("What was reported within a week")), claimList(model, told, false)] : []),
  ].filter(Boolean);
}
