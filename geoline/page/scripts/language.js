/* The words of the interface in English and Arabic, and numbers and dates as each writes them.

   English words are their own keys. {0}, {1} … stand for what is filled in. The Arabic has nouns where English
   has verbs, for a verb would have to agree with a party whose gender the page does not know. */

const ARABIC = {
  "Map": "الخريطة", "Day shown": "اليوم المعروض", "Day": "اليوم", "Legend": "مفتاح الخريطة", "What the map shows": "ما تعرضه الخريطة",
  "One day back": "يوم إلى الوراء", "One day forward": "يوم إلى الأمام", "One day back (←)": "يوم إلى الوراء (←)", "One day forward (→)": "يوم إلى الأمام (→)",
  "Play": "تشغيل", "Pause": "إيقاف مؤقت", "Play or pause (space)": "تشغيل أو إيقاف (مفتاح المسافة)", "Speed": "السرعة", "Speed {0}, {1}": "السرعة {0}، {1}",
  "normal": "عادية", "double": "مضاعفة", "four times": "أربعة أضعاف", "Close what the map shows": "إغلاق ما تعرضه الخريطة",
  "Find a place": "ابحث عن مكان", "Places found": "الأماكن المعثور عليها", "No place of that name on this map": "لا مكان بهذا الاسم على هذه الخريطة",
  "What this map shows, cannot tell, and whom to credit": "ما تعرضه هذه الخريطة وما لا تستطيع قوله، وإلى من تُنسب", "Credits": "المصادر والحقوق",
  "Map; arrow keys move it, plus and minus zoom. Every place can also be found with the search box.":
    "الخريطة؛ مفاتيح الأسهم تحرّكها، وعلامتا الزائد والناقص تقرّبها وتبعدها. ويمكن الوصول إلى كل مكان من مربع البحث أيضاً.",
  "Zoom in": "تقريب", "Zoom out": "تبعيد",
  "Compare with": "مقارنة مع", "Compared with {0}": "بالمقارنة مع {0}", "no other day": "لا يوم آخر", "As known": "بحسب المعروف", "All that is known now": "كل ما هو معروف الآن", "What was known that day": "ما كان معروفاً في ذلك اليوم", "Net change of the area held, km²": "صافي التغير في المساحة المسيطر عليها، كم²",
  "Between {0} and {1}": "بين {0} و{1}", "End the comparison": "إنهاء المقارنة",
  "Gains and losses of the days between them are set against each other.": "تُطرح خسائر الأيام الواقعة بينهما من مكاسبها.",
  "Copy link": "نسخ الرابط", "Link copied": "نُسخ الرابط", "Copy this link:": "انسخ هذا الرابط:", "Download this day": "تنزيل هذا اليوم", "Saved: {0}": "حُفظ: {0}",
  "Copy a link to this day": "نسخ رابط إلى هذا اليوم", "Download this day as {0}": "تنزيل هذا اليوم بصيغة {0}",
  "Area that changed hands, km²": "المساحة التي تغيرت السيطرة عليها، كم²", "No place changed hands": "لم تتغير السيطرة على أي مكان",
  "No place changed hands.": "لم تتغير السيطرة على أي مكان.", "{0} took {1}": "سيطرة {0} على {1}", "{0} took {1}, about {2} km²": "سيطرة {0} على {1}، نحو {2} كم²",
  "inferred": "مستنتج", "Highways on this map, and kilometres in all": "الطرق الرئيسية على هذه الخريطة، والأطوال الكلية", "{0} m": "{0} م", "{0} km": "{0} كم", "{0} km²": "{0} كم²",
  "Turkish posts: {0} agreed in Astana, {1} set up later": "نقاط المراقبة التركية: {0} باتفاق أستانا و{1} أُنشئت لاحقاً", "no. {0}": "رقم {0}", "Astana": "أستانا",
  "Land and highways over time": "المساحات والطرق مع الزمن", "Land": "الأرض",
  "{0}: who held how much on each day, {1} to {2}; the figures of the day shown are in the table": "{0}: من سيطر على كم في كل يوم، من {1} إلى {2}؛ وأرقام اليوم المعروض في الجدول",
  "Holder": "المسيطر", "{0} in the band": "منها {0} في نطاق الشك", "since the first day": "منذ اليوم الأول", "Click the chart to go to a day.": "انقر على المخطط للانتقال إلى يوم.", "Figures of the day": "أرقام اليوم", "{0}, {1} on this map": "{0}، {1} على هذه الخريطة",
  "City": "مدينة", "Town": "بلدة", "Village": "قرية", "Hamlet": "مزرعة أو موقع صغير", "Place": "مكان", "Post": "نقطة مراقبة", "Highway": "طريق رئيسي", "Ground": "أرض",
  "contested": "متنازع عليه", "besieged": "محاصر", "since {0}": "منذ {0}", "since before the first day": "منذ ما قبل اليوم الأول", "{0} from {1}": "{0} منذ {1}",
  "confidence {0}": "درجة الثقة {0}", "position within about {0} km": "دقة الموضع نحو {0} كم", "{0}° N {1}° E": "{0}° شمالاً، {1}° شرقاً",
  "No report here gives a day of its own; the day shown is the latest the reports allow.": "لا يذكر أي تقرير هنا يوماً بعينه؛ واليوم المعروض هو آخر ما تسمح به التقارير.",
  "No dated claim": "لا إفادة مؤرخة", "Its holder rests on the situation of the first day alone.": "تستند السيطرة عليه إلى وضع اليوم الأول وحده.",
  "not used for the holder": "لم تُستخدم لتحديد المسيطر", "source not named": "المصدر غير مذكور", "reliability {0}: {1}": "الموثوقية {0}: {1}", "not graded": "غير مصنف",
  "completely reliable": "موثوق تماماً", "usually reliable": "موثوق عادةً", "fairly reliable": "موثوق إلى حد ما", "not usually reliable": "غير موثوق عادةً", "unreliable": "غير موثوق", "cannot be judged": "لا يمكن الحكم عليه",
  "independent": "مستقل", "leans {0}": "أقرب إلى {0}", "government": "الحكومة", "opposition": "المعارضة", "russian": "روسيا", "turkish": "تركيا", "kurdish": "الأكراد", "after {0}": "نقلاً عن {0}", "published {0}": "نُشر في {0}",
  "Written “{0}”": "كُتب الاسم «{0}»", "Close (Esc)": "إغلاق (Esc)", "{0}… ({1} more characters)": "{0}… (أحرف إضافية: {1})",
  "by {0}": "بحلول {0}", "in {0}": "في {0}", "undated": "بلا تاريخ", "between {0} and {1}": "بين {0} و{1}",
  "captured by {0}": "سيطرة {0}", "recaptured by {0}": "استعادة السيطرة من قِبل {0}", "entered by {0}": "دخول {0}", "withdrawal of {0}": "انسحاب {0}", "contested by {0}": "قتال داخل المكان، يخوضه: {0}",
  "besieged by {0}": "حصار من قِبل {0}", "pressed by {0}": "ضغط من قِبل {0}", "advance of {0}": "تقدّم {0}", "clash, attack by {0}": "اشتباك، بهجوم من {0}", "denied by {0}": "نفي من {0}",
  "unconfirmed move of {0}": "تحرك غير مؤكد من {0}", "ceasefire of {0}": "وقف إطلاق النار من جانب {0}", "road cut by {0}": "قطع الطريق من قِبل {0}", "road held by {0}": "سيطرة {0} على الطريق",
  "road opened by {0}": "فتح الطريق من قِبل {0}", "post encircled by {0}": "تطويق النقطة من قِبل {0}", "post pressed by {0}": "ضغط على النقطة من قِبل {0}", "post relieved by {0}": "فك الطوق عن النقطة من قِبل {0}", "post evacuated by {0}": "إخلاء النقطة من قِبل {0}",
  "lost by {0}": "خسارة {0} السيطرة", "handed over to {0}": "تسليم إلى {0}", "announced by {0}": "إعلان من {0}", "held by {0}": "بيد {0}", "strike by {0}": "قصف من {0}", "taken back by {0}": "تراجع عن إفادة تخص {0}", "set aside, said of {0}": "استُبعدت، وتخص {0}", "road contested by {0}": "قتال على الطريق، يخوضه: {0}",
  "captured": "سيطرة", "recaptured": "استعادة السيطرة", "entered": "دخول", "withdrawal": "انسحاب", "pressed": "ضغط", "advance": "تقدّم", "clash": "اشتباك", "denied": "نفي", "unconfirmed move": "تحرك غير مؤكد", "ceasefire": "وقف إطلاق النار",
  "road cut": "قطع الطريق", "road held": "السيطرة على الطريق", "road opened": "فتح الطريق", "post encircled": "تطويق النقطة", "post pressed": "ضغط على النقطة", "post relieved": "فك الطوق عن النقطة", "post evacuated": "إخلاء النقطة",
  "Turkey": "تركيا", "Türkiye": "تركيا", "Russia": "روسيا",
  "behind own lines": "خلف خطوطها", "at the front": "على خط الجبهة", "encircled": "مطوّقة", "withdrawn": "أُخليت", "not yet": "لم تُنشأ بعد",
  "Turkish post": "نقطة مراقبة تركية", "Turkish post of the Astana twelve": "نقطة مراقبة تركية من نقاط أستانا الاثنتي عشرة", "highway": "طريق رئيسي",
  "Turkish post {0}of the twelve agreed in Astana": "نقطة المراقبة التركية {0}من النقاط الاثنتي عشرة المتفق عليها في أستانا", "Turkish post, set up later": "نقطة مراقبة تركية أُنشئت لاحقاً",
  "set up {0}": "أُنشئت في {0}", "set up by {0}": "أُنشئت بحلول {0}", "date of setting up not known": "تاريخ إنشائها غير معروف", "From the first day": "منذ اليوم الأول",
  "In the area of {0}": "في منطقة سيطرة {0}", "{0} from the front": "{0} عن خط الجبهة", "the front may run on the other side of it": "وقد يمر خط الجبهة من الجانب الآخر منها",
  "Reported: {0}, as computed.": "ما ورد في التقارير: {0}، كما في الحساب.", "Reported: {0}. Computed from the map: {1}. They differ.": "ما ورد في التقارير: {0}. وما يُحسب من الخريطة: {1}. وهما مختلفان.",
  "Drawn at the settlement that it is named after, {0}, within about {1} km": "مرسومة عند البلدة التي سُميت باسمها، {0}، بدقة نحو {1} كم", "Where it stood is undecided, so it is not on the map.": "موضعها غير محسوم، ولذلك لا تظهر على الخريطة.",
  "{0} km ({1} to {2})": "{0} كم (من {1} إلى {2})", "Who held each kilometre of {0} on each day": "من سيطر على كل كيلومتر من {0} في كل يوم", "upwards: km {0} to {1}": "إلى الأعلى: من الكيلومتر {0} إلى {1}",
  "Kilometres of the places on it": "الأماكن على الطريق وكيلومتراتها", "beside the road": "بجانب الطريق", "near {0}": "قرب {0}", "not beyond doubt": "غير مؤكد",
  "the line is good to {0} km, at worst {1} km": "دقة رسم الطريق نحو {0} كم، وأقصى خطأ {1} كم", "From km {0} to {1} it is also the {2}": "من الكيلومتر {0} إلى {1} هو أيضاً {2}",
  "Open from end to end on this map for: {0}": "سالك من أوله إلى آخره على هذه الخريطة لـ: {0}", "nobody": "لا أحد", "Cut at": "مقطوع عند", "km {0}": "الكيلومتر {0}", "km {0} ({1} to {2})": "الكيلومتر {0} (من {1} إلى {2})",
  "The front comes as near as {0}, at km {1}": "أقرب مسافة إلى خط الجبهة {0}، عند الكيلومتر {1}", "What was reported within a week": "ما ورد في التقارير خلال أسبوع",
  "Drawn as nobody's: not known who held it": "مرسومة دون مسيطر: لا يُعرف من كان يسيطر عليها", "Drawn as contested": "مرسومة على أنها متنازع عليها", "Nearest places": "أقرب الأماكن",
  "Ground near {0}": "أرض قرب {0}", "Drawn as held by {0}": "مرسومة تحت سيطرة {0}", "before that {0}": "وقبل ذلك {0}", "Nearest front line: {0} km": "أقرب خط جبهة: {0} كم", "No front line on this day": "لا خط جبهة في هذا اليوم",
  "inside the band where the line may run, so its holder is in doubt": "داخل النطاق الذي قد يمر فيه الخط، فالسيطرة عليها موضع شك", "outside the band where the line may run": "خارج النطاق الذي قد يمر فيه الخط",
  "No report is about this very spot: the map draws ground by the places around it.": "لا يتناول أي تقرير هذه النقطة بعينها: ترسم الخريطة الأرض تبعاً للأماكن المحيطة بها.",
  "Places near it that changed hands on {0}, and gave it away": "أماكن قريبة تغيرت السيطرة عليها في {0} فتبعتها هذه الأرض", "Nearest places of {0}, which it goes with": "أقرب الأماكن الخاضعة لسيطرة {0}، وتتبعها هذه الأرض", "{0} km away": "على بعد {0} كم",
  "Lines and places": "الخطوط والأماكن", "Turkish posts": "نقاط المراقبة التركية", "Show": "إظهار", "Layers": "الطبقات", "Names": "الأسماء", "Places": "الأماكن", "Highways": "الطرق", "Posts": "نقاط المراقبة", "Earlier front": "الخط السابق", "Band": "نطاق الشك",
  "Front line": "خط الجبهة", "A week before": "قبل أسبوع", "Where the line may run (90 %)": "حيث قد يمر الخط (90%)", "Changed hands that day, with its ground": "تغيرت السيطرة عليه وعلى أرضه في ذلك اليوم", "Contested": "متنازع عليه", "One side's word": "رواية طرف واحد",
  "Position a guess": "الموضع تقديري", "Besieged": "محاصر", "Highway, by who holds it": "طريق رئيسي، بحسب المسيطر", "Doubtful": "مشكوك فيه", "Highway cut": "طريق مقطوع", "Behind own lines": "خلف خطوطها", "At the front": "على خط الجبهة", "Encircled": "مطوّقة", "Withdrawn": "أُخليت",
  "One of the twelve agreed in Astana": "إحدى النقاط الاثنتي عشرة المتفق عليها في أستانا", "Pan and zoom: {0}": "تحريك الخريطة وتكبيرها: {0}",
};

