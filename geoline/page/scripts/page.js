/* The page as a whole: the day control, what is selected, the address, the language, the keyboard, printing. */

const SPEEDS = [["1×", "normal", 850], ["2×", "double", 425], ["4×", "four times", 210]];
/* So many days ahead and back are opened while the one shown is looked at, and after what time. */
const AHEAD = 20;
const AHEAD_MS = 150;
/* Pixels that a bar has at least. */
const LEAST_BAR = 3;

/** Bars of changes per day above the slider. */
function drawBars(model) {
  const bars = document.getElementById("bars");
  const count = model.days.length;
  // In pixels, so that the patterns of the sides keep their shape.
  const wide = bars.getBoundingClientRect().width || 600;
  bars.setAttribute("viewBox", `0 0 ${wide} 40`);
  // Of a thousand days several are one bar: narrower than this, a bar is not seen.
  const days = Math.max(1, Math.ceil((count * LEAST_BAR) / wide));
  const heaps = Array.from({ length: Math.ceil(count / days) }, (_, i) => barOf(model, i * days, Math.min(count, (i + 1) * days)));
  const most = Math.max(1, ...heaps.map((heap) => heap.total));
  const pieces = [];
  heaps.forEach(({ parts, total }, i) => {
    const [left, width] = [i * days, Math.min(days, count - i * days)].map((number) => (number * wide) / count);
    // The square root keeps a day with one change visible beside one with forty.
    const scale = total ? (Math.sqrt(total / most) * 38) / total : 0;
    let top = 40;
    for (const [number, look] of parts) {
      if (!number) continue;
      top -= number * scale;
      pieces.push(svg("rect", { x: left + width * 0.12, y: top, width: width * 0.76, height: number * scale, ...look }));
    }
    if (!total) pieces.push(svg("rect", { x: left + width * 0.35, y: 38.6, width: width * 0.3, height: 1.4, class: "quiet" }));
  });
  bars.replaceChildren();
  if (!model.stands) definePatterns(model, bars, "bar");
  bars.append(...pieces);
}

/** What a bar of some days is made of: changes by who gained, or events by kind where no place ever changes hands. */
function barOf(model, first, end) {
  const tally = new Map();
  const add = (key, number) => tally.set(key, (tally.get(key) || 0) + number);
  for (let day = first; day < end; day += 1) {
    if (model.stands) model.events.tally(day).forEach((number, i) => add(EVENT_KINDS[i].id, number));
    else for (const change of model.changes(day)) add(change.to, 1);
  }
  const parts = model.stands ? EVENT_KINDS.map(({ id }) => [tally.get(id) || 0, { class: `event-bar event-${id}` }])
    : model.parties.map((party) => [tally.get(party.id) || 0, { fill: `url(#bar-${party.index})` }]);
  return { parts, total: parts.reduce((sum, [number]) => sum + number, 0) };
}

/** Which days may be named below the slider, from the most of them to the fewest. */
const TICK_STEPS = [
  (year, month, day) => day === 1 || day === 15,
  ...[1, 3, 6].map((step) => (year, month, day) => day === 1 && (month - 1) % step === 0),
  ...[1, 2, 5, 10, 20, 50, 100].map((step) => (year, month, day) => day === 1 && month === 1 && year % step === 0),
];

/** Dates below the slider: the first, the last, and between them as many as stand clear of each other. */
function drawTicks(model) {
  const ticks = document.getElementById("ticks");
  const { days } = model;
  const last = days.length - 1;
  // Of days in several years each is said; a year that begins says it for those after it.
  const years = days[0].slice(0, 4) !== days[last].slice(0, 4);
  const wordsOf = (day) => dateWords(days[day], years && (day === 0 || day === last || days[day].slice(5) === "01-01") ? "medium" : "short");
  const pen = document.createElement("canvas").getContext("2d");
  const style = getComputedStyle(ticks.appendChild(tag("span", { class: "tick" }, "")));
  pen.font = `${style.fontSize} ${style.fontFamily}`;
  const wide = ticks.getBoundingClientRect().width || 600;
  const room = (day) => pen.measureText(wordsOf(day)).width + 10;
  const at = (day) => ((day + 0.5) / days.length) * wide;
  const [from, to] = [room(0), wide - room(last)];
  const clear = (inner) => inner.every((day, i) => i === 0 || at(day) - at(inner[i - 1]) > (room(day) + room(inner[i - 1])) / 2);
  const named = TICK_STEPS.map((step) => days.flatMap((iso, day) => (step(...iso.split("-").map(Number)) && at(day) - room(day) / 2 > from && at(day) + room(day) / 2 < to ? [day] : [])));
  const inner = named.find(clear) || [];
  const ends = last > 0 && from < to ? [0, last] : [last];
  ticks.replaceChildren(...[...ends, ...inner].map((day) => {
    const tick = tag("span", { class: day === last ? "tick last" : day === 0 ? "tick first" : "tick", dir: "auto" }, wordsOf(day));
    tick.style.left = `${((day + 0.5) / days.length) * 100}%`;
    return tick;
  }));
}

