/* The page as a whole: the day control, what is selected, the address, the keyboard, the legend, printing. */

const SPEEDS = [["1×", "normal", 850], ["2×", "double", 425], ["4×", "four times", 210]];
const POST_STATES = [["behind own lines", "Behind own lines"], ["at the front", "At the front"], ["encircled", "Encircled"], ["withdrawn", "Withdrawn"]];
const LAYERS = [["names", "Names"], ["places", "Places"], ["highways", "Highways"], ["posts", "Posts"], ["ghost", "Earlier front"], ["band", "Band"]];

/** Bars of changes per day above the slider, and dates below it. */
function drawBars(model) {
  const bars = document.getElementById("bars");
  const count = model.days.length;
  const most = Math.max(1, ...model.days.map((_, day) => model.changes(day).length));
  bars.setAttribute("viewBox", `0 0 ${count * 10} 40`);
  model.days.forEach((_, day) => {
    const tally = new Map();
    for (const change of model.changes(day)) tally.set(change.to, (tally.get(change.to) || 0) + 1);
    const total = model.changes(day).length;
    // The square root keeps a day with one change visible beside one with forty.
    const scale = total ? (Math.sqrt(total / most) * 38) / total : 0;
    let top = 40;
    for (const party of model.parties) {
      const height = (tally.get(party.id) || 0) * scale;
      if (!height) continue;
      top -= height;
      svg("rect", { x: day * 10 + 1.2, y: top, width: 7.6, height, fill: party.color }, bars);
    }
    if (!total) svg("rect", { x: day * 10 + 3.5, y: 38.6, width: 3, height: 1.4, class: "quiet" }, bars);
  });
  const ticks = document.getElementById("ticks");
  model.days.forEach((iso, day) => {
    const first = day === 0;
    const dayOfMonth = Number(iso.slice(8));
    const last = day === count - 1;
    if (!first && !last && dayOfMonth !== 1 && dayOfMonth !== 15) return;
    const near = !first && !last && (day < count * 0.09 || day > count * 0.91);
    if (near) return;
    const tick = tag("span", { class: first ? "tick first" : last ? "tick last" : dayOfMonth === 1 ? "tick" : "tick mid" }, dateWords(iso, shortDate));
    tick.style.left = `${((day + 0.5) / count) * 100}%`;
    ticks.append(tick);
  });
}

