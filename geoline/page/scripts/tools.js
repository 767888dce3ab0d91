/* The controls beside the map: language, comparison, what was known by when, a link to the day, the day as a file. */

const FILE_KINDS = ["png", "svg", "geojson", "csv"];

/** Copy a text; where the browser has no clipboard to give, select it in a field. Tells whether it was copied. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = tag("textarea", { class: "copied" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand?.("copy") ?? false;
    field.remove();
    return done;
  }
}

/** The tools of one page. `page` holds what they call, the page's state and its address. */
function makeTools(model, page) {
  const find = (id) => document.getElementById(id);
  const [picker, end, known, told] = [find("with"), find("without"), find("known"), find("told")];

  function sayDays(all = picker.options.length > 2) {
    const chosen = page.state.other === null ? "" : model.days[page.state.other];
    if (all && picker.options.length === model.days.length + 1 && picker.lang === language) return;
    picker.lang = language;
    const days = all ? model.days : model.days.filter((iso) => iso === chosen);
    picker.replaceChildren(tag("option", { value: "" }, say("no other day")), ...days.map((iso) => tag("option", { value: iso }, dateWords(iso, "plain"))));
    picker.value = chosen;
  }

  function sayLanguage() {
    // Of two languages a button offers the other; of more there is a list, of one nothing.
    const other = SPOKEN.order.find((id) => id !== language) ?? language;
    const name = find("language").firstElementChild;
    [name.textContent, name.lang, name.dir] = [SPOKEN[other].name, other, SPOKEN[other].rtl ? "rtl" : "ltr"];
    find("language").hidden = SPOKEN.order.length !== 2;
    find("languages").hidden = SPOKEN.order.length < 3;
    find("languages").replaceChildren(...SPOKEN.order.map((id) => tag("option", { value: id, lang: id }, SPOKEN[id].name)));
    find("languages").value = language;
    sayDays();
    told.textContent = "";
    for (const kind of FILE_KINDS) find(`save-${kind}`).setAttribute("aria-label", kind === "csv" ? say("Download the claims of this day as CSV") : say("Download this day as {0}", kind === "geojson" ? "GeoJSON" : kind.toUpperCase()));
    known.replaceChildren(...(model.knowns || []).map((one) => tag("option", { value: one.id }, clip(say(one.words ?? dateWords(one.id)), 60))));
    if (page.state.known !== undefined) known.value = page.state.known;
  }

  find("language").addEventListener("click", () => page.setLanguage(SPOKEN.order.find((id) => id !== language)));
  find("languages").addEventListener("change", () => page.setLanguage(find("languages").value));
  // The list of all days is long: it is made when somebody turns to it.
  picker.addEventListener("pointerenter", () => sayDays(true));
  picker.addEventListener("focus", () => sayDays(true));
  picker.addEventListener("change", () => page.compare(picker.value ? model.days.indexOf(picker.value) : null));
  find("swiping").addEventListener("change", () => page.swiped());
  end.addEventListener("click", () => {
    page.compare(null);
    picker.focus();
  });
  find("known-box").hidden = !((model.knowns || []).length > 1);
  known.addEventListener("change", () => page.setKnown(known.value));
  // Inside a notebook the page has no address of its own to link to.
  find("link").hidden = !/^(https?|file):$/u.test(window.location.protocol);
  find("link").addEventListener("click", async () => {
    const address = window.location.href.replace(/#.*$/u, "") + page.address();
    told.replaceChildren(await copyText(address) ? say("Link copied") : tag("span", {}, say("Copy this link:"), " ", isolated(address, 2000)));
  });
  for (const kind of FILE_KINDS) {
    find(`save-${kind}`).addEventListener("click", async () => {
      told.replaceChildren(...phrase("Saved: {0}", isolated(await saveDay(model, page.state.day, page.leaflet, kind), 100)));
    });
  }
  sayLanguage();
  return {
    sayLanguage,
    /** The day compared with; null for none. */
    showCompared(day) {
      if (day !== null && ![...picker.options].some((option) => option.value === model.days[day])) sayDays();
      picker.value = day === null ? "" : model.days[day];
      end.hidden = day === null;
      find("swiping-box").hidden = day === null;
    },
    showKnown(id) {
      known.value = id;
    },
  };
}