/** Counted words: the forms that Intl.PluralRules asks for; "other" where a form is missing. */
const COUNTED = {
  en: {
    place: { one: "{0} place", other: "{0} places" }, moved: { one: "{0} place changed hands", other: "{0} places changed hands" },
    claim: { one: "{0} claim", other: "{0} claims" }, report: { one: "{0} report up to this day", other: "{0} reports up to this day" }, cut: { one: "Cut at", other: "Cut {0} times, at" },
  },
  ar: {
    // After "على", so in the genitive: مكانين, not مكانان.
    place: { one: "مكان واحد", two: "مكانين", few: "{0} أماكن", many: "{0} مكاناً", other: "{0} مكان" },
    moved: {
      one: "تغيرت السيطرة على مكان واحد", two: "تغيرت السيطرة على مكانين", few: "تغيرت السيطرة على {0} أماكن", many: "تغيرت السيطرة على {0} مكاناً", other: "تغيرت السيطرة على {0} مكان",
    },
    claim: { one: "إفادة واحدة", two: "إفادتان", few: "{0} إفادات", many: "{0} إفادة", other: "{0} إفادة" },
    report: {
      one: "تقرير واحد حتى هذا اليوم", two: "تقريران حتى هذا اليوم", few: "{0} تقارير حتى هذا اليوم", many: "{0} تقريراً حتى هذا اليوم", other: "{0} تقرير حتى هذا اليوم",
    },
    cut: { one: "مقطوع عند", two: "مقطوع في موضعين، عند", few: "مقطوع في {0} مواضع، عند", many: "مقطوع في {0} موضعاً، عند", other: "مقطوع في {0} موضع، عند" },
  },
};