/** The legend, whose boxes switch layers on and off. */
function drawLegend(model, map) {
  const body = document.getElementById("legend-body");
  const row = (picture, text, { ar = "", wide = false } = {}) => tag("li", wide ? { class: "wide" } : {}, picture,
    tag("span", { class: "names" }, isolated(text, 60), " ", ar ? isolated(ar, 60, { lang: "ar", dir: "rtl", class: "ar" }) : null));
  const present = new Set(["contested", UNKNOWN]);
  model.places.forEach((place) => model.statusRuns(place).forEach((run) => present.add(run[1])));
  const holders = tag("ul", {}, ...model.parties.filter((party) => present.has(party.id))
    .map((party) => row(swatch(model, party.id, "panel", 24, 14), party.name, { ar: party.nameAr, wide: true })));
  const picture = (draw, width = 24) => {
    const box = svg("svg", { width, height: 18, viewBox: `${-width / 2} -9 ${width} 18`, "aria-hidden": "true", class: "sign" });
    draw(box);
    return box;
  };
  const line = (...classes) => picture((box) => classes.forEach((name) => svg("path", { d: "M-12 0H12", class: name }, box)));
  const inks = [model.parties[0], model.parties[1] || model.parties[0]].map((party) => party.color);
  const dot = (box, r, name = "dot") => svg("circle", { r, class: name }, box).style.setProperty("--party", inks[0]);
  const signs = tag("ul", {},
    row(line("front-casing", "front"), "Front line"),
    row(line("ghost"), "A week before"),
    row(picture((box) => svg("path", { d: "M-12 -7H12V7H-12Z", class: "band" }, box)), "Where the line may run (90 %)", { wide: true }),
    row(picture((box) => {
      svg("circle", { r: 6.5, class: "ring-halo" }, box);
      svg("circle", { r: 6.5, class: "ring" }, box).style.setProperty("--party", inks[0]);
      dot(box, 2.6);
    }), "Changed hands that day, with its ground", { wide: true }),
    row(picture((box) => dot(box, 4, "dot contested")), "Contested"),
    row(picture((box) => dot(box, 4, "dot weak")), "One side's word"),
    row(picture((box) => dot(box, 4, "dot vague")), "Position a guess"),
    row(picture((box) => {
      svg("circle", { r: 7, class: "siege" }, box);
      dot(box, 3);
    }), "Besieged"),
    row(picture((box) => {
      svg("path", { d: "M-12 0H12", class: "road-casing" }, box);
      svg("path", { d: "M-12 0H0", class: "road" }, box).style.setProperty("--party", inks[0]);
      svg("path", { d: "M0 0H12", class: "road" }, box).style.setProperty("--party", inks[1]);
      const holders = [model.parties[0], model.parties[1] || model.parties[0]];
      holders.forEach((party, i) => svg("path", { d: i ? "M0 0H12" : "M-12 0H0", class: roadMark(party) || "road-plain" }, box));
    }), "Highway, by who holds it", { wide: true }),
    row(picture((box) => {
      svg("path", { d: "M-12 0H12", class: "road-casing" }, box);
      svg("path", { d: "M-12 0H12", class: "road-doubt" }, box);
      svg("path", { d: "M-12 0H12", class: "road" }, box).style.setProperty("--party", inks[0]);
    }), "Doubtful"),
    row(picture((box) => {
      svg("path", { d: "M-12 0H12", class: "road-casing" }, box);
      svg("path", { d: "M-12 0H12", class: "road" }, box).style.setProperty("--party", inks[0]);
      drawCut(svg("g", {}, box));
    }), "Highway cut"));
  const post = (status, astana) => picture((box) => {
    const mark = svg("g", { class: postClass(status), transform: astana ? "translate(-3 2)" : "" }, box);
    drawPost(mark, { astana, number: astana ? "9" : "" }, status);
  }, 20);
  const posts = tag("ul", { class: "posts-key" }, ...POST_STATES.map(([status, words]) => row(post(status, false), words)),
    row(post("behind own lines", true), "One of the twelve agreed in Astana", { wide: true }));
  const toggles = tag("div", { class: "toggles", role: "group", "aria-label": "Layers" });
  for (const [name, words] of LAYERS) {
    const box = tag("input", { type: "checkbox", id: `layer-${name}` });
    box.checked = true;
    box.addEventListener("change", () => map.toggle(name, box.checked));
    toggles.append(tag("label", {}, box, ` ${words}`));
  }
  body.append(holders, tag("h3", {}, "Lines and places"), signs);
  if (model.posts.length) body.append(tag("h3", {}, "Turkish posts"), posts);
  body.append(tag("h3", { class: "screen-only" }, "Show"), toggles);
}

/** Read "#day=2020-01-28&place=ID" into an object of texts. */
function readFragment() {
  try {
    return Object.fromEntries(new URLSearchParams(window.location.hash.slice(1)));
  } catch {
    return {};
  }
}

