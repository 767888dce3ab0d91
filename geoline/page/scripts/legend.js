/* The legend, whose boxes switch layers on and off. */

const POST_STATES = [["behind own lines", "Behind own lines"], ["at the front", "At the front"], ["encircled", "Encircled"], ["withdrawn", "Withdrawn"]];
const LAYERS = [["names", "Names"], ["places", "Places"], ["highways", "Highways"], ["posts", "Posts"], ["ghost", "Earlier front"], ["band", "Band"]];

/** Draw the legend anew, in the language of the interface; boxes keep their state. */
function drawLegend(model, map) {
  const body = document.getElementById("legend-body");
  const shown = Object.fromEntries(LAYERS.map(([name]) => [name, document.getElementById(`layer-${name}`)?.checked]));
  const row = (picture, text, { other = null, wide = false } = {}) => tag("li", wide ? { class: "wide" } : {}, picture,
    tag("span", { class: "names" }, isolated(say(text), 60), other ? " " : null, other));
  const present = new Set(["contested", UNKNOWN]);
  model.places.forEach((place) => model.statusRuns(place).forEach((run) => present.add(run[1])));
  const holders = tag("ul", {}, ...model.parties.filter((party) => present.has(party.id))
    .map((party) => {
      const other = language === "ar" ? isolated(party.name, 60, { class: "other" }) : party.nameAr && isolated(party.nameAr, 60, { ...ARABIC_NAME, class: "ar other" });
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
    }), "Highway cut"));
  const post = (status, astana) => picture((box) => {
    const mark = svg("g", { class: postClass(status), transform: astana ? "translate(-3 2)" : "" }, box);
    drawPost(mark, { astana, number: astana ? "9" : "" }, status);
  }, 20);
  const posts = tag("ul", { class: "posts-key" }, ...POST_STATES.map(([status, label]) => row(post(status, false), label)),
    row(post("behind own lines", true), "One of the twelve agreed in Astana", { wide: true }));
  const toggles = tag("div", { class: "toggles", role: "group", "aria-label": say("Layers") });
  for (const [name, label] of LAYERS) {
    const box = tag("input", { type: "checkbox", id: `layer-${name}` });
    box.checked = shown[name] ?? true;
    box.addEventListener("change", () => map.toggle(name, box.checked));
    toggles.append(tag("label", {}, box, ` ${say(label)}`));
  }
  body.replaceChildren(holders, tag("h3", {}, say("Lines and places")), signs);
  if (model.posts.length) body.append(tag("h3", {}, say("Turkish posts")), posts);
  body.append(tag("h3", { class: "screen-only" }, say("Show")), toggles);
}