/* Syria's press writes the months كانون الثاني, شباط … and, in print and on the web alike, 0-9 for digits. */
const LOCALES = { en: "en-GB", ar: "ar-SY-u-nu-latn" };
const DATE_STYLES = {
  weekday: { weekday: "long" }, plain: { day: "numeric", month: "long", year: "numeric" }, short: { day: "numeric", month: "short" },
  medium: { day: "numeric", month: "short", year: "numeric" }, month: { month: "long", year: "numeric" },
};

let language = "en";
let formats = new Map();

/** Take "en" or "ar" for all that is said from now on, and turn the page to its direction. */
function speak(id) {
  language = Object.hasOwn(LOCALES, id) ? id : "en";
  formats = new Map();
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
}

function format(key, make) {
  if (!formats.has(key)) formats.set(key, make(LOCALES[language]));
  return formats.get(key);
}

function words(key) {
  return language === "ar" && Object.hasOwn(ARABIC, key) ? ARABIC[key] : key;
}

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
  const forms = COUNTED[language][noun];
  return (forms[format("plural", (locale) => new Intl.PluralRules(locale)).select(n)] || forms.other).replace("{0}", wholeWords(n));
}

/** Parts joined by the language's comma. */
const listed = (...parts) => parts.filter(Boolean).join(language === "ar" ? "، " : ", ");
const comma = () => (language === "ar" ? "، " : ", ");
const semicolon = () => (language === "ar" ? "؛ " : "; ");

