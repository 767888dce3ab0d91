/* Correcting a claim: place, event, party, days, certainty, whose word. */

function choice(value, options) {
  const made = element("select");
  const all = options.some(([option]) => option === value) ? options : [[value, value || "—"], ...options];
  for (const [option, text] of all) made.append(element("option", { value: option, selected: option === value }, text));
  return made;
}

/** The last day up to another that a short form ("4", "12-04": month and day) means; else what was typed. */
function fullDay(typed, upTo) {
  const short = /^(?:(\d{1,2})-)?(\d{1,2})$/u.exec(typed.trim());
  if (!short || !isDay(upTo)) return typed;
  for (let number = dayNumber(upTo); number > dayNumber(upTo) - 366; number -= 1) {
    const iso = new Date(number * DAY_MS).toISOString().slice(0, 10);
    if (Number(iso.slice(8)) === Number(short[2]) && (!short[1] || Number(iso.slice(5, 7)) === Number(short[1]))) return iso;
  }
  return typed;
}

/** A field for an ISO day, which the arrow keys move by a day; `upTo` is the report's, for days typed short. */
function dayField(day, upTo) {
  const field = element("input", { type: "text", inputmode: "numeric", autocomplete: "off", placeholder: "YYYY-MM-DD", value: day || "" });
  field.addEventListener("change", () => { field.value = fullDay(field.value, upTo); });
  field.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || !isDay(field.value)) return;
    event.preventDefault();
    field.value = new Date((dayNumber(field.value) + by) * DAY_MS).toISOString().slice(0, 10);
    field.dispatchEvent(new window.Event("change"));
  });
  return field;
}

/** The cells that a place gives a claim. */
function placeCells(place, cells) {
  const about = place.area ? "area" : aboutOf(cells) === "area" ? "place" : cells.about || "";
  return { place_id: place.id, lat: String(place.lat), lon: String(place.lon), ...(about !== (cells.about || "") && { about }) };
}

/** The form of a claim; `save` is given the cells that were changed, `refuse` why they cannot be, `cancel` nothing. */
function correctionForm(claim, cells, known, search, { save, refuse, cancel }) {
  const place = known.places.get(cells.place_id);
  let meant = place || null;
  const fields = {
    place_id: placeField(uniqueId("place"), place, search, (one) => { meant = one; }),
    event: [choice(cells.event || "", [...known.events].map((event) => [event, event]))],
    actor: [choice(cells.actor || "", [...known.actors].map(([id, name]) => [id, name]))],
    date_start: [dayField(cells.date_start, cells.published)],
    date_end: [dayField(cells.date_end, cells.published)],
    date_precision: [choice(precisionOf(cells), known.precisions.map((one) => [one, { day: say("on that day"), between: say("on one of these days"), by: say("by the last day"), month: say("in that month") }[one] || one]))],
    certainty: [choice(cells.certainty || "asserted", ["asserted", "reported", "unclear", "foreseen"].map((one) => [one, one]))],
    about: [choice(aboutOf(cells), ["place", "post", "road", "area"].map((one) => [one, one]))],
    ...(claim.report.silent && {
      source: [choice(cells.source || "", [["", "–"], ...[...known.sources].map(([id, name]) => [id, name])])], published: [dayField(cells.published)],
    }),
    origin: [choice(cells.origin || "", [["", say("its own word")], ...[...known.sources].map(([id, name]) => [id, name])])],
  };
  const labels = {
    place_id: say("Place"), event: say("Event"), actor: say("Party"), date_start: say("First day (↑ ↓)"), date_end: say("Last day (↑ ↓)"), date_precision: say("How exact"), certainty: say("Certainty"), about: say("About"), origin: say("After (origin)"), source: say("Source"), published: say("Published"),
  };
  const value = (key) => fields[key][0].value;
  const set = (key, text) => { fields[key][0].value = text; };
  function follow(changed) {
    if (changed === "date_precision") {
      if (value("date_precision") === "day") set("date_start", value("date_end"));
      return;
    }
    if (changed === "date_end" && value("date_precision") === "day") set("date_start", value("date_end"));
    if (changed === "date_start" && value("date_precision") === "day" && !cells.date_end) set("date_end", value("date_start"));
    const [start, end] = [value("date_start"), value("date_end")];
    if (value("date_precision") === "month") return;
    set("date_precision", !start ? "by" : start === end ? "day" : value("date_precision") === "by" ? "by" : "between");
  }
  for (const key of ["date_start", "date_end", "date_precision"]) fields[key][0].addEventListener("change", () => follow(key));

  const form = element("form", { class: "form", "aria-label": say("Correct the claim") },
    ...Object.entries(fields).map(([key, [field, ...more]]) => element("div", { class: `field ${key}` }, element("label", {}, element("span", {}, labels[key]), field), ...more)),
    element("div", { class: "buttons" }, element("button", { type: "submit", class: "accept" }, say("Save and accept"), element("kbd", {}, "Enter")), button(say("Save only"), "", () => done(false)), button(say("Cancel"), "Esc", cancel)));

  function done(accept) {
    const typed = fields.place_id[0].value.trim();
    if (!meant && typed) {
      refuse(say("No place was chosen for “{0}”: choose one of the list, or leave the field empty.", typed));
      fields.place_id[0].focus();
      return;
    }
    const edits = {};
    const wanted = Object.fromEntries(Object.keys(fields).filter((key) => key !== "place_id").map((key) => [key, value(key).trim()]));
    const before = { ...cells, date_precision: precisionOf(cells), certainty: cells.certainty || "asserted", about: aboutOf(cells) };
    for (const [key, text] of Object.entries(wanted)) if (text !== (before[key] || "")) edits[key] = text;
    if ("date_start" in edits || "date_end" in edits) edits.date_precision = value("date_precision");
    if (meant && meant.id !== cells.place_id) Object.assign(edits, { ...placeCells(meant, { ...cells, about: wanted.about }) });
    if (!meant && place) Object.assign(edits, { place_id: "", lat: "", lon: "" });
    save(edits, accept);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done(true);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      cancel();
    } else if (event.key === "Enter" && event.target.tagName === "SELECT") {
      event.preventDefault();
      done(true);
    }
    event.stopPropagation();
  });
  return { form, focus: (key) => (fields[key] || fields.place_id)[0].focus() };
}
