/* The text beside the map: the day, its changes, a place and its claims, a post, a road. Data enter as text only. */

const GRADES = { A: "completely reliable", B: "usually reliable", C: "fairly reliable", D: "not usually reliable", E: "unreliable", F: "cannot be judged" };
const RANKS = { 1: "City", 2: "Town", 3: "Village", 4: "Hamlet" };
const TEXT_LIMIT = 1500;

/** An element with attributes, and children that are elements or plain text. */
function tag(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Text of unknown direction and length, kept from turning or flooding what stands around it. */
function isolated(text, limit = TEXT_LIMIT, attributes = {}) {
  const all = String(text ?? "");
  const shown = all.length > limit ? `${all.slice(0, limit)}… (${whole.format(all.length - limit)} more characters)` : all;
  return tag("bdi", attributes, shown);
}

/** A square of a holder's colour and pattern. */
function swatch(model, holder, prefix = "fill", width = 16, height = 11) {
  const box = svg("svg", { width, height, class: "swatch", "aria-hidden": "true" });
  svg("rect", { width, height, fill: `url(#${prefix}-${model.party(holder).index})`, class: "swatch-fill" }, box);
  return box;
}

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A number with one decimal, or none from a hundred on. */
function measureWords(value) {
  return (Math.abs(value) >= 100 ? whole : tenths).format(value);
}

/** A gain or a loss with its sign; nothing where it rounds to nothing. */
function signed(sign, value) {
  return value >= 0.05 ? `${sign}${measureWords(value)}` : "";
}

/** A strip of holders over all days, with a mark at the day shown. `fills` lists [from, to, fill, class]. */
function strip(model, fills, day, label) {
  const count = Math.max(1, model.days.length);
  const box = tag("div", { class: "strip", role: "img", "aria-label": label });
  const picture = svg("svg", { viewBox: `0 0 ${count * 10} 14`, preserveAspectRatio: "none", "aria-hidden": "true" });
  for (const [from, to, fill, className] of fills) {
    svg("rect", { x: from * 10, y: 0, width: (to - from) * 10, height: 14, fill, class: className }, picture);
  }
  const needle = tag("i", { class: "needle" });
  needle.style.left = `${((day + 0.5) / count) * 100}%`;
  box.append(picture, needle);
  const ends = tag("div", { class: "strip-ends", "aria-hidden": "true" },
    tag("span", {}, dateWords(model.days[0], shortDate)), tag("span", {}, dateWords(model.days[count - 1], shortDate)));
  return tag("div", {}, box, ends);
}

/** Runs [[day, …], …] as [from, to, run] over the days of the model. */
function spans(model, runs) {
  return runs.map((run, i) => [run[0], i + 1 < runs.length ? runs[i + 1][0] : model.days.length, run]);
}

function claimItem(model, claim, places = true) {
  const source = model.sources[claim.source] || {};
  const party = claim.actor ? model.partyName(claim.actor) : "";
  const item = tag("li", { class: claim.used || !places ? "claim" : "claim unused" });
  item.append(tag("p", { class: "claim-what" },
    tag("b", {}, claimWhen(claim)), " ", isolated(eventWords(claim.event, party), 120),
    claim.used || !places ? null : tag("span", { class: "mark" }, "not used for the holder")));
  const who = tag("p", { class: "claim-who" }, isolated(source.name || "source not named", 120));
  if (source.reliability) {
    const grade = clip(source.reliability, 2);
    who.append(" ", tag("abbr", { class: "grade", title: `reliability ${grade}: ${Object.hasOwn(GRADES, grade) ? GRADES[grade] : "not graded"}` }, grade));
  }
  if (source.lean) who.append(source.lean === "independent" ? ", independent" : `, leans ${clip(source.lean, 30)}`);
  if (claim.origin) who.append(", after ", isolated(claim.origin, 120));
  if (claim.published) who.append(`, published ${dateWords(claim.published)}`);
  const url = safeLink(claim.url);
  if (url) {
    who.append(" · ", tag("a", { href: url.href, rel: "noopener noreferrer", target: "_blank" }, clip(url.host.replace(/^www\./, ""), 60)));
  } else if (claim.url) {
    who.append(" · ", isolated(claim.url, 200, { class: "deadlink" }));
  }
  item.append(who);
  if (claim.written) item.append(tag("p", { class: "claim-note" }, "Written “", isolated(claim.written, 200), "”"));
  if (claim.note) item.append(tag("p", { class: "claim-note" }, isolated(claim.note)));
  return item;
}

/** Claims in order of days; `places` is whether they are about a place, whose holder they may decide. */
function claimList(model, indices, places = true) {
  const claims = indices.map((i) => model.claims[i]).filter(Boolean);
  claims.sort((a, b) => String(a.end || a.start).localeCompare(String(b.end || b.start)));
  return tag("ol", { class: "claims" }, ...claims.map((claim) => claimItem(model, claim, places)));
}

/** The holder of a place in a sentence, with since when and how sure. */
function standing(model, place, day) {
  const [since, holder, contested, besieged, confidence] = model.statusAt(place, day);
  const line = tag("p", { class: "standing" }, swatch(model, holder), " ",
    tag("b", {}, isolated(model.partyName(holder), 60)), contested && holder !== "contested" ? ", contested" : "", besieged ? ", besieged" : "",
    since > 0 ? `, since ${dateWords(model.days[since])}` : ", since before the first day");
  if (typeof confidence === "number") {
    const meter = tag("span", { class: "meter", role: "img", "aria-label": `confidence ${Math.round(confidence * 100)} per cent` }, tag("i"));
    meter.firstChild.style.width = `${Math.round(confidence * 100)}%`;
    line.append(tag("span", { class: "sure" }, meter, ` confidence ${Math.round(confidence * 100)} %`));
  }
  return line;
}

function placeCard(model, place, day) {
  const used = model.placeClaims(place);
  const exact = place.uncertainty_m ? `, position within about ${measureWords(place.uncertainty_m / 1000)} km` : "";
  const runs = spans(model, model.statusRuns(place));
  const words = runs.map(([from, , run]) => `${model.partyName(run[1])} from ${dateWords(model.days[from])}`).join("; ");
  const card = [
    tag("h2", {}, isolated(place.name, 400), place.ar ? " " : null, place.ar ? isolated(place.ar, 200, { lang: "ar", dir: "rtl", class: "ar" }) : null),
    tag("p", { class: "facts" }, `${RANKS[place.rank] || "Place"}, ${place.lat.toFixed(3)}° N ${place.lon.toFixed(3)}° E${exact}`),
    standing(model, place, day),
    strip(model, runs.map(([from, to, run]) => [from, to, `url(#panel-${model.party(run[1]).index})`, run[2] ? "run contested" : "run"]), day, words),
  ];
  if (place.undated) card.push(tag("p", { class: "facts" }, "No report here gives a day of its own; the day shown is the latest the reports allow."));
  card.push(tag("h3", {}, used.length ? `${used.length} ${used.length === 1 ? "claim" : "claims"}` : "No dated claim"));
  if (used.length) card.push(claimList(model, used));
  else card.push(tag("p", { class: "facts" }, "Its holder rests on the situation of the first day alone."));
  return card;
}

/** The panel of one model. `pick` is called with a kind and an item, or null to go back to the day. */
function makePanel(model, pick) {
  const onPick = (selected) => {
    pick(selected);
    // Whoever chose from a list reads on at what it opened.
    if (selected) document.querySelector("#selection h2")?.focus({ preventScroll: true });
  };
  const find = (id) => document.getElementById(id);
  const patterns = svg("svg", { width: 0, height: 0, class: "pattern-store", "aria-hidden": "true" }, find("panel"));
  definePatterns(model, patterns, "panel");
  find("title").append(isolated(model.data.title, 120));
  find("map-title").append(clip(model.data.title, 60));
  find("subtitle").append(isolated(model.data.subtitle, 200));
  const about = find("about-body");
  if (model.data.note) about.append(tag("p", {}, isolated(model.data.note, 6000)));
  about.append(tag("h3", {}, "Credits"));
  about.append(tag("ul", {}, ...(model.data.credits || []).map((line) => tag("li", {}, isolated(line, 600))),
    tag("li", {}, "Pan and zoom: Leaflet 1.9.4, © 2010–2023 Volodymyr Agafonkin, © 2010–2011 CloudMade, BSD 2-clause licence. Page made with folium.")));

  const claimCount = (count) => (count === 0 ? "inferred" : count === 1 ? "1 claim" : `${count} claims`);

  function changeItem(change) {
    const place = model.places[change.place];
    const count = (change.claims || []).length;
    const button = tag("button", { type: "button", class: "change" },
      tag("span", { class: "change-place" }, isolated(place.name, 120)),
      place.ar ? isolated(place.labelAr, 60, { lang: "ar", dir: "rtl" }) : null,
      tag("span", { class: "change-count" }, claimCount(count)));
    button.addEventListener("click", () => onPick({ kind: "place", item: place }));
    return tag("li", {}, button);
  }

  /** The day's changes by who lost and who gained, the longest list first, towns before villages. */
  function showChanges(changes) {
    const moves = new Map();
    for (const change of changes) {
      const key = JSON.stringify([change.from, change.to]);
      if (!moves.has(key)) moves.set(key, []);
      moves.get(key).push(change);
    }
    const rank = (change) => model.places[change.place].rank;
    const groups = [...moves.values()].sort((a, b) => b.length - a.length);
    find("changes").replaceChildren(...groups.flatMap((group) => [
      tag("p", { class: "move" }, swatch(model, group[0].from, "panel", 15, 10), isolated(model.partyName(group[0].from), 40), " → ",
        swatch(model, group[0].to, "panel", 15, 10), isolated(model.partyName(group[0].to), 40), groups.length > 1 ? ` (${group.length})` : ""),
      tag("ul", {}, ...group.sort((a, b) => rank(a) - rank(b)).map(changeItem)),
    ]));
  }

  function showBalance(day) {
    const table = find("balance");
    const km2 = model.numbers[day]?.km2 || {};
    const rows = Object.keys(km2).filter((holder) => km2[holder].gained >= 0.05 || km2[holder].lost >= 0.05);
    table.hidden = rows.length === 0;
    table.replaceChildren(tag("caption", {}, "Area that changed hands, km²"), ...rows.map((holder) => tag("tr", {},
      tag("th", { scope: "row" }, swatch(model, holder, "panel", 13, 9), " ", isolated(model.partyName(holder), 40)),
      tag("td", {}, signed("+", km2[holder].gained)), tag("td", {}, signed("−", km2[holder].lost)))));
  }

  function showRoads(day) {
    const home = find("roads");
    home.replaceChildren(...model.roads.map((road) => {
      const shares = roadShares(model, road, day);
      const bar = roadBar(model, road, day);
      const words = shares.map(([holder, km]) => `${model.partyName(holder)} ${measureWords(km)} km`).join(", ");
      const button = tag("button", { type: "button", class: "road-line" }, tag("span", { class: "road-name" }, clip(road.name || road.id, 12)), bar, tag("span", { class: "road-km" }, words));
      button.addEventListener("click", () => onPick({ kind: "road", item: road }));
      return button;
    }));
    if (model.roads.length) home.prepend(tag("h3", {}, "Highways on this map, and kilometres in all"));
  }

  let shownDay = 0;
  const posts = find("posts");
  posts.hidden = model.posts.length === 0;
  posts.addEventListener("toggle", () => showPosts());
  const agreed = model.posts.filter((post) => post.astana).length;
  posts.querySelector("summary").textContent = `Turkish posts: ${agreed} agreed in Astana, ${model.posts.length - agreed} set up later`;

  /** Every post with its standing on the day: the way to them without a mouse. */
  function showPosts() {
    if (!posts.open) return;
    posts.lastElementChild.replaceChildren(...model.posts.map((post) => {
      const button = tag("button", { type: "button", class: "post-line" },
        isolated(post.name, 60), post.astana ? tag("span", {}, post.number ? `no. ${clip(post.number, 6)}` : "Astana") : null,
        tag("span", {}, clip(model.postStatus(post, shownDay), 40)));
      button.addEventListener("click", () => onPick({ kind: "post", item: post }));
      return button;
    }));
  }

  function showDay(day) {
    shownDay = day;
    const iso = model.days[day];
    find("date").textContent = dayWords(iso);
    find("numbers").replaceChildren(isolated(model.numbers[day]?.text || "", 600));
    find("sheet-text").replaceChildren(tag("b", {}, dateWords(iso)), " ", isolated(model.numbers[day]?.text || "", 140));
    showBalance(day);
    const changes = model.changes(day);
    find("changes-head").textContent = changes.length === 0 ? "No place changed hands" : changes.length === 1 ? "1 place changed hands" : `${changes.length} places changed hands`;
    showChanges(changes);
    showRoads(day);
    showPosts();
  }

  let shown = null;

  function showSelection(selected, day) {
    const home = find("selection");
    home.hidden = !selected;
    if (selected && shown?.item === selected.item && selected.kind === "place") {
      // Only the day has changed: the claims stay, with the reader's place among them.
      home.querySelector(".standing").replaceWith(standing(model, selected.item, day));
      home.querySelector(".needle").style.left = `${((day + 0.5) / model.days.length) * 100}%`;
      return;
    }
    const focused = home.contains(document.activeElement);
    shown = selected;
    if (!selected) {
      home.replaceChildren();
      return;
    }
    const close = tag("button", { type: "button", class: "close", "aria-label": "Close (Esc)" }, "×");
    close.addEventListener("click", () => onPick(null));
    const make = { place: placeCard, post: postCard, road: roadCard }[selected.kind];
    home.replaceChildren(close, ...make(model, selected.item, day));
    home.querySelector("h2").tabIndex = -1;
    if (focused) close.focus();
  }

  makeSearch(model, onPick);
  return { showDay, showSelection };
}

/** The search box: names in Latin letters or Arabic, however they are spelled with dashes and accents. */
function makeSearch(model, onPick) {
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const list = () => {
    const key = searchKey(query.value);
    const hits = [];
    if (key) {
      for (const place of model.places) {
        place.keys ??= [searchKey(place.name), searchKey(place.ar)];
        const at = Math.min(...place.keys.map((name) => (name.includes(key) ? name.indexOf(key) : Infinity)));
        if (at < Infinity) hits.push([at > 0, place.rank, place]);
      }
    }
    hits.sort((a, b) => a[0] - b[0] || a[1] - b[1] || String(a[2].name).localeCompare(String(b[2].name)));
    found.hidden = !key;
    found.replaceChildren(...hits.slice(0, 8).map(([, , place]) => {
      const button = tag("button", { type: "button" }, isolated(place.name, 80), " ", place.ar ? isolated(place.ar, 60, { lang: "ar", dir: "rtl" }) : "");
      button.addEventListener("click", () => choose(place));
      return tag("li", {}, button);
    }));
    if (key && !hits.length) found.append(tag("li", { class: "none" }, "No place of that name on this map"));
  };
  const choose = (place) => {
    query.value = "";
    list();
    onPick({ kind: "place", item: place });
  };
  query.addEventListener("input", list);
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    found.querySelector("button")?.click();
  });
}
