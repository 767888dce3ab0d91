/* The words of the interface in the languages that the page carries (`words/` has a file for each), and numbers and dates
   as each writes them. English words are the keys of all others. {0}, {1} … stand for what is filled in. */

/* What the page says: the order of its languages, the English words, and for each language its own. */
const SPOKEN = window.geolineWords;
const DATE_STYLES = {
  weekday: { weekday: "long" }, plain: { day: "numeric", month: "long", year: "numeric" }, short: { day: "numeric", month: "short" },
  medium: { day: "numeric", month: "short", year: "numeric" }, month: { month: "long", year: "numeric" },
};

let [language] = SPOKEN.order;
let formats = new Map();
let dictionary = new Map();

/** What is written of the language spoken: its signs and counted words. */
const tongue = () => SPOKEN[language];
const rightToLeft = () => tongue().rtl;

/** Take a language of the page for all that is said from now on, and turn the page to its direction. */
function speak(id) {
  if (SPOKEN.order.includes(id)) language = id;
  formats = new Map();
  dictionary = new Map((tongue().words || []).map((said, i) => [SPOKEN.keys[i], said]));
  document.documentElement.lang = language;
  document.documentElement.dir = rightToLeft() ? "rtl" : "ltr";
}

/* What a browser does not know it would write in its reader's own language. */
const FALLBACK = "en-GB";
const isKnown = () => Intl.DateTimeFormat.supportedLocalesOf(tongue().locale).length > 0;

function format(key, make) {
  if (!formats.has(key)) formats.set(key, make(isKnown() ? tongue().locale : FALLBACK));
  return formats.get(key);
}

/** A date by the word list itself, for browsers that cannot write its language. */
function listedDate(iso, style) {
  const [year, month, day] = iso.split("-").map(Number);
  if (style === "weekday") return tongue().weekdays[new Date(`${iso}T00:00:00Z`).getUTCDay()];
  return tongue().dates[style].replace("{y}", year).replace("{m}", tongue().months[month - 1]).replace("{d}", day);
}

const words = (key) => dictionary.get(key) ?? key;

/** Words of the interface with texts filled in. What the table does not know is said as it is. */
function say(key, ...parts) {
  const text = words(key);
  return parts.length ? text.replace(/\{(\d)\}/gu, (_, i) => parts[i]) : text;
}

/** The same with elements filled in: a list for `append`. */
function phrase(key, ...parts) {
  return words(key).split(/(\{\d\})/u).filter(Boolean).map((part) => (/^\{\d\}$/u.test(part) ? parts[part[1]] : part));
}

/** A number with its noun, in the number's own form. */
function counted(noun, n) {
  const forms = tongue().counted[noun];
  return (forms[format("plural", (locale) => new Intl.PluralRules(locale)).select(n)] || forms.other).replace("{0}", wholeWords(n));
}

/** Parts joined by the language's comma. */
const listed = (...parts) => parts.filter(Boolean).join(comma());
const comma = () => tongue().comma;
const semicolon = () => tongue().semicolon;
const arrow = () => (rightToLeft() ? " ← " : " → ");

/** The Arabic text where the interface is Arabic and there is one: of names, data have no other language. */
const inLanguage = (latin, arabic) => (language === "ar" && arabic ? arabic : latin);
const nameOf = (item) => inLanguage(item.name, item.ar);

const wholeWords = (value) => format("whole", (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(value);

/** A number with one decimal, or none from a hundred on. */
function measureWords(value) {
  if (Math.abs(value) >= 100) return wholeWords(value);
  return format("tenths", (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })).format(value);
}

const percentWords = (share) => tongue().percent.replace("{0}", wholeWords(Math.round(share * 100)));

/** A date in words, or the text itself where it is not an ISO day. */
function dateWords(iso, style = "medium") {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(iso || "") || Number.isNaN(Date.parse(iso))) return clip(String(iso ?? ""), 40);
  if (tongue().months && !isKnown()) return listedDate(iso, style);
  return format(style, (locale) => new Intl.DateTimeFormat(locale, { ...DATE_STYLES[style], timeZone: "UTC" })).format(new Date(`${iso}T00:00:00Z`));
}

/** A day in full, as "Tuesday 28 January 2020". Browsers differ on the comma, so it is put together here. */
const dayWords = (iso) => `${dateWords(iso, "weekday")} ${dateWords(iso, "plain")}`;

/** When a claim says its event was, as exactly as it says it and no more. */
function claimWhen(claim) {
  const { start, end, precision } = claim;
  const last = end || start;
  if (precision === "by") return say("by {0}", dateWords(last));
  if (precision === "month") return say("in {0}", dateWords(start || end, "month"));
  if (!start && !end) return say("undated");
  if (!start) return say("by {0}", dateWords(end));
  if (start === last) return dateWords(start);
  const sameMonth = start.slice(0, 7) === last.slice(0, 7);
  const sameYear = start.slice(0, 4) === last.slice(0, 4);
  const first = sameMonth ? wholeWords(Number(start.slice(8))) : dateWords(start, sameYear ? "short" : "medium");
  return say("between {0} and {1}", first, dateWords(last));
}

const EVENTS = {
  captured: "captured by {0}", recaptured: "recaptured by {0}", entered: "entered by {0}", withdrew: "withdrawal of {0}", contested: "contested by {0}",
  besieged: "besieged by {0}", pressed: "pressed by {0}", advanced: "advance of {0}", clash: "clash, attack by {0}", attack: "attack on civilians by {0}", denied: "denied by {0}",
  lost: "lost by {0}", transferred: "handed over to {0}", announced: "announced by {0}", held: "held by {0}", strike: "strike by {0}", retracted: "taken back by {0}", discounted: "set aside, said of {0}",
  "road contested": "road contested by {0}", unconfirmed: "unconfirmed move of {0}", ceasefire: "ceasefire of {0}", "road cut": "road cut by {0}", "road held": "road held by {0}",
  "road opened": "road opened by {0}", "post encircled": "post encircled by {0}", "post pressed": "post pressed by {0}",
  "post relieved": "post relieved by {0}", "post evacuated": "post evacuated by {0}",
};

/** An event and its actor as words: "captured by Opposition". */
function eventWords(event, actor) {
  if (!Object.hasOwn(EVENTS, event)) return `${clip(event, 60).replace(/_/gu, " ")}${actor ? `: ${actor}` : ""}`;
  return actor ? say(EVENTS[event], actor) : say(EVENTS[event].replace(/(, attack)? (by|of) \{0\}$/u, ""));
}

/** Say the fixed words of the page: text, label, title and placeholder of elements that carry a key. */
function sayPage() {
  for (const [mark, set] of [
    ["say", (element, text) => element.replaceChildren(text)], ["label", (element, text) => element.setAttribute("aria-label", text)],
    ["title", (element, text) => element.setAttribute("title", text)], ["hint", (element, text) => element.setAttribute("placeholder", text)],
  ]) {
    for (const element of document.querySelectorAll(`[data-${mark}]`)) set(element, say(element.dataset[mark]));
  }
}