/** Read "#day=2020-01-28&place=ID" into an object of texts. */
function readFragment() {
  try {
    return Object.fromEntries(new URLSearchParams(window.location.hash.slice(1)));
  } catch {
    return {};
  }
}

/** The reader's language: what the address asks for, or else the browser's. */
function wantedLanguage(fragment) {
  const spoken = [fragment.lang, ...(navigator.languages || []).map((code) => code.split("-")[0]), "en"];
  return spoken.find((id) => SPOKEN.order.includes(id)) ?? SPOKEN.order[0];
}

/** Leaflet's own controls in the language of the interface. */
function sayLeaflet(leaflet) {
  for (const way of ["in", "out"]) {
    const button = leaflet.getContainer().querySelector(`.leaflet-control-zoom-${way}`);
    if (!button) continue;
    button.title = say(`Zoom ${way}`);
    button.setAttribute("aria-label", button.title);
  }
  // The scale is written anew when the map moves.
  leaflet.fire("move");
}

L.Control.Scale.include({
  _updateMetric(most) {
    const metres = this._getRoundNum(most);
    this._updateScale(this._mScale, metres < 1000 ? say("{0} m", metres) : say("{0} km", metres / 1000), metres / most);
  },
});

/** The day that an address asks for and the one beside it; null where it asks for none. */
function daysOf(model, fragment) {
  return [fragment.day, fragment.with].map((iso) => (model.days.includes(iso) ? model.days.indexOf(iso) : null));
}

/** All days of which something is drawn where a day is shown, and another one beside it. */
const daysAround = (day, other) => [day, day - 1, day - GHOST_DAYS, other ?? day];

