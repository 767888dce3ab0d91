/* The legend, whose boxes switch layers on and off. */

const POST_STATES = [["behind own lines", "Behind own lines"], ["at the front", "At the front"], ["encircled", "Encircled"], ["withdrawn", "Withdrawn"]];
const LAYERS = [
  ["names", "Names"], ["places", "Places"], ["highways", "Highways"], ["posts", "Posts"], ["events", "Events"], ["settlements", "Other settlements"], ["ghost", "Earlier front"], ["band", "Band"],
];

/** The legend of a map. `onSpan` hears of how many days events are to be shown. */
function makeLegend(model, map, onSpan) {
  let shownDay = 0;
  let span = model.eventSpan;
  const spanned = (days) => {
    span = days;
    map.spanEvents(days);
    onSpan(days);
    showCounts();
  };

  function showCounts() {
    if (!model.events.any) return;
    const counts = eventCounts(model.events.upTo(shownDay, span));
    for (const { id } of model.events.kinds) document.getElementById(`count-${id}`).textContent = wholeWords(counts.get(id) || 0);
  }

  const draw = () => {
    drawLegend(model, map, span, spanned);
    showCounts();
  };
  draw();
  let due = 0;
  return {
    draw,
    showDay(day) {
      shownDay = day;
      // Days that run past are not counted.
      clearTimeout(due);
      due = setTimeout(showCounts, SETTLE_MS);
    },
  };
}

/** The part of the legend about events: a box for each kind with its number, and of how many days they are. */
function eventLegend(model, map, span, onSpan) {
  const rows = model.events.kinds.map(({ id, label }) => {
    const box = tag("input", { type: "checkbox", id: `event-${id}` });
    box.checked = document.getElementById(box.id)?.checked ?? true;
    box.addEventListener("change", () => map.filterEvents(id, box.checked));
    return tag("li", { class: "wide" }, tag("label", {}, box, eventPicture(id), tag("span", { class: "names" }, say(label), tag("b", { id: `count-${id}` }))));
  });
  const choice = tag("select", { id: "event-span", "aria-label": say("Events") }, ...EVENT_SPANS.map(([days, words]) => tag("option", { value: days }, say(words))));
  choice.value = span;
  choice.addEventListener("change", () => onSpan(Number(choice.value)));
  return [tag("h3", { class: "event-head" }, say("Events"), choice), tag("ul", {}, ...rows)];
}

/** Which layers there is something of. */
function layersOf(model) {
  const there = { highways: model.roads.length, posts: model.posts.length, events: model.events.any, settlements: model.hasSettlements, ghost: model.hasFront, band: model.hasFront };
  return LAYERS.filter(([name]) => there[name] ?? true);
}

