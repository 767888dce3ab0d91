/* The search box: a place by any spelling of its name, with slips of the finger. Latin, Arabic and Cyrillic names are compared by sound, others by letter. */

const FOUND_LIMIT = 8;
/* Names are compared letter by letter: what a slip of each kind costs, and how much a match may cost in all. */
const COST = { vowel: 0.3, otherVowel: 0.15, near: 0.5, far: 1, perLetterLeft: 0.035, mostLeft: 0.35, laterWord: 0.3, rank: 0.03, untold: 0.12, perWeight: 0.012, exact: 0.4 };
/* Beyond this cost for each letter typed what is found is not the name but the nearest to it. */
const FAR_FROM_IT = 0.13;
/* Where nothing is like what was typed, so many of the nearest are offered, up to this cost. */
const FAR_LIMIT = 3;
const FARTHEST_COST = 6;
const ARABIC_SOUNDS = {
  a: "اآأٱىٰ", i: "إيیېے", u: "وۆۇ", "": "ئءؤعٴـ", b: "بپ", t: "تطث", j: "ج", S: "شچ", h: "حهەھ", x: "خ", d: "دذض", r: "رڕ", z: "زظ", s: "سص",
  G: "غ", f: "ف", k: "قكگک", l: "لڵ", m: "م", n: "ن",
};
const ARABIC_SOUND = new Map(Object.entries(ARABIC_SOUNDS).flatMap(([sound, letters]) => [...letters].map((letter) => [letter, sound])));
/* English, French, German and Turkish ways of writing one sound. The order matters. */
const DIGRAPHS = "dsch j tsch S tch S sch S dzh j dz j dj j zh j tz z ts s sz s kh x gh G sh S ch S th t dh d ph f qu k ck k aou au ou u oo u ee i".split(" ");
const SINGLE = { q: "k", c: "k", g: "k", p: "b", v: "u", w: "u", y: "i", e: "i", o: "u" };
/* Sounds that are taken for each other. */
const NEAR = new Set("hx kG kj Gx sS sz zd dt bf mn lr Sj".split(" ").flatMap((pair) => [pair, pair[1] + pair[0]]));

function foldArabic(text) {
  return text.replace(/\p{M}|[\u0640\u200c-\u200f]/gu, "").replace(/[ةۃ](?=\s+\S)/gu, "ت").split(/[^\u0600-\u06ff0-9]+/u)
    .map((word) => word.replace(/^(وال(?=..)|ال(?=..)|لل(?=...))/u, "").replace(/^ع/u, "ا").replace(/[ةۃ]$/u, "a").replace(/(..)[هە]$/u, "$1a"))
    .map((word) => [...word].map((letter) => ARABIC_SOUND.get(letter) ?? letter).join("").replace(/(.)\1+/gu, "$1")).filter(Boolean);
}

function foldLatin(text) {
  let folded = text.normalize("NFKD").toLowerCase().replace(/[\u02b0-\u02ff'`´’‘‛′″"“”]|\p{M}/gu, "").replace(/ı/gu, "i").replace(/ß/gu, "ss").replace(/æ/gu, "a");
  folded = ` ${folded.replace(/[^a-z0-9]+/gu, " ").trim()}`.replace(/ (?:al|el|ul|il|ehl|le|la|les|the|l)(?= \S)/gu, "");
  folded = folded.replace(/ (?:a|e|i|u|eh)(sh|ch|th|dh|[dnrstzjl])\1?(?= \1)/gu, "");
  for (let i = 0; i < DIGRAPHS.length; i += 2) folded = folded.replaceAll(DIGRAPHS[i], DIGRAPHS[i + 1]);
  folded = folded.replace(/[qcgpvwyeo]/gu, (letter) => SINGLE[letter]).replace(/(.)\1+/gu, "$1").replace(/([^ ][^ ])[ai]h?(?= |$)/gu, "$1a");
  return folded.split(" ").filter(Boolean);
}

const CYRILLIC = Object.fromEntries("аa бb вv гg ґg дd еe єie жzh зz иi іi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыi ь эe юiu яia љl њn ћch ђdj џj јi ўu".split(" ").map((pair) => [pair[0], pair.slice(1)]));
const latinOf = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{Script=Cyrillic}/gu, (letter) => CYRILLIC[letter] ?? "");

/** Whether a text has letters that are not compared by sound. */
const isOther = (text) => /(?![\p{Script=Latin}\p{Script=Arabic}\p{Script=Cyrillic}])\p{L}/u.test(text);
const otherWords = (text) => text.normalize("NFC").toLowerCase().replace(/[\u200b-\u200f\u2060\ufeff]/gu, "").split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);