function openPage() {
  const model = makeModel(window.geolinePayload);
  const last = model.days.length - 1;
  // `wanted` is what the reader asked for last: it is shown when it is there, and `then` is done what waits for it.
  const state = { day: -1, other: null, wanted: { day: -1, other: null }, then: [], selected: null, timer: 0, speed: 0, settled: 0, address: "", usual: wantedLanguage({}) };
  const find = (id) => document.getElementById(id);
  speak(wantedLanguage(readFragment()));
  sayPage();
  const panel = makePanel(model, select);
  if (window.innerWidth <= 900 || window.innerHeight <= 560) find("legend").open = false;
  const map = makeMap(model, select);
  const legend = makeLegend(model, map, (days) => panel.spanEvents(days));
  drawBars(model);
  drawTicks(model);
  sayLeaflet(map.leaflet);
  makeTiles(model, map.leaflet);
  standInFrame(model, map.leaflet);
  const marks = makeMarks(model, (day) => {
    play(false);
    setDay(day);
  });
  const chart = makeChart(model, (day) => {
    play(false);
    setDay(day);
  });
  const tools = makeTools(model, { compare, swiped: () => map.compare(state.other), setKnown, setLanguage, state, leaflet: map.leaflet, address });
  saySpeed();

  const slider = find("slider");
  slider.setAttribute("aria-valuemax", last);

  const wait = makeWait();

  function setDay(day, playing = false) {
    turnTo(day, state.wanted.other, { playing });
  }

  /** Set the day beside another one; null ends the comparison. */
  function compare(other) {
    turnTo(state.wanted.day, model.days[other] ? other : null);
  }

  /** Show a day and another one beside it, then do something: at once, or when what is drawn of them is there. */
  function turnTo(day, other, { playing = false, then = null } = {}) {
    const wanted = { day: Math.min(last, Math.max(0, day)), other };
    if (then) state.then.push(then);
    state.wanted = wanted;
    slider.setAttribute("aria-valuenow", wanted.day);
    placeThumb("thumb", wanted.day);
    find("back").disabled = wanted.day === 0;
    find("forward").disabled = wanted.day === last;
    const arrive = () => {
      showDay(wanted.day, playing);
      showOther(wanted.other);
      for (const next of state.then.splice(0)) next();
      clearTimeout(state.ahead);
      state.ahead = setTimeout(lookAhead, AHEAD_MS);
    };
    const due = model.bring(daysAround(wanted.day, wanted.other));
    // The first view of the page is always there.
    if (due && state.day < 0) showDay(model.data.opening || 0);
    wait.until(due, model.days[wanted.day], arrive, () => {
      play(false);
      turnTo(state.day, state.other);
    });
  }

  /** Open the days around the one shown before they are asked for. */
  function lookAhead() {
    const idle = window.requestIdleCallback ?? setTimeout;
    for (const day of [state.day + AHEAD, state.day - AHEAD]) {
      if (model.days[day]) Promise.resolve(model.bring([day])).then(() => idle(() => model.open(day)), () => {});
    }
  }

  function showDay(next, playing = false) {
    if (next === state.day) return;
    state.day = next;
    document.documentElement.dataset.day = model.days[next];
    map.showDay(next, playing);
    sayDay();
    if (state.selected) panel.showSelection(state.selected, next);
    settle();
  }

  const placeThumb = (id, day) => { find(id).style.left = `${((day + 0.5) / model.days.length) * 100}%`; };

  /** Say the day in words wherever it is said. */
  function sayDay() {
    slider.setAttribute("aria-valuetext", dayWords(model.days[state.day]));
    find("clock").textContent = dateWords(model.days[state.day], "plain");
    panel.showDay(state.day, state.other);
    chart.showDay(state.day);
    legend.showDay(state.day);
  }

  function showOther(other) {
    if (other === state.other) return;
    state.other = other;
    find("thumb-with").hidden = other === null;
    if (other !== null) placeThumb("thumb-with", other);
    tools.showCompared(other);
    map.compare?.(other);
    panel.showDay(state.day, other);
    settle();
  }

  /** Show what was known by another day. */
  function setKnown(id) {
    if (!model.setKnown || String(id) === String(state.known ?? model.knowns[0]?.id)) return;
    state.known = id;
    model.setKnown(id);
    tools.showKnown(id);
    marks.draw();
    drawAnew();
    settle();
  }

  function setLanguage(id) {
    if (id === language) return;
    speak(id);
    sayPage();
    panel.sayTitles();
    tools.sayLanguage();
    saySpeed();
    legend.draw();
    marks.draw();
    drawTicks(model);
    sayLeaflet(map.leaflet);
    drawAnew();
    settle();
  }

  /** Build everything again that rests on what is known, or on the language. */
  function drawAnew() {
    if (state.day < 0) return;
    panel.forget();
    (map.refresh ?? map.showDay)(state.day);
    map.settle();
    sayDay();
    chart.forget();
    if (state.selected?.kind === "ground") delete state.selected.item.runs;
    if (state.selected) panel.showSelection(state.selected, state.day, true);
  }

  /** Show the card of an item. Of a piece of ground all days have to be there, for it tells since when it is whose. */
  function select(selected) {
    state.asked = selected;
    const due = selected?.kind === "ground" ? model.bring([...model.days.keys()]) : null;
    const show = () => state.asked === selected && showSelected(selected);
    if (due) due.then(show, show);
    else show();
  }

  function showSelected(selected) {
    state.selected = selected;
    panel.showSelection(selected, state.day);
    find("panel").classList.toggle("selected", Boolean(selected));
    if (selected) {
      find("panel-body").scrollTop = 0;
      openSheet(true);
      map.leaflet.invalidateSize({ animate: false });
    }
    map.select(selected);
    settle();
  }

  /** The fragment that leads back to what is shown now. */
  function address() {
    const parts = new URLSearchParams({ day: model.days[state.day] });
    if (state.other !== null) parts.set("with", model.days[state.other]);
    if (state.known !== undefined && String(state.known) !== String(model.knowns[0].id)) parts.set("known", state.known);
    if (state.selected) parts.set(state.selected.kind, String(state.selected.item.id).slice(0, 200));
    if (language !== state.usual) parts.set("lang", language);
    const off = [...document.querySelectorAll("#legend .toggles input")].filter((box) => !box.checked).map((box) => box.id.replace("layer-", ""));
    if (off.length) parts.set("hide", off.join(","));
    const { leaflet } = map;
    if (map.moved()) parts.set("view", [leaflet.getCenter().lat.toFixed(4), leaflet.getCenter().lng.toFixed(4), leaflet.getZoom().toFixed(2)].join(","));
    if (/[#&]embed=1/u.test(state.address)) parts.set("embed", 1);
    return `#${parts}`;
  }

  // The address follows a moment later: browsers refuse more than a few changes a second.
  function settle() {
    clearTimeout(state.settled);
    state.settled = setTimeout(() => {
      // An address that somebody changed meanwhile is read first, not written over; so is one whose day is waited for.
      if (window.location.hash !== state.address || state.day !== state.wanted.day) return;
      try {
        window.history.replaceState(null, "", address());
        state.address = window.location.hash;
      } catch {
        // Inside some frames the address cannot be changed; the map works all the same.
      }
    }, 120);
  }

  function openSheet(open) {
    find("panel").classList.toggle("open", open);
    find("sheet").setAttribute("aria-expanded", String(open));
    find("sheet").setAttribute("aria-label", open ? say("Close what the map shows") : "");
    if (open) panel.wake();
  }

  function play(on) {
    clearInterval(state.timer);
    state.timer = 0;
    if (on) {
      if (state.wanted.day === last) setDay(0);
      state.timer = setInterval(() => {
        // A day that is not there yet is waited for.
        if (state.day === state.wanted.day) setDay(state.day + 1, true);
        if (state.day === last && state.wanted.day === last) play(false);
      }, SPEEDS[state.speed][2]);
    }
    find("play").classList.toggle("playing", on);
    find("play").setAttribute("aria-label", say(on ? "Pause" : "Play"));
    find("numbers").setAttribute("aria-live", on ? "off" : "polite");
  }

  function saySpeed() {
    const [sign, word] = SPEEDS[state.speed];
    find("speed").textContent = sign;
    find("speed").setAttribute("aria-label", say("Speed {0}, {1}", sign, say(word)));
  }

  /** The places whose events an address asks for, as an item; null where there are none. */
  function eventsOf(ids) {
    const places = String(ids ?? "").split(",").map((id) => model.places[model.placeIndex.get(id)]).filter(Boolean);
    return places.length ? eventItem(places) : null;
  }

  /** Switch off the layers that an address hides, and the others on. */
  function showLayers(hide) {
    const off = String(hide ?? "").split(",");
    for (const box of document.querySelectorAll("#legend .toggles input")) {
      const on = !off.includes(box.id.replace("layer-", ""));
      if (box.checked === on) continue;
      box.checked = on;
      map.toggle(box.id.replace("layer-", ""), on);
    }
  }

  function goTo(fragment) {
    state.address = window.location.hash;
    if (fragment.lang) setLanguage(fragment.lang);
    if (fragment.known) setKnown(fragment.known);
    showLayers(fragment.hide);
    const [day, other] = daysOf(model, fragment);
    const shown = state.wanted.day >= 0 ? state.wanted.day : model.data.opening || 0;
    turnTo(day ?? shown, other, { then: () => {
      const [lat, lon] = String(fragment.ground ?? "").split(",").map(Number);
      const chosen = [
        ["place", model.places.find((place) => String(place.id) === fragment.place)],
        ["post", model.posts.find((post) => String(post.id) === fragment.post)],
        ["region", fragment.region && model.regions.find((region) => region.name === fragment.region)],
        ["road", model.roads.find((road) => String(road.id) === fragment.road)],
        ["event", eventsOf(fragment.event)],
        ["ground", fragment.ground ? settlementAt(model, lat, lon, state.day) ?? groundAt(model, lat, lon, state.day) : null],
      ].find(([, item]) => item);
      if (chosen) select({ kind: chosen[0], item: chosen[1] });
      else if (state.selected) select(null);
      const view = String(fragment.view ?? "").split(",").map(Number);
      if (view.length === 3 && view.every(Number.isFinite)) map.leaflet.setView([view[0], view[1]], view[2], { animate: false });
    } });
  }

  find("back").addEventListener("click", () => setDay(state.wanted.day - 1));
  find("forward").addEventListener("click", () => setDay(state.wanted.day + 1));
  find("play").addEventListener("click", () => play(!state.timer));
  find("speed").addEventListener("click", () => {
    state.speed = (state.speed + 1) % SPEEDS.length;
    saySpeed();
    if (state.timer) play(true);
  });
  find("sheet").addEventListener("click", () => openSheet(!find("panel").classList.contains("open")));
  listenToSlider(slider, model, state, setDay, play);
  listenToKeys(state, { setDay, play, select, compare });
  window.addEventListener("hashchange", () => goTo(readFragment()));
  listenToPrinting(map, panel, chart, placeLegend(map, openSheet), () => fillPaper(model, state.day, state.other));
  new ResizeObserver(() => map.clearCards()).observe(find("legend"));
  // Who folds or opens it has decided.
  find("legend").querySelector("summary").addEventListener("click", () => { find("legend").dataset.kept = "yes"; });
  find("legend").addEventListener("toggle", map.clearLegend);
  new ResizeObserver(() => map.leaflet.invalidateSize({ animate: false })).observe(find("frame"));
  new ResizeObserver(() => {
    drawTicks(model);
    drawBars(model);
    marks.draw();
  }).observe(slider);

  goTo(readFragment());
  map.leaflet.on("moveend", settle);
  find("legend").addEventListener("change", settle);
  // The chart is below the first sight of the page: it is drawn once that is there.
  if (window.innerWidth > 900) setTimeout(() => chart.open(), 400);
  const holderOf = (placeId) => {
    const index = model.placeIndex.get(placeId);
    return index === undefined ? null : model.statusAt(model.places[index], state.day)[1];
  };
  window.geoline = Object.freeze({
    setDay: (iso) => setDay(model.days.indexOf(iso) >= 0 ? model.days.indexOf(iso) : state.wanted.day),
    compare: (iso) => compare(model.days.indexOf(iso) >= 0 ? model.days.indexOf(iso) : null),
    setLanguage, holderOf,
    get day() {
      return model.days[state.day];
    },
    map: map.leaflet,
  });
}

/** Pointer and arrow keys on the slider. */
function listenToSlider(slider, model, state, setDay, play) {
  const dayAt = (event) => {
    const box = slider.getBoundingClientRect();
    return Math.floor(((event.clientX - box.left) / box.width) * model.days.length);
  };
  slider.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    slider.setPointerCapture(event.pointerId);
    play(false);
    setDay(dayAt(event));
  });
  slider.addEventListener("pointermove", (event) => {
    if (slider.hasPointerCapture(event.pointerId)) setDay(dayAt(event));
  });
  slider.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 7 : 1;
    const { day } = state.wanted;
    const moves = {
      ArrowRight: day + step, ArrowUp: day + step, ArrowLeft: day - step, ArrowDown: day - step,
      PageUp: day + 7, PageDown: day - 7, Home: 0, End: model.days.length - 1,
    };
    if (!Object.hasOwn(moves, event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    play(false);
    setDay(moves[event.key]);
  });
}

