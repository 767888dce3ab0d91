/* What a claim on the desk says, whether the ledger can take it so, and which claims are like it. */

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/u;
const ADDRESS = /^https?:\/\//u;
const DAY_MS = 86_400_000;
/* Within so many days a claim may be the same, and within so many the ledger takes a day for a slip. */
const NEAR_DAYS = 7;
const LONGEST_YEARS = 20;
const YEARS_AROUND = 40;
const CERTAIN = ["asserted", "reported"];
const FORETOLD = ["announced", "ceasefire"];

const parts = (cell) => (cell || "").split(";").map((part) => part.trim()).filter(Boolean);
const dayNumber = (iso) => (ISO_DAY.test(iso || "") ? Date.parse(`${iso}T00:00:00Z`) / DAY_MS : NaN);
const isDay = (iso) => {
  const number = dayNumber(iso);
  return !Number.isNaN(number) && new Date(number * DAY_MS).toISOString().slice(0, 10) === iso;
};
const aboutOf = (cells) => cells.about || "place";
const precisionOf = (cells) => cells.date_precision || (!cells.date_start ? "by" : cells.date_start === cells.date_end ? "day" : "between");

/** When a claim says its event was, as exactly as it says it. */
function daysWords(cells) {
  const { date_start: start, date_end: end } = cells;
  const precision = precisionOf(cells);
  if (precision === "by") return start && start !== end ? say("by {0}, not before {1}", end, start) : say("by {0}", end || "?");
  if (precision === "month") return say("in the month {0} to {1}", start || "?", end || "?");
  return start === end ? end || "?" : say("between {0} and {1}", start || "?", end || "?");
}

/** What of a claim's days the ledger would not take. */
function dayFaults(cells, span) {
  const { date_start: start, date_end: end, published } = cells;
  for (const [key, day] of [["date_end", end], ["date_start", start], ["published", published]]) {
    if (!day && key !== "date_end") continue;
    if (!isDay(day)) return [[key, day ? say("'{0}' is no day", day) : say("the day is not given")]];
    const year = Number(day.slice(0, 4));
    if (year < Number(span[0].slice(0, 4)) - YEARS_AROUND || year > Number(span[1].slice(0, 4)) + YEARS_AROUND) return [[key, say("{0} is decades from the theatre", day)]];
  }
  if (start && start > end) return [["date_start", say("the first day is after the last")]];
  if (cells.date_precision === "day" && start !== end) return [["date_start", say("for one day the first and the last day are the same")]];
  if (start && dayNumber(end) - dayNumber(start) > LONGEST_YEARS * 366) return [["date_start", say("the days lie more than {0} years apart", LONGEST_YEARS)]];
  const earliest = dayNumber(start || end) - (start ? 1 : 31);
  if (published && dayNumber(published) < earliest && !FORETOLD.includes(cells.event)) return [["date_start", say("it was published on {0}, before {1}", published, start || end)]];
  return [];
}

/** Why the ledger would not take a claim as it is: column and reason, the first to be mended first. */
function faultsOf(cells, known) {
  const faults = [];
  const place = known.places.get(cells.place_id);
  const wrong = (key, reason) => faults.push([key, reason]);
  if (!CERTAIN.includes(cells.certainty || "asserted")) wrong("certainty", say("the report says it as {0}, and only what it says to be so is claimed", cells.certainty));
  if (!cells.place) wrong("place_id", say("it names no place"));
  if (aboutOf(cells) === "place" && !cells.place_id) wrong("place_id", say("which place is meant is not decided"));
  if (cells.place_id && !place) wrong("place_id", say("the gazetteer has no '{0}'", cells.place_id));
  if (place?.area && aboutOf(cells) === "place") wrong("place_id", say("it is an area, and a claim about a place may not mean one"));
  if (!["place", "post", "road", "area"].includes(aboutOf(cells))) wrong("about", say("'{0}' is nothing that a claim is about", cells.about));
  if (!known.events.has(cells.event)) wrong("event", cells.event ? say("'{0}' is no event of the desk", cells.event) : say("what happened is not said"));
  const actors = parts(cells.actor);
  if (!actors.length) wrong("actor", say("whose doing it was is not said"));
  for (const actor of actors.filter((one) => !known.actors.has(one))) wrong("actor", say("the theatre has no party '{0}'", actor));
  faults.push(...dayFaults(cells, known.span));
  if (!known.precisions.includes(precisionOf(cells))) wrong("date_precision", say("'{0}' is no way to give a day", cells.date_precision));
  if (!known.sources.has(cells.source)) wrong("source", say("'{0}' is not in sources.csv; add it and make the desk again", cells.source || ""));
  for (const origin of parts(cells.origin).filter((one) => !known.sources.has(one))) wrong("origin", say("'{0}' is not in sources.csv", origin));
  if (cells.url && !ADDRESS.test(cells.url)) wrong("url", say("the link is no web address; mend it in the table"));
  if (cells.credibility && !(Number(cells.credibility) >= 1 && Number(cells.credibility) <= 6)) wrong("credibility", say("the credibility is not 1 to 6; mend it in the table"));
  return faults;
}

/** Whose word a claim is: those whom its source repeats, else the source. */
const voicesOf = (cells) => (parts(cells.origin).length ? parts(cells.origin) : [cells.source]);
const sameVoice = (one, other) => voicesOf(one).some((voice) => voicesOf(other).includes(voice)) || one.source === other.source;

function daysApart(one, other) {
  const [from, to] = [dayNumber(one.date_start || one.date_end), dayNumber(one.date_end)];
  const [first, last] = [dayNumber(other.date_start || other.date_end), dayNumber(other.date_end)];
  return Math.max(0, first - to, from - last);
}

/** Claims about the same place on near days, the likest first; `mine` tells those of the same voice. */
function likeOnes(cells, others) {
  if (!cells.place_id) return [];
  return others
    .filter((other) => other.place_id === cells.place_id && daysApart(cells, other) <= NEAR_DAYS)
    .map((other) => ({
      ...other, mine: sameVoice(cells, other),
      likeness: (other.event === cells.event) * 4 + (other.actor === cells.actor) * 2 - daysApart(cells, other) / 4,
    }))
    .sort((one, other) => other.mine - one.mine || other.likeness - one.likeness);
}
