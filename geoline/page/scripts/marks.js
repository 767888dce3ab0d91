/* Key dates above the slider: a mark for each, which says what happened and leads to the day. */

/* Pixels between two marks at least; of those nearer to each other the first stands. */
const MARK_GAP = 7;

/** The marks of one model. `goTo(day)` is called when the reader takes one. */
function makeMarks(model, goTo) {
  const home = document.getElementById("marks");

  /** Of all marks one is reached by Tab, arrow keys lead to the others. */
  const hold = (mark) => {
    for (const other of home.children) other.tabIndex = other === mark ? 0 : -1;
  };
  home.addEventListener("keydown", (event) => {
    const way = { ArrowRight: "nextSibling", ArrowLeft: "previousSibling" }[event.key];
    if (!way) return;
    const next = document.activeElement[way];
    event.preventDefault();
    event.stopPropagation();
    if (!next) return;
    hold(next);
    next.focus();
  });
  home.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-day]");
    if (!mark) return;
    hold(mark);
    goTo(Number(mark.dataset.day));
  });

  function draw() {
    const wide = home.getBoundingClientRect().width || 600;
    let free = -Infinity;
    const days = model.days.flatMap((_, day) => {
      const at = ((day + 0.5) / model.days.length) * wide;
      if (!(model.told(day)[0] > 1) || at < free) return [];
      free = at + MARK_GAP;
      return [day];
    });
    home.hidden = !days.length;
    home.replaceChildren(...days.map((day) => {
      const told = `${dateWords(model.days[day], "plain")}: ${daySentence(model, day)}`;
      const mark = tag("button", { type: "button", class: "key-date", "data-day": day, title: told, "aria-label": told });
      mark.style.left = `${((day + 0.5) / model.days.length) * 100}%`;
      return mark;
    }));
    hold(home.firstChild);
  }

  draw();
  return { draw };
}