/** A name as its sounds, word by word: "Ma'arat al-Nu'man" and "Maarrat an-Numan" both give "marat", "numan". */
function foldName(name) {
  const text = String(name ?? "").slice(0, 200).replace(/\([^)]*\)|\[[^\]]*\]/gu, " ");
  return /[\u0600-\u06ff]/u.test(text) ? foldArabic(text) : foldLatin(latinOf(text));
}

/* Sounds as small numbers, so that comparing is quick: the vowels first, what is no sound of a name last. */
const SOUNDS = "aiubtjShxdrzsGfklmn0123456789";
const SOUND_COUNT = SOUNDS.length + 1;
const soundCodes = (text) => Uint8Array.from(text, (letter) => (SOUNDS.includes(letter) ? SOUNDS.indexOf(letter) : SOUNDS.length));
const isVowel = (code) => code < 3;

/** What it costs to write one sound for another, as a square table in a row. */
const SWAP = Float32Array.from({ length: SOUND_COUNT ** 2 }, (_, i) => {
  const [a, b] = [Math.floor(i / SOUND_COUNT), i % SOUND_COUNT];
  if (a === b) return 0;
  if (isVowel(a) && isVowel(b)) return COST.otherVowel;
  return NEAR.has(SOUNDS[a] + SOUNDS[b]) ? COST.near : COST.far;
});
const GAP = Float32Array.from({ length: SOUND_COUNT }, (_, code) => (isVowel(code) ? COST.vowel : COST.far));

/** The consonants of a name as bits, to reject most names without comparing them. */
const soundBits = (codes) => codes.reduce((bits, code) => (isVowel(code) ? bits : bits | (1 << code)), 0);

/** The consonants of a name and all that are taken for one of them. */
const NEAR_BITS = Array.from({ length: SOUND_COUNT }, (_, a) => {
  const near = [...SOUNDS].flatMap((letter, b) => (NEAR.has(SOUNDS[a] + letter) ? [b] : []));
  return near.reduce((bits, b) => bits | (1 << b), 0);
});
const nearBits = (codes) => codes.reduce((bits, code) => bits | NEAR_BITS[code], 0);

const bitCount = (bits) => {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count += 1;
  return count;
};

const LONGEST = 220;
const SPARE = [new Float32Array(LONGEST + 1), new Float32Array(LONGEST + 1), new Float32Array(LONGEST + 1)];