/** Draw the legend anew, in the language of the interface; boxes keep their state. */
function drawLegend(model, map, span, onSpan) {
  const body = document.getElementById("legend-body");
  const layers = layersOf(model);
  const shown = Object.fromEntries(LAYERS.map(([name]) => [name, document.getElementById(`layer-${name}`)?.checked]));
  const row = (picture, text, { other = null, wide = false } = {}) => tag("li", wide ? { class: "wide" } : {}, picture,
    tag("span", { class: "names" }, isolated(say(text), 60), other ? " " : null, other));
  const present = new Set(["contested", UNKNOWN]);
  model.places.forEach((place) => model.statusRuns(place).forEach((run) => present.add(run[1])));
  const holders = tag("ul", {}, ...model.parties.filter((party) => present.has(party.id))
    .map((party) => {
      const other = language === "ar" ? isolated(party.name, 60, { class: "other" }) : SPOKEN.order.includes("ar") && party.nameAr ? isolated(party.nameAr, 60, { ...ARABIC_NAME, class: "ar other" }) : null;
      const box = tag("input", { type: "checkbox", id: `holder-${party.index}` });
      box.checked = document.getElementById(box.id)?.checked ?? true;
      box.addEventListener("change", () => map.filter(party.id, box.checked));
      const item = row(swatch(model, party.id, "panel", 24, 14), model.partyName(party.id), { other, wide: true });
      item.replaceChildren(tag("label", {}, box, ...item.childNodes));
      return item;
    }));
  const picture = (draw, width = 24) => {
    const box = svg("svg", { width, height: 18, viewBox: `${-width / 2} -9 ${width} 18`, "aria-hidden": "true", class: "sign" });
    draw(box);
    return box;
  };
  const line = (...classes) => picture((box) => classes.forEach((name) => svg("path", { d: "M-12 0H12", class: name }, box)));
  const inks = [model.parties[0], model.parties[1] || model.parties[0]].map((party) => party.color);
  const dot = (box, r, name = "dot") => svg("circle", { r, class: name }, box).style.setProperty("--party", inks[0]);
  const signs = tag("ul", {},
    ...(model.hasFront ? [
      row(line("front-casing", "front"), "Front line"),
      row(line("ghost"), "A week before"),
      row(picture((box) => svg("path", { d: "M-12 -7H12V7H-12Z", class: "band", fill: "url(#panel-doubt)" }, box)), "Where the line may run (90 %)", { wide: true }),
    ] : []),
    ...(model.stands ? [] : [row(picture((box) => {
      svg("path", { d: "M-12 -8H12V8H-12Z", fill: "url(#panel-gain-0)" }, box);
      svg("circle", { r: 6.5, class: "ring-halo" }, box);
      svg("circle", { r: 6.5, class: "ring" }, box).style.setProperty("--party", inks[0]);
      dot(box, 2.6);
    }), "Changed hands that day, with its ground", { wide: true })]),
    row(picture((box) => dot(box, 4, "dot contested")), "Contested"),
    row(picture((box) => dot(box, 4, "dot weak")), "One side's word"),
    row(picture((box) => dot(box, 4, "dot vague")), "Position a guess"),
    row(picture((box) => {
      svg("circle", { r: 7, class: "siege" }, box);
      dot(box, 3);
    }), "Besieged"),
    ...(model.roads.length ? [row(picture((box) => {
      svg("path", { d: "M-12 0H12", class: "road-casing" }, box);
      svg("path", { d: "M-12 0H0", class: "road" }, box).style.setProperty("--party", inks[0]);
      svg("path", { d: "M0 0H12", class: "road" }, box).style.setProperty("--party", inks[1]);
      const pair = [model.parties[0], model.parties[1] || model.parties[0]];
      pair.forEach((party, i) => svg("path", { d: i ? "M0 0H12" : "M-12 0H0", class: roadMark(party) || "road-plain" }, box));
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
    }), "Highway cut")] : []));
  const post = (status, agreed) => picture((box) => {
    const mark = svg("g", { class: postClass(status), transform: agreed ? "translate(-3 2)" : "" }, box);
    drawPost(mark, { agreed, number: agreed ? "9" : "" }, status);
  }, 20);
  const posts = tag("ul", { class: "posts-key" }, ...POST_STATES.map(([status, label]) => row(post(status, false), label)),
    ...(model.posts.some((one) => one.agreed) ? [row(post("behind own lines", true), model.postWord("agreed") || "Set up by agreement", { wide: true })] : []));
  const toggles = tag("div", { class: "toggles", role: "group", "aria-label": say("Layers") });
  for (const [name, label] of layers) {
    const box = tag("input", { type: "checkbox", id: `layer-${name}` });
    box.checked = shown[name] ?? true;
    box.addEventListener("change", () => map.toggle(name, box.checked));
    toggles.append(tag("label", {}, box, ` ${say(label)}`));
  }
  body.replaceChildren(holders, tag("h3", {}, say("Lines and places")), signs);
  if (model.posts.length) body.append(tag("h3", {}, isolated(model.postWord("many") || say("Posts"), 60)), posts);
  if (model.events.any) body.append(...eventLegend(model, map, span, onSpan));
  body.append(tag("h3", { class: "screen-only" }, say("Show")), toggles);
}
