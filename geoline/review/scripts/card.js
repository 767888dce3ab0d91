/* The claim that is looked at: what it says, what its name may mean, what the ledger has already. */

const verdictWords = (verdict) => ({ accepted: say("accepted"), refused: say("refused"), merged: say("in the ledger already") })[verdict] || say("open");
/* Claims of other voices that are shown beside one. */
const MOST_OTHERS = 4;
const MOST_LIKE = 5;

const partyNames = (cells, known) => parts(cells.actor).map((actor) => known.actors.get(actor) || actor).join(", ");
const placeName = (cells, known) => known.places.get(cells.place_id)?.name || cells.place;
const sourceName = (id, known) => known.sources.get(id) || id;

function partyChip(cells, known) {
  const color = known.colors.get(parts(cells.actor)[0]);
  const square = shape("svg", { width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" }, shape("rect", { width: 12, height: 12, fill: color || "none", stroke: "currentColor" }));
  return element("span", { class: "party" }, square, " ", said(partyNames(cells, known) || say("party not said")));
}

/** One line of what a claim says, for the list. */
function claimLine(claim, cells, decision, known) {
  const verdict = decision.verdict || "open";
  const sign = { accepted: "✓", refused: "✗", merged: "=", open: "·" }[verdict];
  return [element("span", { class: "sign", "aria-hidden": "true" }, sign), said(placeName(cells, known)), " ", element("span", { class: "what" }, cells.event), " ", partyChip(cells, known), " ",
    element("span", { class: "when" }, daysWords(cells)), element("span", { class: "unseen" }, `, ${verdictWords(decision.verdict)}`)];
}

function facts(cells, claim, decision, known) {
  const { place: written, attributed_to: by, flag, rule, certainty = "asserted", evidence } = cells;
  const place = known.places.get(cells.place_id);
  if (!claim.cells.place && !cells.place_id && !claim.added) return [element("p", {}, say("No claim was read in this report. If it makes one, c writes it and x adds more; if not, r."))];
  const rows = [
    ["place", say("Place"), place ? [said(place.name), " ", said(place.nameAr), place.name === written ? "" : [" – ", say("written"), " ", said(written)]] : [said(written), " – ", say("not decided which")]],
    ["event", say("Event"), [cells.event]], ["party", say("Party"), [partyChip(cells, known)]], ["day", say("Day"), [daysWords(cells)]],
    ["certainty", say("Certainty"), [element("span", { class: CERTAIN.includes(certainty) ? "" : "doubt" }, certainty), by ? [", ", say("by"), " ", said(by)] : ""]],
    cells.from_actor && ["from", say("From"), [known.actors.get(cells.from_actor) || cells.from_actor]], cells.road && ["road", say("Road"), [said(cells.road)]],
    cells.origin && ["after", say("After"), parts(cells.origin).map((one) => sourceName(one, known)).join(", ")],
    flag && ["look-at", say("Look at"), [element("span", { class: "doubt" }, flag)]], rule && ["rule", say("Rule"), [element("span", { class: "minor" }, rule)]],
  ].filter(Boolean);
  const list = element("dl", {}, ...rows.map(([kind, name, value]) => element("div", { class: kind }, element("dt", {}, name), element("dd", {}, value))));
  const changed = Object.keys(decision.edits).filter((key) => (claim.cells[key] || "") !== decision.edits[key] && !["lat", "lon"].includes(key));
  return [element("p", { class: "unseen", dir: "auto" }, evidence || ""), list, changed.length ? element("p", { class: "minor" }, say("corrected: {0}", changed.join(", "))) : ""];
}

/** How far a candidate lies from the nearest other place of the report. */
function nearestWords(place, around) {
  const km = (other) => KM_PER_DEGREE * Math.hypot(other.lat - place.lat, (other.lon - place.lon) * Math.cos((place.lat * Math.PI) / 180));
  const others = around.filter((other) => other !== place).sort((one, other) => km(one) - km(other));
  return others.length ? [", ", say("{0} km from", km(others[0]).toFixed(0)), " ", said(others[0].name)] : "";
}

function candidateList(claim, cells, known, around, choose) {
  if (claim.added || !claim.cells.place) return "";
  if (!claim.candidates.length) return element("p", { class: "minor" }, say("The gazetteer has nothing like this name."));
  const title = { resolved: say("What the name may mean"), ambiguous: say("Ambiguous: several places may be meant"), unknown: say("Unknown name: the nearest in spelling") }[claim.status];
  return [element("h3", {}, title), element("ol", { class: "candidates" }, claim.candidates.map(({ place, score, matched }, n) => {
    const worth = score === null ? "–" : score < 0.01 ? "< 0.01" : score.toFixed(2);
    return element("li", {}, button([
      element("span", { class: "worth", title: say("probability that it is meant") }, shape("svg", { width: 40, height: 8, viewBox: "0 0 40 8", "aria-hidden": "true" }, shape("rect", { class: "bar-of", width: 40, height: 8 }), shape("rect", { class: "bar", width: (score || 0) * 40, height: 8 })), " ", worth),
      " ", said(place.name, { class: "candidate-of" }), " ", matched && matched !== place.name ? element("span", { class: "minor" }, say("as"), " ", said(matched)) : "",
      element("span", { class: "minor" }, place.area ? ` ${say("area")}` : ` ±${(place.off / 1000).toFixed(1)} km`, nearestWords(place, around)), " ",
    ], String(n + 1), () => choose(place), { "aria-pressed": String(place.id === cells.place_id) }));
  }))];
}

function likeLine(other, known) {
  return [other.date_start && other.date_start !== other.date_end ? say("{0} to {1}", other.date_start, other.date_end) : other.date_start ? other.date_end : say("by {0}", other.date_end), " ", element("span", { class: "what" }, other.event), " ", partyChip(other, known), " ",
    said(sourceName(other.source, known)), parts(other.origin).length ? [" ", say("after"), " ", said(parts(other.origin).map((one) => sourceName(one, known)).join(", "))] : ""];
}

/** What the ledger and this desk say already; `at` is which of the same voice is pointed at. */
function likeList(like, at, known, { merge, takeBack, point, decided }) {
  const mine = like.filter((one) => one.mine).slice(0, MOST_LIKE);
  const others = like.filter((one) => !one.mine);
  const made = [];
  if (mine.length) {
    made.push(element("h3", {}, say("The same voice said already")), element("ol", { class: "like" }, mine.map((other, n) => element("li", {}, button([...likeLine(other, known), element("span", { class: "minor" }, ` ${other.here ? say("on this desk") : say("in the ledger")}`)], "", () => point(n), { "aria-pressed": String(n === at) })))));
    const buttons = [button(say("It is this one: merge"), "m", merge, { disabled: decided })];
    if (mine.length > 1) buttons.push(button(say("Next of these"), "b", () => point((at + 1) % mine.length)));
    if (!mine[at].here) buttons.push(button(say("Accept, and take this one back"), "t", takeBack, { disabled: decided }));
    made.push(element("div", { class: "buttons" }, buttons));
  }
  if (others.length) {
    made.push(element("h3", {}, say("Other voices, within {0} days: {1}", NEAR_DAYS, others.length)), element("ul", { class: "like" }, others.slice(0, MOST_OTHERS).map((other) => element("li", {}, likeLine(other, known)))));
  }
  return { made, mine };
}