function openPage() {
  const model = makeModel(window.geolinePayload);
  const last = model.days.length - 1;
  const state = { day: -1, selected: null, timer: 0, speed: 0, settled: 0, address: "" };
  const find = (id) => document.getElementById(id);
  const panel = makePanel(model, select);
  if (window.innerWidth <= 900 || window.innerHeight <= 560) find("legend").open = false;
  const map = makeMap(model, select);
  drawLegend(model, map);
  drawBars(model);

  const slider = find("slider");
  slider.setAttribute("aria-valuemax", last);

  function setDay(day) {
    const next = Math.min(last, Math.max(0, day));
    if (next === state.day) return;
    state.day = next;
    const iso = model.days[next];
    document.documentElement.dataset.day = iso;
    slider.setAttribute("aria-valuenow", next);
    slider.setAttribute("aria-valuetext", dayWords(iso));
    find("thumb").style.left = `${((next + 0.5) / model.days.length) * 100}%`;
    find("clock").textContent = dateWords(iso, plainDate);
    find("back").disabled = next === 0;
    find("forward").disabled = next === last;
    map.showDay(next);
    panel.showDay(next);
    if (state.selected) panel.showSelection(state.selected, next);
    settle();
  }

  function select(selected) {
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

  // The address follows a moment later: browsers refuse more than a few changes a second.
  function settle() {
    clearTimeout(state.settled);
    state.settled = setTimeout(() => {
      // An address that somebody changed meanwhile is read first, not written over.
      if (window.location.hash !== state.address) return;
      const parts = new URLSearchParams({ day: model.days[state.day] });
      if (state.selected) parts.set(state.selected.kind, String(state.selected.item.id).slice(0, 200));
      try {
        window.history.replaceState(null, "", `#${parts}`);
        state.address = window.location.hash;
      } catch {
        // Inside some frames the address cannot be changed; the map works all the same.
      }
    }, 120);
  }

  function openSheet(open) {
    find("panel").classList.toggle("open", open);
    find("sheet").setAttribute("aria-expanded", String(open));
    find("sheet").setAttribute("aria-label", open ? "Close what the map shows" : "");
  }

  function play(on) {
    clearInterval(state.timer);
    state.timer = 0;
    if (on) {
      if (state.day === last) setDay(0);
      state.timer = setInterval(() => {
        setDay(state.day + 1);
        if (state.day === last) play(false);
      }, SPEEDS[state.speed][2]);
    }
    find("play").classList.toggle("playing", on);
    find("play").setAttribute("aria-label", on ? "Pause" : "Play");
    find("numbers").setAttribute("aria-live", on ? "off" : "polite");
  }

  function goTo(fragment) {
    state.address = window.location.hash;
    const day = model.days.indexOf(fragment.day);
    setDay(day >= 0 ? day : state.day >= 0 ? state.day : model.data.opening || 0);
    const chosen = [
      ["place", model.places.find((place) => String(place.id) === fragment.place)],
      ["post", model.posts.find((post) => String(post.id) === fragment.post)],
      ["road", model.roads.find((road) => String(road.id) === fragment.road)],
    ].find(([, item]) => item);
    if (chosen) select({ kind: chosen[0], item: chosen[1] });
    else if (state.selected) select(null);
  }

  find("back").addEventListener("click", () => setDay(state.day - 1));
  find("forward").addEventListener("click", () => setDay(state.day + 1));
  find("play").addEventListener("click", () => play(!state.timer));
  find("speed").addEventListener("click", () => {
    state.speed = (state.speed + 1) % SPEEDS.length;
    find("speed").textContent = SPEEDS[state.speed][0];
    find("speed").setAttribute("aria-label", `Speed ${SPEEDS[state.speed].slice(0, 2).join(", ")}`);
    if (state.timer) play(true);
  });
  find("sheet").addEventListener("click", () => openSheet(!find("panel").classList.contains("open")));
  listenToSlider(slider, model, state, setDay, play);
  listenToKeys(state, setDay, play, select);
  window.addEventListener("hashchange", () => goTo(readFragment()));
  listenToPrinting(map);
  find("legend").addEventListener("toggle", map.settle);
  new ResizeObserver(() => map.leaflet.invalidateSize({ animate: false })).observe(find("frame"));

  goTo(readFragment());
  const holderOf = (placeId) => {
    const index = model.placeIndex.get(placeId);
    return index === undefined ? null : model.statusAt(model.places[index], state.day)[1];
  };
  window.geoline = Object.freeze({
    setDay: (iso) => setDay(model.days.indexOf(iso) >= 0 ? model.days.indexOf(iso) : state.day),
    holderOf,
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
    const moves = {
      ArrowRight: state.day + step, ArrowUp: state.day + step, ArrowLeft: state.day - step, ArrowDown: state.day - step,
      PageUp: state.day + 7, PageDown: state.day - 7, Home: 0, End: model.days.length - 1,
    };
    if (!Object.hasOwn(moves, event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    play(false);
    setDay(moves[event.key]);
  });
}

/** Keys that work wherever the focus is: space plays, Esc clears the selection. */
function listenToKeys(state, setDay, play, select) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.closest?.("input, textarea, select, button, a, summary");
    if (event.key === "Escape") select(null);
    if (event.key === " " && !typing) {
      event.preventDefault();
      play(!state.timer);
    }
    const free = event.target === document.body && ["ArrowRight", "ArrowLeft"].includes(event.key);
    if (free) {
      event.preventDefault();
      setDay(state.day + (event.key === "ArrowRight" ? 1 : -1) * (event.shiftKey ? 7 : 1));
    }
  });
}

/** On paper the map has the size of the sheet, not of the window, and shows what the window showed. */
function listenToPrinting(map) {
  const media = window.matchMedia("print");
  let before = null;
  const prepare = () => {
    if (before) return;
    before = { bounds: map.leaflet.getBounds() };
    document.documentElement.classList.add("printing");
    map.leaflet.invalidateSize({ animate: false });
    map.leaflet.fitBounds(before.bounds, { animate: false });
  };
  const restore = () => {
    if (!before) return;
    document.documentElement.classList.remove("printing");
    map.leaflet.invalidateSize({ animate: false });
    map.leaflet.fitBounds(before.bounds, { animate: false });
    before = null;
  };
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", restore);
  media.addEventListener("change", () => (media.matches ? prepare() : restore()));
}

openPage();
