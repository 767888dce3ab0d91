/* The text beside the map: the day or what differs between two, and the card of what is selected. Data enter as text only. */

/* Rows of the list of changes that are built at once; the rest follow when the days stand still. */
const FIRST_ROWS = 14;
const REST_AFTER_MS = 150;
const LEAFLET = "Leaflet 1.9.4, © 2010–2023 Volodymyr Agafonkin, © 2010–2011 CloudMade, BSD 2-clause licence. Page made with folium.";

/** The panel of one model. `pick` is called with a kind and an item, or null to go back to the day. */
function makePanel(model, pick) {
  const onPick = (selected) => {
    pick(selected);
    // Whoever chose from a list reads on at what it opened.
    if (selected) document.querySelector("#selection h2")?.focus({ preventScroll: true });
  };
  const find = (id) => document.getElementById(id);
  definePatterns(model, svg("svg", { width: 0, height: 0, class: "pattern-store", "aria-hidden": "true" }, find("panel")), "panel");
  const posts = find("posts");
  const view = { day: 0, other: null, shown: null, rest: 0, roads: "", posts: "", stale: false, begun: false, lists: 0, span: model.eventSpan };
  // On a phone the sheet is mostly closed: what nobody sees is not built.
  const narrow = window.matchMedia("(max-width: 600px)");
  const unseen = () => narrow.matches && !find("panel").classList.contains("open");

  /** Title, notes and credits, in the language of the interface. */
  function sayTitles() {
    find("title").replaceChildren(...phrase("{0}: who held what", isolated(model.title(), 120)));
    document.title = clip(say("{0}: who held what", model.title()), 160);
    find("map-title").replaceChildren(clip(model.title(), 60));
    const period = `${dateWords(model.days[0], "plain")} – ${dateWords(model.days[model.days.length - 1], "plain")}`;
    find("subtitle").replaceChildren(isolated(inLanguage(model.data.subtitle, period), 200));
    const note = inLanguage(model.data.note, model.data.note_ar);
    find("about-body").replaceChildren(note ? tag("p", {}, isolated(note, 6000, { dir: "auto" })) : "", tag("h3", {}, say("Credits")),
      tag("ul", {}, ...(model.data.credits || []).map((line) => tag("li", {}, isolated(line, 600))), tag("li", {}, ...phrase("Pan and zoom: {0}", isolated(LEAFLET)))));
    posts.querySelector("summary").textContent = say("{0}: {1}", clip(model.postWord("many") || say("Posts"), 60), wholeWords(model.posts.length));
  }

  // Rows are copied from one, for a day may have dozens and the days run.
  const pattern = tag("li", {}, tag("button", { type: "button", class: "change" }, tag("bdi", { class: "change-place" }), tag("bdi"), tag("span", { class: "change-count" })));
  const clipped = (text, limit) => (String(text ?? "").length > limit ? isolated(text, limit).textContent : String(text ?? ""));

  /** Write a change into a row, or into a copy of the pattern at the end of a list. */
  function fillRow(list, at, change) {
    const row = list.children[at] ?? list.appendChild(pattern.cloneNode(true));
    const place = model.places[change.place];
    const count = (change.claims || []).length;
    const key = `${language} ${place.index} ${count}`;
    if (row.dataset.key === key) return;
    row.dataset.key = key;
    row.firstChild.dataset.index = place.index;
    const [main, other, told] = row.firstChild.children;
    const first = nameOf(place);
    const second = first === place.name ? place.ar : place.name;
    main.textContent = clipped(first, 120);
    other.textContent = second && second !== first ? clipped(second, 60) : "";
    const latin = first === place.name ? main : other;
    for (const name of [main, other]) {
      name.lang = name === latin ? "" : "ar";
      name.dir = name === latin ? "auto" : "rtl";
    }
    told.textContent = count ? counted("claim", count) : say("inferred");
  }

  /** The head of a group of changes: from whom to whom, and how many where there are other groups. */
  function fillHead(head, { from, to }, count) {
    const key = JSON.stringify([language, from, to, count]);
    if (head.dataset.key === key) return;
    head.dataset.key = key;
    head.replaceChildren(swatch(model, from, "panel", 15, 10), holderName(model, from, 40), arrow(),
      swatch(model, to, "panel", 15, 10), holderName(model, to, 40), count ? ` (${wholeWords(count)})` : "");
  }

  /** Changes by who lost and who gained, the longest list first, the weightiest place first as in the sentence. Rows are used again from day to day. */
  function showChanges(changes, named = []) {
    const moves = new Map();
    for (const change of changes) {
      const key = JSON.stringify([change.from, change.to]);
      if (!moves.has(key)) moves.set(key, []);
      moves.get(key).push(change);
    }
    // What the sentence names comes first; of the others what is weightier.
    const told = (change) => (named.includes(change.place) ? named.indexOf(change.place) : named.length);
    const weight = (change) => model.places[change.place].weight || 0;
    const groups = [...moves.values()].sort((a, b) => b.length - a.length);
    const home = find("changes");
    while (home.children.length > 2 * groups.length) home.lastChild.remove();
    while (home.children.length < 2 * groups.length) home.append(tag("p", { class: "move" }), tag("ul"));
    const rest = [];
    let free = FIRST_ROWS;
    groups.forEach((group, i) => {
      const [head, list] = [home.children[2 * i], home.children[2 * i + 1]];
      fillHead(head, group[0], groups.length > 1 ? group.length : 0);
      const now = Math.min(free, group.length);
      free -= now;
      while (list.children.length > now) list.lastChild.remove();
      group.sort((a, b) => told(a) - told(b) || weight(b) - weight(a) || model.places[a.place].rank - model.places[b.place].rank || String(model.places[a.place].name).localeCompare(model.places[b.place].name)).forEach((change, at) => (at < now ? fillRow(list, at, change) : rest.push([list, at, change])));
    });
    clearTimeout(view.rest);
    if (rest.length) view.rest = setTimeout(() => rest.forEach((row) => fillRow(...row)), REST_AFTER_MS);
  }

  function showBalance(caption, rows) {
    find("balance").hidden = rows.length === 0;
    find("balance").replaceChildren(tag("caption", {}, caption), ...rows.map(([holder, ...cells]) => tag("tr", {},
      tag("th", { scope: "row" }, swatch(model, holder, "panel", 13, 9), " ", holderName(model, holder, 40)), ...cells.map((cell) => tag("td", {}, cell)))));
  }

  /** Each road of the day; of two days, the earlier above the later. */
  function showRoads(first, last) {
    const days = first === null ? [last] : [first, last];
    const key = language + JSON.stringify(days.map((day) => model.roads.map((road) => model.stretches(road, day))));
    if (key === view.roads) return;
    view.roads = key;
    const kilometres = (road, day) => listed(...roadShares(model, road, day).map(([holder, km]) => `${clip(model.partyName(holder), 40)} ${say("{0} km", measureWords(km))}`), beyondWords(model, road, day));
    find("roads").replaceChildren(...model.roads.map((road, i) => {
      const bars = tag("span", { class: "road-bars", dir: "ltr" }, ...days.map((day) => roadBar(model, road, day)));
      const lines = days.map((day) => tag("span", { class: "road-km" }, first === null ? "" : `${dateWords(model.days[day], "short")}: `, isolated(kilometres(road, day), 300)));
      return tag("button", { type: "button", class: "road-line", "data-index": i }, tag("span", { class: "road-name" }, clip(road.name || road.id, 12)), bars, ...lines);
    }));
    if (model.roads.length) find("roads").prepend(tag("h3", {}, say("Highways on this map, and kilometres in all")));
  }

  /** Every post with its standing on the day: the way to them without a mouse. */
  function showPosts() {
    if (!posts.open) return;
    const standings = model.posts.map((post) => model.postStatus(post, view.day));
    const key = language + standings.join();
    if (key === view.posts) return;
    view.posts = key;
    posts.lastElementChild.replaceChildren(...model.posts.map((post, i) => tag("button", { type: "button", class: "post-line", "data-index": i },
      isolated(localName(model, post.name), 60), post.number ? tag("span", {}, say("no. {0}", clip(post.number, 6))) : null,
      tag("span", {}, clip(say(standings[i]), 40)))));
  }

  /** Every place of the day with its holder, for those who cannot see a map; built when somebody opens it. */
  function showTable() {
    const home = find("all-places");
    if (!home.open) return;
    const key = `${language} ${view.day} ${model.asThen}`;
    if (home.dataset.key === key) return;
    home.dataset.key = key;
    const places = [...model.places].sort((a, b) => nameOf(a).localeCompare(nameOf(b), tongue().locale));
    const rows = places.map((place) => {
      const [, holder, contested, besieged, sure] = model.statusAt(place, view.day);
      const [since] = holderSince(model, place, view.day);
      const held = listed(clip(model.partyName(holder), 60), contested && holder !== "contested" ? say("contested") : "", besieged ? say("besieged") : "");
      return tag("tr", {}, tag("th", { scope: "row" }, isolated(nameOf(place), 120)), tag("td", {}, isolated(held)), tag("td", {}, since > 0 ? dateWords(model.days[since]) : "–"), tag("td", {}, typeof sure === "number" ? percentWords(sure) : ""));
    });
    home.lastElementChild.replaceChildren(tag("table", {}, tag("caption", {}, dayWords(model.days[view.day])),
      tag("thead", {}, tag("tr", {}, ...["Place", "Holder", "Since", "Confidence"].map((word) => tag("th", { scope: "col" }, say(word))))), tag("tbody", {}, ...rows)));
  }

  function showOneDay(day) {
    find("date").textContent = dayWords(model.days[day]);
    const [lead, ...others] = daySentences(model, day);
    find("numbers").replaceChildren(tag("b", {}, isolated(lead.trim(), 400)), others.length ? " " : "", isolated(others.join("").trim(), 1200));
    const changes = model.changes(day);
    find("changes-head").textContent = changes.length ? counted("moved", changes.length) : say("No place changed hands");
    // Where no place changed hands the sentence of the day says so already, or tells of something else.
    find("changes-head").hidden = changes.length === 0;
    const lists = () => {
      const asides = [
        ...[[1, "Now contested: {0}"], [0, "No longer contested: {0}"]].map(([now, key]) => [key, disputed(model, day, now)]).filter(([, names]) => names.length).map(([key, names]) => say(key, names.join(comma()))),
        changes.length || model.stands ? "" : lastChangeWords(model, day),
      ].filter(Boolean);
      find("asides").hidden = !asides.length;
      find("asides").replaceChildren(...asides.map((text) => tag("span", {}, isolated(text, 600))));
      const km2 = model.numbers[day]?.km2 || {};
      const moved = Object.keys(km2).filter((holder) => km2[holder].gained >= 0.05 || km2[holder].lost >= 0.05);
      showBalance(say("Area that changed hands, km²"), moved.map((holder) => [holder, signed("+", km2[holder].gained), signed("−", km2[holder].lost)]));
      showChanges(changes, model.told(day).slice(1).flatMap(([, , about]) => about));
      find("events").replaceChildren(...eventList(model, day, view.span, onPick));
      showRoads(null, day);
    };
    clearTimeout(view.lists);
    // Days that run past are not read in lists.
    if (view.begun) view.lists = setTimeout(lists, SETTLE_MS);
    else lists();
    view.begun = true;
  }

  function showTwoDays(first, last) {
    find("asides").hidden = true;
    find("date").textContent = say("Between {0} and {1}", ...[first, last].map((day) => dateWords(model.days[day], "plain")));
    clearTimeout(view.lists);
    const net = netKm2(model, first, last);
    find("numbers").textContent = net.length ? say("Gains and losses of the days between them are set against each other.") : "";
    showBalance(say("Net change of the area held, km²"), net.map(([holder, km2]) => [holder, km2 > 0 ? signed("+", km2) : signed("−", -km2)]));
    const changes = changesBetween(model, first, last);
    find("changes-head").textContent = changes.length ? counted("moved", changes.length) : say("No place changed hands");
    find("changes-head").hidden = false;
    showChanges(changes);
    find("events").replaceChildren();
    showRoads(first, last);
  }

  /** Show a day, or what differs between it and another one. */
  function showDay(day, other = null) {
    view.day = day;
    view.other = other;
    view.stale = unseen();
    const alone = other === null || other === day;
    if (narrow.matches) {
      find("sheet-text").replaceChildren(tag("b", {}, dateWords(model.days[day])), " ",
        alone ? isolated(daySentence(model, day), 300) : isolated(listed(say("Compared with {0}", dateWords(model.days[other])), counted("moved", changesBetween(model, Math.min(day, other), Math.max(day, other)).length),
          ...netKm2(model, Math.min(day, other), Math.max(day, other)).map(([holder, km2]) => `${clip(model.partyName(holder), 40)} ${km2 > 0 ? "+" : "−"}${say("{0} km²", measureWords(Math.abs(km2)))}`)), 300));
    }
    if (view.stale) return;
    if (alone) showOneDay(day);
    else showTwoDays(Math.min(day, other), Math.max(day, other));
    showPosts();
    clearTimeout(view.table);
    view.table = setTimeout(showTable, SETTLE_MS);
  }

  function showSelection(selected, day, anew = false) {
    const home = find("selection");
    home.hidden = !selected;
    if (selected && !anew && view.shown?.item === selected.item && selected.kind === "place" && !model.asThen) {
      // Only the day has changed: the claims stay, with the reader's place among them.
      home.querySelector(".standing").replaceWith(standing(model, selected.item, day));
      setNeedles(home, model, day);
      clearTimeout(view.why);
      view.why = setTimeout(() => fillReasons(home.querySelector(".reasons"), model, selected.item, day), SETTLE_MS);
      return;
    }
    const focused = home.contains(document.activeElement);
    view.shown = selected;
    if (!selected) {
      home.replaceChildren();
      return;
    }
    const close = tag("button", { type: "button", class: "close", "aria-label": say("Close (Esc)") }, "×");
    close.addEventListener("click", () => onPick(null));
    const make = { place: placeCard, post: postCard, road: roadCard, ground: groundCard, event: eventCard, region: regionCard }[selected.kind];
    home.replaceChildren(close, ...make(model, selected.item, day, onPick, view.span));
    setNeedles(home, model, day);
    home.querySelector("h2").tabIndex = -1;
    if (focused) close.focus();
  }

  for (const [id, kind, items] of [["changes", "place", model.places], ["roads", "road", model.roads], ["posts", "post", model.posts]]) {
    find(id).addEventListener("click", (event) => {
      const row = event.target.closest("[data-index]");
      if (row) onPick({ kind, item: items[row.dataset.index] });
    });
  }
  narrow.addEventListener("change", () => showDay(view.day, view.other));
  posts.hidden = model.posts.length === 0;
  posts.addEventListener("toggle", showPosts);
  find("all-places").addEventListener("toggle", showTable);
  sayTitles();
  makeSearch(model, onPick, () => view.day);
  return {
    showDay, showSelection, sayTitles,
    /** Build what was put off while nobody saw it. */
    wake: () => view.stale && showDay(view.day, view.other),
    /** Tell of the events of so many days up to the day shown. */
    spanEvents(days) {
      view.span = days;
      showDay(view.day, view.other);
      if (view.shown?.kind === "event") showSelection(view.shown, view.day);
    },
    /** What is known has changed: nothing shown so far holds. */
    forget() {
      view.roads = "";
      view.posts = "";
    },
  };
}