/** The Arabic text where the interface is Arabic and there is one. */
const inLanguage = (latin, arabic) => (language === "ar" && arabic ? arabic : latin);
const nameOf = (item) => inLanguage(item.name, item.ar);

const wholeWords = (value) => format("whole", (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(value);

/** A number with one decimal, or none from a hundred on. */
function measureWords(value) {
  if (Math.abs(value) >= 100) return wholeWords(value);
  return format("tenths", (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })).format(value);
}

const percentWords = (share) => `${Math.round(share * 100)}${language === "ar" ? "" : " "}%`;

/** A date in words, or the text itself where it is not an ISO day. */
function dateWords(iso, style = "medium") {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(iso || "") || Number.isNaN(Date.parse(iso))) return clip(String(iso ?? ""), 40);
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
  const first = sameMonth ? String(Number(start.slice(8))) : dateWords(start, sameYear ? "short" : "medium");
  return say("between {0} and {1}", first, dateWords(last));
}

const EVENTS = {
  captured: "captured by {0}", recaptured: "recaptured by {0}", entered: "entered by {0}", withdrew: "withdrawal of {0}", contested: "contested by {0}",
  besieged: "besieged by {0}", pressed: "pressed by {0}", advanced: "advance of {0}", clash: "clash, attack by {0}", denied: "denied by {0}",
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