/** Keys that work wherever the focus is: space plays, Esc clears the selection, then the comparison. */
function listenToKeys(state, { setDay, play, select, compare }) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.closest?.("input, textarea, select, button, a, summary");
    if (event.key === "Escape" && !event.defaultPrevented) {
      if (state.selected) select(null);
      else compare(null);
    }
    if (event.key === " " && !typing) {
      event.preventDefault();
      play(!state.timer);
    }
    const free = event.target === document.body && ["ArrowRight", "ArrowLeft"].includes(event.key);
    if (free) {
      event.preventDefault();
      setDay(state.wanted.day + (event.key === "ArrowRight" ? 1 : -1) * (event.shiftKey ? 7 : 1));
    }
  });
}

/** On paper the map has the size of the sheet, not of the window, and shows what the window showed. */
function listenToPrinting(map, panel, chart, moveLegend, fill) {
  const media = window.matchMedia("print");
  let before = null;
  const prepare = () => {
    if (before) return;
    before = { bounds: map.leaflet.getBounds(), legend: document.getElementById("legend").open };
    document.documentElement.classList.add("printing");
    moveLegend();
    panel.wake();
    chart.open(true);
    fill();
    document.getElementById("legend").open = true;
    map.leaflet.invalidateSize({ animate: false });
    map.leaflet.fitBounds(before.bounds, { animate: false });
  };
  const restore = () => {
    if (!before) return;
    document.documentElement.classList.remove("printing");
    document.getElementById("legend").open = before.legend;
    moveLegend();
    map.leaflet.invalidateSize({ animate: false });
    map.leaflet.fitBounds(before.bounds, { animate: false });
    before = null;
  };
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
  media.addEventListener("change", () => (media.matches ? prepare() : restore()));
}

openPage();
