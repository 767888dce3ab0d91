/* What paper has besides the map: what changed and who says so, how the map came about, how to cite it. Data enter as text only. */

/* Claims that are named under a place; of more the number is told. */
const PAPER_CLAIMS = 4;

function paperChange(model, { place, from, to, claims = [] }) {
  const more = claims.length - PAPER_CLAIMS;
  return tag("li", {}, tag("b", {}, isolated(nameOf(model.places[place]), 120)), ": ", holderName(model, from, 40), arrow(), holderName(model, to, 40), claims.length ? claimList(model, claims.slice(0, PAPER_CLAIMS), false) : ` (${say("inferred")})`,
    more > 0 ? `+ ${counted("claim", more)}` : "");
}

/** How much was known of the days up to one: up to which published claim. */
function knownWords(model, day) {
  const latest = (model.asThen && model.days[day]) || model.data.known || model.claims.filter(({ start, end }) => (start || end) <= model.days[day]).map(({ published }) => published || "").sort().at(-1);
  return latest ? say("Claims published up to {0}", dateWords(latest, "plain")) : say("All that is known now");
}

/** How the map of a day is cited, with the address at which it is read or, of a file, that of its theatre. */
function citeWords(model, when, day) {
  const { publisher, url, version } = model.data;
  const address = /^https?:$/u.test(window.location.protocol) ? window.location.href : safeLink(url)?.href;
  return tag("p", {}, ...(publisher ? [isolated(publisher, 120), ": "] : []), ...phrase("{0}: who held what", isolated(model.title(), 120)), comma(), when, ". ", knownWords(model, day), ". ",
    tag("bdi", {}, `geoline ${version}`), ". ", address ? isolated(address, 300, { dir: "ltr" }) : "");
}

/** Write what stands below the printed map of a day, or of what differs between two. */
function fillPaper(model, day, other) {
  const [first, last] = other === null ? [null, day] : [Math.min(day, other), Math.max(day, other)];
  const changes = [...(first === null ? model.changes(day) : changesBetween(model, first, last))];
  changes.sort((a, b) => model.places[a.place].rank - model.places[b.place].rank);
  const when = first === null ? dayWords(model.days[day]) : say("Between {0} and {1}", ...[first, last].map((one) => dateWords(model.days[one], "plain")));
  document.getElementById("paper").replaceChildren(
    tag("h3", {}, changes.length ? counted("moved", changes.length) : say("No place changed hands")), tag("ul", { class: "paper-changes" }, ...changes.map((change) => paperChange(model, change))),
    ...document.getElementById("about-body").cloneNode(true).childNodes, tag("p", {}, Object.entries(GRADES).map(([grade, word]) => `${grade}: ${say(word)}`).join(semicolon())),
    tag("h3", {}, say("How to cite")), citeWords(model, when, last));
}
