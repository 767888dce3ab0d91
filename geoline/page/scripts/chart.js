/* Who held how much over all days: land and highways, stacked, with the figures of the day below. */

const CHART_WIDTH = 328;

/** Amounts of a day by holder, as pairs, from a plain object. */
const amounts = (of) => Object.keys(of || {}).map((holder) => [holder, of[holder]]);

/** What the chart shows: land, and each highway. `on(day)` gives pairs [holder, amount]. */
function chartSeries(model) {
  const some = model.days.some((_, day) => amounts(model.heldKm2(day)).some(([holder, km2]) => holder !== UNKNOWN && km2 > 0));
  const land = some ? [{ title: () => say("Land"), unit: "{0} km²", height: 96, on: (day) => amounts(model.heldKm2(day)), doubt: (day, holder) => (model.bandKm2(day) || {})[holder] }] : [];
  return [...land, ...model.roads.map((road) => ({ title: () => clip(road.name || road.id, 20), unit: "{0} km", height: 34, on: (day) => roadShares(model, road, day), doubt: () => undefined }))];
}

/** One series as stacked steps: a path for each holder, those of the legend's order from the bottom. */
function stackedSteps(model, series) {
  const days = model.days.map((_, day) => new Map(series.on(day).filter(([holder]) => holder !== UNKNOWN)));
  const most = Math.max(1e-9, ...days.map((day) => [...day.values()].reduce((sum, value) => sum + value, 0)));
  const wide = CHART_WIDTH / Math.max(1, days.length);
  const picture = svg("svg", { viewBox: `0 0 ${CHART_WIDTH} ${series.height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const floor = days.map(() => series.height);
  const holders = model.parties.map((party) => party.id).filter((id) => days.some((day) => day.get(id) >= 0.05));
  for (const holder of holders) {
    let over = "";
    let under = "";
    days.forEach((day, i) => {
      const low = floor[i];
      floor[i] -= ((day.get(holder) || 0) / most) * series.height;
      const [left, right] = [(i * wide).toFixed(1), ((i + 1) * wide).toFixed(1)];
      over += `L${left} ${floor[i].toFixed(1)}L${right} ${floor[i].toFixed(1)}`;
      under = `L${right} ${low.toFixed(1)}L${left} ${low.toFixed(1)}${under}`;
    });
    svg("path", { d: `M${over.slice(1)}${under}Z`, fill: panelFill(model, holder), class: "chart-part", "data-holder": holder }, picture);
  }
  return { picture, holders, most };
}

/** The chart of one model. `goTo(day)` is called when the reader points at a day. */
function makeChart(model, goTo) {
  const home = document.getElementById("chart");
  const body = home.lastElementChild;
  const series = chartSeries(model);
  let drawn = false;
  let shown = 0;
  let cells = [];

  function draw() {
    drawn = true;
    cells = [];
    const table = tag("table", {}, tag("thead", {}, tag("tr", {}, tag("th", { scope: "col" }, say("Holder")), tag("td", {}, ""), tag("th", { scope: "col" }, say("since the first day")))));
    const pictures = series.map((one) => {
      const { picture, holders, most } = stackedSteps(model, one);
      const label = say("{0}: who held how much on each day, {1} to {2}; the figures of the day shown are in the table", one.title(), dateWords(model.days[0]), dateWords(model.days[model.days.length - 1]));
      const plot = tag("div", { class: "chart-plot", role: "img", "aria-label": label }, picture, tag("i", { class: "needle" }));
      plot.style.height = `${one.height}px`;
      const follow = (event) => {
        const box = plot.getBoundingClientRect();
        goTo(Math.min(model.days.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * model.days.length))));
      };
      plot.addEventListener("pointerdown", (event) => {
        plot.setPointerCapture(event.pointerId);
        follow(event);
      });
      plot.addEventListener("pointermove", (event) => plot.hasPointerCapture(event.pointerId) && follow(event));
      const rows = holders.map((holder) => {
        const now = tag("td", {}, "");
        const since = tag("td", {}, "");
        cells.push({ one, holder, now, since, text: "" });
        return tag("tr", {}, tag("th", { scope: "row" }, swatch(model, holder, "panel", 13, 9), " ", holderName(model, holder, 40)), now, since);
      });
      table.append(tag("tbody", {}, tag("tr", {}, tag("th", { scope: "rowgroup", colspan: "3", class: "chart-group" }, listed(one.title(), say(one.unit, "").trim()))), ...rows));
      return tag("div", {}, tag("p", { class: "chart-title", dir: document.documentElement.dir }, ...phrase("{0}, {1} on this map", tag("bdi", {}, one.title()), say(one.unit, wholeWords(most)))), plot);
    });
    body.replaceChildren(tag("div", { class: "chart-plots", dir: "ltr" }, ...pictures, stripEnds(model)), tag("p", { class: "facts screen-only" }, say("Click the chart to go to a day.")), tag("details", {}, tag("summary", {}, say("Figures of the day")), table));
    table.parentElement.addEventListener("toggle", () => showDay(shown));
    showDay(shown);
  }

  function showDay(day) {
    shown = day;
    if (!home.open || !drawn) return;
    setNeedles(body, model, day);
    if (!body.lastElementChild.open) return;
    const tables = new Map(series.map((one) => [one, [new Map(one.on(day)), new Map(one.on(0))]]));
    for (const cell of cells) {
      const [now, first] = tables.get(cell.one).map((table) => table.get(cell.holder) || 0);
      const doubt = cell.one.doubt(day, cell.holder);
      const text = `${now} ${doubt}`;
      if (cell.text === text) continue;
      cell.text = text;
      cell.now.replaceChildren(tag("bdi", { dir: "ltr" }, measureWords(now)), doubt >= 0.5 ? tag("span", { class: "in-band" }, say("{0} in the band", wholeWords(doubt))) : "");
      cell.since.replaceChildren(now >= first ? signed("+", now - first) : signed("−", first - now));
    }
  }

  home.hidden = series.length === 0;
  home.addEventListener("toggle", () => {
    if (home.open && !drawn) draw();
    else showDay(shown);
  });
  return {
    showDay,
    /** Open the chart, to be printed. */
    open(figures = false) {
      home.open = true;
      if (!drawn) draw();
      if (figures) body.lastElementChild.open = true;
      showDay(shown);
    },
    /** The language has changed: draw anew what is open. */
    forget() {
      drawn = false;
      if (home.open) draw();
    },
  };
}