/** What it costs to turn the query into the beginning of a name, and the name's letters left over; Infinity beyond the limit. */
function slipCost(query, name, limit) {
  let [before, row, next] = SPARE;
  const width = Math.min(name.length, LONGEST, query.length + 8);
  row[0] = 0;
  for (let j = 1; j <= width; j += 1) row[j] = row[j - 1] + GAP[name[j - 1]];
  for (let i = 1; i <= query.length; i += 1) {
    const code = query[i - 1];
    const swaps = code * SOUND_COUNT;
    const drop = GAP[code];
    let least = row[0] + drop;
    next[0] = least;
    for (let j = 1; j <= width; j += 1) {
      const other = name[j - 1];
      let cost = row[j - 1] + SWAP[swaps + other];
      if (row[j] + drop < cost) cost = row[j] + drop;
      if (next[j - 1] + GAP[other] < cost) cost = next[j - 1] + GAP[other];
      // Two letters in each other's place are one slip.
      if (i > 1 && j > 1 && code === name[j - 2] && query[i - 2] === other && before[j - 2] + COST.near < cost) cost = before[j - 2] + COST.near;
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return Infinity;
    [before, row, next] = [row, next, before];
  }
  let best = Infinity;
  for (let j = 0; j <= width; j += 1) best = Math.min(best, row[j] + Math.min(COST.mostLeft, (name.length - j) * COST.perLetterLeft));
  return best <= limit ? best : Infinity;
}

/** The same by letters, each slip a whole one. */
function letterCost(query, name, limit) {
  let row = [...name].map((_, j) => j + 1);
  row.unshift(0);
  for (const letter of query) {
    let [corner] = row;
    row[0] += 1;
    [...name].forEach((other, j) => {
      const cost = Math.min(corner + Number(letter !== other), row[j] + 1, row[j + 1] + 1);
      corner = row[j + 1];
      row[j + 1] = cost;
    });
    if (Math.min(...row) > limit) return Infinity;
  }
  row = row.map((cost, j) => cost + Math.min(COST.mostLeft, (row.length - 1 - j) * COST.perLetterLeft));
  const best = Math.min(...row);
  return best <= limit ? best : Infinity;
}

/* Names folded at a time, so that thousands hold up nothing. */
const FOLDED_AT_ONCE = 250;

/** Fold the names of a model into a list, a part at each step; done once, when the reader turns to the search box. */
function* foldNames(model, entries) {
  let done = 0;
  const seen = new Set();
  const add = (kind, item, name) => {
    // What was told of comes before what was not, and what many told of before what few did.
    const later = (kind === "settlement" ? COST.untold : 0) - (item.weight || 0) * COST.perWeight;
    if (isOther(name)) {
      const parts = otherWords(String(name).slice(0, 200));
      parts.forEach((_, i) => entries.push({ kind, item, letters: parts.slice(i).join(""), extra: later + (i ? COST.laterWord : 0) + (item.rank || 3) * COST.rank }));
      return;
    }
    const parts = foldName(name);
    parts.forEach((_, i) => {
      const sounds = parts.slice(i).join("");
      const key = `${kind}${item.index ?? item.id} ${sounds}`;
      if (!sounds || seen.has(key)) return;
      seen.add(key);
      const codes = soundCodes(sounds);
      entries.push({ kind, item, codes, bits: soundBits(codes), near: nearBits(codes), extra: later + (i ? COST.laterWord : 0) + (item.rank || 3) * COST.rank });
    });
  };
  for (const place of model.places) {
    for (const name of [place.name, place.ar, ...(place.also || [])]) if (name) add("place", place, name);
    done += 1;
    if (done % FOLDED_AT_ONCE === 0) yield;
  }
  for (const item of model.settlements) {
    for (const name of [item.name, item.ar]) if (name) add("settlement", item, name);
    done += 1;
    if (done % FOLDED_AT_ONCE === 0) yield;
  }
  for (const post of model.posts) add("post", post, post.name);
  for (const region of model.regions) for (const name of [region.name, region.ar, ...(region.also || [])]) if (name) add("region", region, name);
  for (const road of model.roads) for (const name of roadNames(model, road)) add("road", road, name);
}

/** What a road is called: its number, and from where to where it leads, by its ends and the cities on it. */
function roadNames(model, road) {
  const at = (road.places || []).map(([, name, place]) => ({ name, ar: model.places[place]?.ar, city: model.places[place]?.rank === 1 }));
  const ends = at.filter(({ city }, i) => city || i === 0 || i === at.length - 1);
  const pairs = ends.flatMap((a) => ends.filter((b) => b !== a).flatMap((b) => [`${a.name} ${b.name}`, a.ar && b.ar ? `${a.ar} ${b.ar}` : ""]));
  return [road.name || road.id, ...pairs].filter(Boolean);
}

/** The items whose names come nearest to what was typed, the nearest first; where none does, to all of it but a word at either end. A number is a post's. */
function findNames(entries, text) {
  const number = /^(?:\D*[\s#])?(\d{1,3})$/u.exec(String(text).trim());
  const post = number && entries.find((entry) => entry.kind === "post" && String(entry.item.number) === number[1]);
  if (post) return [[0, "post", post.item, 0]];
  const found = nearestNames(entries, text);
  const typed = String(text).split(/[\s/]+/u).filter(Boolean);
  if (found.length) return found;
  const parts = typed.length < 2 ? [] : [typed.slice(0, -1), typed.slice(1)].flatMap((some) => nearestNames(entries, some.join(" "))).sort((a, b) => a[0] - b[0]);
  if (parts.length) return parts.filter(([, , item], i) => parts.findIndex((other) => other[2] === item) === i).slice(0, FOUND_LIMIT);
  return nearestNames(entries, text, FARTHEST_COST).slice(0, FAR_LIMIT);
}

/** The items whose names come nearest to a text: [cost with what speaks for the item, kind, item, cost of the name alone]. */
function nearestNames(entries, text, most = 1.8) {
  const byLetter = isOther(text);
  const query = byLetter ? [...otherWords(text).join("").slice(0, 60)] : soundCodes(foldName(text).join("").slice(0, 60));
  if (!query.length) return [];
  const bits = byLetter ? 0 : soundBits(query);
  const compared = entries.filter((entry) => Boolean(entry.letters) === byLetter);
  const best = new Map();
  const typed = String(text).trim().toLowerCase();
  // What is called exactly so comes before what is weightier and less like it.
  const called = (item) => [item.name, item.ar, ...(item.also || [])].some((name) => String(name ?? "").toLowerCase() === typed);
  // Where enough names are near, the far ones need not be compared.
  for (const limit of most > 1.8 ? [most] : [0.6, Math.min(most, 0.2 + 0.24 * query.length)]) {
    if (best.size >= FOUND_LIMIT) break;
    for (const entry of compared) {
      // A consonant that the name lacks costs a slip to a near one at least, or else a whole one.
      const missing = bits & ~entry.bits;
      if (missing && bitCount(missing) * COST.near + bitCount(missing & ~entry.near) * (COST.far - COST.near) > limit) continue;
      const slips = byLetter ? letterCost(query, entry.letters, limit) : slipCost(query, entry.codes, limit);
      const cost = slips + entry.extra - (called(entry.item) ? COST.exact : 0);
      if (cost < (best.get(entry.item)?.[0] ?? Infinity)) best.set(entry.item, [cost, entry.kind, entry.item, slips]);
    }
  }
  return [...best.values()].sort((a, b) => a[0] - b[0] || String(a[2].name).localeCompare(String(b[2].name))).slice(0, FOUND_LIMIT);
}

/** The search box as a combobox over a list: arrows choose, Enter opens, Esc closes. `dayShown` gives the day. */
function makeSearch(model, onPick, dayShown) {
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const entries = [];
  const folding = foldNames(model, entries);
  let hits = [];
  let active = -1;
  const governorates = new Map();

  function setActive(at) {
    active = at;
    const lines = [...found.children].filter((line) => line.id);
    lines.forEach((line, i) => line.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) query.setAttribute("aria-activedescendant", `found-${at}`);
    else query.removeAttribute("aria-activedescendant");
    lines[at]?.scrollIntoView({ block: "nearest" });
  }

  function about(kind, item) {
    if (kind === "road") return say("Highway");
    if (kind === "region") return say(REGION_KINDS[item.kind] || "Region");
    if (kind === "post") return postKind(model, item);
    if (!governorates.has(item)) governorates.set(item, model.governorateOf(item));
    const where = governorates.get(item);
    return listed(say(RANKS[item.rank] || "Place"), where ? clip(inLanguage(where.name, where.name_ar), 40) : "");
  }

  function optionOf([, kind, item], i) {
    const holder = kind === "place" ? model.statusAt(item, dayShown())[1] : kind === "settlement" ? model.groundHolder(item.x, item.y, dayShown()) : "";
    const [main, other] = bothNames(item, 80, 60);
    const line = tag("li", { role: "option", id: `found-${i}`, "aria-selected": "false" }, tag("span", { class: "found-name" }, main, " ", other),
      tag("span", { class: "found-about" }, about(kind, item), ...(holder ? [comma(), swatch(model, holder, "panel", 12, 9), " ", holderName(model, holder, 40)] : [])));
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(i);
    });
    return line;
  }

  function list() {
    // What is not folded yet is now.
    while (!folding.next().done) continue;
    hits = findNames(entries, query.value);
    const asked = query.value.trim() !== "";
    found.hidden = !asked;
    query.setAttribute("aria-expanded", String(asked));
    found.replaceChildren(...hits.map(optionOf));
    // Where nothing is found that is the name, the nearest are offered all the same.
    const near = hits.some(([, , , slips]) => slips <= FAR_FROM_IT * query.value.trim().length);
    if (asked && !near) found.prepend(tag("li", { class: "none", role: "option", "aria-disabled": "true" }, say("No place of that name on this map")));
    setActive(hits.length ? 0 : -1);
  }

  function close(empty) {
    if (empty) query.value = "";
    found.hidden = true;
    query.setAttribute("aria-expanded", "false");
    setActive(-1);
  }

  function choose(at) {
    const hit = hits[at];
    if (!hit) return;
    close(true);
    onPick(hit[1] === "settlement" ? { kind: "ground", item: settlementGround(model, hit[2], dayShown()) } : { kind: hit[1], item: hit[2] });
  }

  const foldOn = () => folding.next().done || setTimeout(foldOn, 5);
  query.addEventListener("focus", () => setTimeout(foldOn, 50), { once: true });
  query.addEventListener("input", list);
  query.addEventListener("blur", () => close(false));
  query.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !found.hidden && hits.length) {
      event.preventDefault();
      setActive((active + step + hits.length) % hits.length);
    } else if (step && found.hidden) {
      list();
    } else if (event.key === "Escape" && query.value) {
      // The first Esc empties the box; the selection stays.
      event.stopPropagation();
      event.preventDefault();
      close(true);
    }
  });
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!query.value) return;
    if (found.hidden) list();
    choose(Math.max(0, active));
  });
}
