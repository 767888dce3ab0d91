/* Looking a place up by any of its names, to correct what a claim means. */

const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f'’ʿʾ`-]/gu, " ").toLowerCase().replace(/[أإآ]/gu, "ا").replace(/ة/gu, "ه").replace(/ى/gu, "ي").replace(/\s+/gu, " ").trim();

function searchOf(places) {
  let listed = null;
  const list = () => {
    listed ??= [...places.values()].map((place) => ({ place, names: [place.name, place.nameAr, place.id, ...place.also].filter(Boolean).map(fold) }));
    return listed;
  };
  const worth = (names, wanted) => {
    if (names.includes(wanted)) return 3;
    if (names.some((name) => name.startsWith(wanted))) return 2;
    return names.some((name) => name.includes(wanted)) ? 1 : 0;
  };
  /** The places that a text may be the beginning, or a part, of the name of. */
  return (text, most = 8) => {
    const wanted = fold(text);
    if (!wanted) return [];
    return list().map(({ place, names }) => ({ place, worth: worth(names, wanted) })).filter((one) => one.worth)
      .sort((one, other) => other.worth - one.worth || one.place.rank - other.place.rank || one.place.name.length - other.place.name.length)
      .slice(0, most).map(({ place }) => place);
  };
}

/** A field for a place with the places found under it (the ARIA pattern of a combobox). */
function placeField(id, first, search, chosen) {
  const field = element("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", dir: "auto", "aria-expanded": "false", "aria-controls": `${id}-found`, "aria-autocomplete": "list",
  });
  const found = element("ul", { id: `${id}-found`, role: "listbox", "aria-label": say("Places found"), class: "found", hidden: true });
  let options = [];
  let at = -1;
  field.value = first ? first.name : "";

  function close() {
    found.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  function take(place) {
    field.value = place ? place.name : "";
    chosen(place);
    close();
  }
  function point(to) {
    at = (to + options.length) % options.length;
    [...found.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    found.children[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", found.children[at].id);
  }
  field.addEventListener("input", () => {
    chosen(null);
    options = search(field.value);
    found.replaceChildren(...options.map((place, n) => {
      const option = element("li", { id: `${id}-${n}`, role: "option", "aria-selected": "false" }, said(place.name), " ", said(place.nameAr), element("small", {}, place.id));
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(place);
      });
      return option;
    }));
    found.hidden = !options.length;
    field.setAttribute("aria-expanded", String(!found.hidden));
    if (options.length) point(0);
  });
  field.addEventListener("keydown", (event) => {
    if (found.hidden || !options.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") point(at + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter" || event.key === "Tab") take(options[at]);
    else if (event.key === "Escape") close();
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", close);
  return [field, found];
}
