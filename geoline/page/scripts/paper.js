/* What paper has besides the map: what changed and who says so, how the map came about, how to cite it. Data enter as text only. */

/* Claims that are named under a place; of more the number is told. */
const PAPER_CLAIMS = 4;

/** A claim in a line: day, what, who with grade and lean, when it was published. */
function paperClaim(model, claim) {
  const source = model.sources[claim.source] || {};
  const who = [source.reliability ? clip(source.reliability, 2) : say("not graded"), source.lean === "independent" ? say("independent") : source.lean && say("leans {0}", clip(leanWords(model, source.lean), 30))];
  return tag("li", {}, claimWhen(claim), " ", isolated(eventWords(claim.event, claim.actor ? actorWords(model, claim.actor) : ""), 120), ": ",
    isolated(source.name || say("source not named"), 80), ` (${listed(...who)})`, claim.published ? comma() : "", claim.published ? say("published {0}", dateWords(claim.published)) : "");
}

function paperChange(model, { place, from, to, claims = [] }) {
  const told = claims.map((i) => model.claims[i]).filter(Boolean);
  const more = told.length - PAPER_CLAIMS;
  return tag("li", {}, tag("b", {}, isolated(nameOf(model.places[place]), 120)), ": ", holderName(model, from, 40), arrow(), holderName(model, to, 40), told.length ? "" : ` (${say("inferred")})`,
    tag("ul", {}, ...told.slice(0, PAPER_CLAIMS).map((claim) => paperClaim(model, claim)), more > 0 ? tag("li", {}, `+ ${counted("claim", more)}`) : ""));
}

/** How much was known of the days up to one: by when, or up to which published claim. */
function knownWords(model, day) {
  if (model.asThen) return say("What was known that day");
  if (model.data.known) return `${say("As known")}: ${dateWords(model.data.known, "plain")}`;
  const latest = model.claims.filter(({ start, end, published }) => published && (start || end) <= model.days[day]).map(({ published }) => published).sort().at(-1);
  return latest ? say("Claims published up to {0}", dateWords(latest, "plain")) : say("All that is known now");
}

/** How the map of a day is cited, with the address at which it is read or, of a file, that of its theatre. */
function citeWords(model, when, day) {
  const { publisher, url, version } = model.data;
  const address = /^https?:$/u.test(window.location.protocol) ? window.location.href : safeLink(url)?.href;
  return tag("p", {}, ...(publisher ? [isolated(publisher, 120), ": "] : []), ...phrase("{0}: who held what", isolated(model.title(), 120)), comma(), when, ". ", knownWords(model, day), ". ",
    tag("bdi", {}, `geoline ${clip(version, 20)}`), ". ", address ? isolated(address, 300, { dir: "ltr" }) : "");
}

/** Write what stands below the printed map of a day, or of what differs between two. */
function fillPaper(model, day, other) {
  const [first, last] = other === null ? [null, day] : [Math.min(day, other), Math.max(day, other)];
  const changes = [...(first === null ? model.changes(day) : changesBetween(model, first, last))];
  changes.sort((a, b) => model.places[a.place].rank - model.places[b.place].rank);
  const when = first === null ? dayWords(model.days[day]) : say("Between {0} and {1}", ...[first, last].map((one) => dateWords(model.days[one], "plain")));
  const note = inLanguage(model.data.note, model.data.note_ar);
  document.getElementById("paper").replaceChildren(
    tag("h3", {}, changes.length ? counted("moved", changes.length) : say("No place changed hands")), tag("ul", { class: "paper-changes" }, ...changes.map((change) => paperChange(model, change))),
    tag("h3", {}, say("What this map shows, cannot tell, and whom to credit")), note ? tag("p", {}, isolated(note, 6000, { dir: "auto" })) : "",
    tag("p", {}, Object.entries(GRADES).map(([grade, word]) => `${grade}: ${say(word)}`).join(semicolon())),
    ...(model.data.credits || []).map((line) => tag("p", {}, isolated(line, 600))),
    tag("h3", {}, say("How to cite")), citeWords(model, when, last));
}
