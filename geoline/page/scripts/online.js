/* What the page does beyond showing its own: tiles of one host, if the reader wants them; standing in the frame of another page. */

/* How high a frame is best, as shares of its width, and within which pixels. */
const FRAME = { wide: 0.62, narrow: 1.5, least: 440, most: 900 };

/** A switch for the basemap that the page was made with; nothing is asked of its host before it is on. */
function makeTiles(model, map) {
  const { tiles } = model.data;
  if (!tiles) return;
  let layer = null;
  const box = tag("input", { type: "checkbox", id: "tiled" });
  const credit = tag("p", { id: "tile-credit", hidden: "" }, isolated(tiles.credit, 300));
  document.getElementById("frame").append(credit);
  box.addEventListener("change", () => {
    layer ??= L.tileLayer(tiles.url, { referrerPolicy: "origin", maxZoom: 19 });
    if (box.checked) layer.addTo(map);
    else layer.remove();
    credit.hidden = !box.checked;
    map.getContainer().classList.toggle("tiled", box.checked);
  });
  document.getElementById("legend").append(tag("p", { class: "tile-switch screen-only" }, tag("label", {}, box, " ", tag("span", { "data-say": "Basemap from the web" }, say("Basemap from the web")), " ", isolated(new URL(tiles.url).host, 60))));
}

/** In a frame the wheel goes to the page around it until the reader has taken hold of the map; that page is told how high the frame is best. */
function standInFrame(model, map) {
  if (!model.data.embed && !/[#&]embed=1/u.test(window.location.hash)) return;
  document.documentElement.classList.add("embedded");
  map.scrollWheelZoom.disable();
  const home = map.getContainer();
  home.addEventListener("pointerdown", () => map.scrollWheelZoom.enable());
  home.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && map.scrollWheelZoom.disable());
  if (window.parent === window) return;
  let told = 0;
  const tell = () => {
    const wide = window.innerWidth;
    const height = Math.round(Math.min(FRAME.most, Math.max(FRAME.least, wide * (wide <= 600 ? FRAME.narrow : FRAME.wide))));
    if (height !== told) window.parent.postMessage({ type: "geoline:height", height }, "*");
    told = height;
  };
  window.addEventListener("resize", tell);
  tell();
}
