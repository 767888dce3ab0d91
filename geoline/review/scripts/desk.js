/* The desk itself: reports one by one, their claims, what is decided of each, and the keys. */

const PLACE_KEYS = ["id", "name", "nameAr", "lat", "lon", "rank", "off", "area", "also"];

/** What claims may refer to, by its id. */
function knownOf(payload) {
  const places = payload.places.map((row) => Object.fromEntries(PLACE_KEYS.map((key, n) => [key, row[n]])));
  for (const place of places) Object.assign(place, { area: Boolean(place.area), also: place.also ? place.also.split("|") : [] });
  return {
    list: places, places: new Map(places.map((place) => [place.id, place])), events: new Set(payload.events), span: payload.span, precisions: payload.precisions,
    actors: new Map([...payload.parties.map((party) => [party.id, party.name]), ...payload.actors.map((actor) => [actor, actor])]),
    colors: new Map(payload.parties.map((party) => [party.id, party.color])), sources: new Map(Object.entries(payload.sources)),
  };
}

const keysOf = () => [
  ["a", say("accept the claim")], ["r", say("refuse it")], ["c", say("correct it")], ["1 – 9", say("it is this place")], ["m", say("merge: the ledger has it")], ["b", say("point at the next one to merge with")], ["x", say("add a claim that was missed, beside this one (select its place in the report first)")], ["t", say("accept it, and take the ledger's back")],
  ["Shift+R", say("refuse all that is open in the report")], ["u", say("undo")], ["Shift+U", say("redo")], ["j, ↓", say("next claim")], ["k, ↑", say("claim before")], ["n", say("next report")], ["p", say("report before")], ["o", say("next open claim")],
  ["+, −", say("zoom the map")], ["d", say("download what was accepted")], ["y", say("copy it")], ["l", say("download what is open")], ["?", say("show or hide the keys")],
];

/** Which key was meant, also on a keyboard of another script. */
function keyOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  if (/^(Digit|Numpad)[1-9]$/u.test(event.code || "") && !event.shiftKey) return event.code.slice(-1);
  const letter = /^[a-z?+=\-−]$/iu.test(event.key) || event.key.length > 1 ? event.key : (/^Key([A-Z])$/u.exec(event.code || "")?.[1] || event.key).toLowerCase();
  return event.shiftKey && letter.length === 1 ? letter.toUpperCase() : letter;
}

/**
 * Open the desk in an element.
 * keys: what listens for keys; kept: whether the browser keeps what was decided; changed: told of the table of accepted claims.
 */
function openDesk(root, payload, { keys = root, kept = true, changed = null } = {}) {
  const spoken = speak(payload.words);
  [root.lang, root.dir] = [spoken.language, spoken.rtl ? "rtl" : "ltr"];
  const known = knownOf(payload);
  const claims = payload.claims.map((claim, number) => ({ ...claim, number, candidates: claim.candidates.map((one) => ({ ...one, place: known.list[one.place] })) }));
  const decisions = decisionsOf(payload.key, claims.length, kept);
  const search = searchOf(known.places);
  const map = mapOf(payload.map, known.places);
  let [current, pointed, zoom, form, saved] = [0, 0, 1, null, ""];

  /** Claims in the order in which they are gone through: by report, those added behind that beside which they were. */
  let ordered = [];
  const inReport = (report) => ordered.filter((claim) => claim.report === report);
  function order() {
    claims.length = payload.claims.length;
    for (const number of decisions.added()) {
      const { beside, cells } = decisions.of(number).added;
      claims[number] = { number, cells, beside, report: claims[beside].report, words: null, sentence: claims[beside].sentence, status: "unknown", candidates: [], added: true };
    }
    const at = (claim) => claim.beside ?? claim.number;
    ordered = claims.filter(Boolean).sort((one, other) => one.report - other.report || at(one) - at(other) || one.number - other.number);
    if (!claims[current]) current = claims.findIndex(Boolean);
  }

  const cellsOf = (claim) => ({ ...claim.cells, ...decisions.of(claim.number).edits });
  const verdictOf = (number) => decisions.of(number).verdict;
  const accepted = () => ordered.filter(({ number }) => verdictOf(number) === "accepted").map(cellsOf);
  const open = (list) => list.filter(({ number }) => !verdictOf(number));
  const tableName = (what) => `${payload.table.replace(/\.[^.]*$/u, "")}-${what}.csv`;

  // What stands on the page ------------------------------------------------------------------------

  const chooser = element("select", { "aria-label": say("Report") });
  const progress = element("p", { class: "progress" });
  const told = element("p", { class: "told", role: "status" });
  const single = element("input", { type: "checkbox", checked: true });
  const help = element("section", { class: "help", hidden: true, "aria-label": say("Keys") }, element("dl", {}, keysOf().map(([key, text]) => element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, text)))), element("label", {}, single, " ", say("single keys act (off: buttons alone)")));
  const copied = element("textarea", { class: "copy", readonly: true, hidden: true, "aria-label": say("The table, to be copied"), rows: 4 });
  const pane = element("section", { class: "report", "aria-label": say("Report"), tabindex: 0 });
  const list = element("ol", { class: "claims" });
  const side = element("section", { class: "side", "aria-label": say("Claims of the report"), tabindex: -1 }, list);
  const count = element("span", { class: "count" });
  const helpButton = button(say("Keys"), "?", () => toggleHelp(), { "aria-expanded": "false" });
  root.classList.add("geoline-desk");
  root.append(
    element("header", {}, element("div", { class: "title" }, element("h1", {}, say("Claims to review")), " ", said(payload.title), ", ", said(payload.table)),
      element("div", { class: "bar" }, button(say("Previous"), "p", () => goReport(-1)), chooser, button(say("Next"), "n", () => goReport(1)), progress, element("span", { class: "gap" }), button([say("Download"), " ", count], "d", () => give()), button(say("Copy"), "y", () => copy()), button(say("Download open"), "l", () => giveOpen()), helpButton),
      told, help, copied),
    element("div", { class: "panes" }, pane, side),
  );

  // Moving -----------------------------------------------------------------------------------------

  function tell(text) {
    told.textContent = text;
  }

  function go(number, { focus = true } = {}) {
    const from = claims[current].report;
    if (number !== current) [pointed, zoom] = [0, 1];
    [current, form] = [number, null];
    draw(from !== claims[current].report);
    if (focus) side.querySelector(".card h2")?.focus({ preventScroll: true });
  }

  function goBy(way) {
    const next = ordered[ordered.indexOf(claims[current]) + way];
    if (next) go(next.number);
  }

  function goReport(way) {
    const report = claims[current].report + way;
    const there = inReport(report);
    if (there.length) go((open(there)[0] || there[0]).number);
    else tell(way > 0 ? say("This is the last report.") : say("This is the first report."));
  }

  /** The next claim that is open: in this report after it, in this report, in those behind, in those before. */
  function nextOpen() {
    const { report } = claims[current];
    const at = ordered.indexOf(claims[current]);
    const ahead = [...ordered.slice(at + 1), ...ordered.slice(0, at)];
    const here = open(ahead.filter((claim) => claim.report === report));
    // From a claim that was added back to the one beside which it was.
    const { beside } = claims[current];
    const next = beside !== undefined && !verdictOf(beside) ? claims[beside] : here[0] || open(ahead)[0];
    if (!next) {
      draw(false);
      tell(say("All {0} claims are decided, {1} accepted: d downloads them, then “geoline ingest {2} --format claims”.", ordered.length, accepted().length, tableName("accepted")));
    } else {
      const other = next.report !== report;
      const before = told.textContent;
      go(next.number);
      if (other) tell(`${before} ${say("Next report: {0}.", payload.reports[next.report].file || payload.reports[next.report].source)}`);
    }
  }

  // Deciding ---------------------------------------------------------------------------------------

  function decide(change, text) {
    decisions.decide(current, change);
    tell(`${text}: ${placeName(cellsOf(claims[current]), known)} ${cellsOf(claims[current]).event}.`);
  }

  function accept() {
    const faults = faultsOf(cellsOf(claims[current]), known);
    if (faults.length) {
      tell(say("Not accepted: {0}. c corrects it, r refuses it.", faults[0][1]));
      return;
    }
    decide({ verdict: "accepted", merged: "" }, say("Accepted"));
    nextOpen();
  }

  function refuse() {
    decide({ verdict: "refused", merged: "" }, say("Refused"));
    nextOpen();
  }

  function refuseRest() {
    const rest = open(inReport(claims[current].report));
    for (const { number } of rest) decisions.decide(number, { verdict: "refused", merged: "" });
    tell(say("{0} refused.", rest.length));
    nextOpen();
  }

  function choosePlace(place) {
    const cells = cellsOf(claims[current]);
    const edits = { ...decisions.of(current).edits, ...placeCells(place, cells) };
    // An accepted claim that is changed is to be looked at again.
    decide({ edits: onlyChanged(claims[current], edits), verdict: "" }, say("Place chosen"));
    draw(false);
  }

  const onlyChanged = (claim, edits) => Object.fromEntries(Object.entries(edits).filter(([key, text]) => (claim.cells[key] || "") !== text));

  function like(claim) {
    const here = ordered.filter((other) => other !== claim && verdictOf(other.number) === "accepted").map((other) => ({ ...cellsOf(other), id: `here-${other.number}`, here: true }));
    return likeOnes(cellsOf(claim), [...payload.ledger, ...here]);
  }

  function merge() {
    const mine = like(claims[current]).filter((one) => one.mine).slice(0, MOST_LIKE);
    const other = mine[pointed];
    if (!other) {
      tell(say("There is no claim by the same voice about this place within a week."));
      return;
    }
    decide({ verdict: "merged", merged: other.id }, other.here ? say("Merged with one of this desk") : say("Merged with {0}", other.id));
    nextOpen();
  }

  function takeBack() {
    const other = like(claims[current]).filter((one) => one.mine).slice(0, MOST_LIKE)[pointed];
    const cells = cellsOf(claims[current]);
    const faults = faultsOf(cells, known);
    if (!other || other.here) tell(say("There is no claim of the ledger to take back."));
    else if (faults.length) tell(say("Not accepted: {0}.", faults[0][1]));
    else if (!cells.published || cells.published <= other.known) tell(say("Not taken back: {0} was public on {1}, and this is not later.", other.id, other.known));
    else {
      decide({ verdict: "accepted", merged: "", edits: { ...decisions.of(current).edits, corrects: other.id } }, say("Accepted, {0} taken back", other.id));
      nextOpen();
    }
  }

  /** Write a claim that the reader missed, beside the one that is looked at; words that are selected are its place. */
  function add() {
    const beside = claims[current].added ? decisions.of(current).added.beside : current;
    const { evidence, event, actor, date_start, date_end, date_precision, published, source, origin, file } = cellsOf(claims[current]);
    const place = window.getSelection()?.toString().trim().slice(0, 200) || "";
    const cells = { place, evidence, event, actor, date_start, date_end, date_precision, published, source, origin, file };
    const number = Math.max(payload.claims.length - 1, ...decisions.added()) + 1;
    decisions.decide(number, { added: { beside, cells: Object.fromEntries(Object.entries(cells).filter(([, text]) => text)) } });
    order();
    go(number);
    tell(say("A claim is added beside the one before; say which place, then Enter. u takes it away."));
    correct();
  }

  function correct() {
    const claim = claims[current];
    const cells = cellsOf(claim);
    form = correctionForm({ report: payload.reports[claim.report] }, cells, known, search, {
      refuse: tell,
      cancel: () => (claim.added && !cells.place_id && !verdictOf(current) ? step(-1) : go(current)),
      save: (edits, andAccept) => {
        const named = claim.cells.place || !edits.place_id ? {} : { place: known.places.get(edits.place_id).name };
        const all = onlyChanged(claim, { ...decisions.of(current).edits, ...edits, ...named });
        form = null;
        if (JSON.stringify(all) !== JSON.stringify(decisions.of(current).edits)) decide({ edits: all, verdict: "" }, say("Corrected"));
        if (andAccept && !faultsOf(cellsOf(claim), known).length) {
          accept();
          return;
        }
        go(current);
        if (andAccept) accept();
      },
    });
    draw(false);
    form.focus(claim.added || !claim.cells.event ? "place_id" : faultsOf(cells, known)[0]?.[0] || "place_id");
  }

  function step(way) {
    const from = claims[current];
    const number = decisions.step(way);
    if (number < 0) tell(way < 0 ? say("There is nothing to undo.") : say("There is nothing to redo."));
    else {
      order();
      go(claims[number] ? number : from.beside ?? current);
      tell(way < 0 ? say("Undone.") : say("Done again."));
    }
  }

  // What comes out ---------------------------------------------------------------------------------

  const csv = () => csvOf(payload.columns, accepted());

  function give() {
    const rows = accepted();
    if (!rows.length) {
      tell(say("Nothing is accepted yet, so there is nothing to download."));
      return;
    }
    download(tableName("accepted"), csv());
    saved = csv();
    tell(say("{0} accepted claims in {1}; now “geoline ingest {1} --format claims”.", rows.length, tableName("accepted")));
  }

  function giveOpen() {
    const rows = open(ordered).map(cellsOf);
    if (rows.length) download(tableName("open"), csvOf(payload.columns, rows));
    tell(rows.length ? say("{0} open claims in {1}; “geoline review” takes it again.", rows.length, tableName("open")) : say("No claim is open."));
  }

  async function copy() {
    const rows = accepted();
    copied.value = csv();
    copied.hidden = !rows.length;
    if (!rows.length) {
      tell(say("Nothing is accepted yet, so there is nothing to copy."));
      return;
    }
    try {
      await window.navigator.clipboard.writeText(copied.value);
      saved = copied.value;
      tell(say("{0} accepted claims are copied, as the table that ingest takes.", rows.length));
    } catch {
      copied.focus();
      copied.select();
      tell(say("The browser lets no page copy; the table is selected, Ctrl+C copies it."));
    }
  }

  // Drawing ----------------------------------------------------------------------------------------

  function drawReports() {
    const all = payload.reports.map(() => 0);
    const left = [...all];
    for (const claim of ordered) {
      all[claim.report] += 1;
      if (!verdictOf(claim.number)) left[claim.report] += 1;
    }
    const named = payload.reports.map(({ file, source, published }, n) => {
      return `${n + 1}. ${file || say("no file")}, ${source} ${published} – ${left[n] ? say("{0} of {1} open", left[n], all[n]) : say("done")}`;
    });
    if (chooser.length !== named.length) chooser.replaceChildren(...named.map((text, n) => element("option", { value: n }, text)));
    named.forEach((text, n) => { if (chooser.options[n].textContent !== text) chooser.options[n].textContent = text; });
    chooser.value = String(claims[current].report);
  }

  /** The places of the other claims of a report, in the colour of whom they speak of. */
  function othersOf(claim) {
    const place = cellsOf(claim).place_id;
    return inReport(claim.report).filter((other) => other !== claim).map(cellsOf).filter((one) => one.place_id !== place && known.places.has(one.place_id))
      .map((one) => ({ place: known.places.get(one.place_id), color: known.colors.get(parts(one.actor)[0]) || "none" }));
  }

  function card(claim) {
    const [cells, decision] = [cellsOf(claim), decisions.of(claim.number)];
    const faults = faultsOf(cells, known);
    const matches = likeList(like(claim), pointed, known, {
      merge, takeBack, decided: false,
      point: (n) => {
        pointed = n;
        draw(false);
      },
    });
    const heading = element("h2", { tabindex: -1 }, said(placeName(cells, known)), " ", element("span", { class: "what" }, cells.event), decision.verdict ? element("span", { class: `verdict ${decision.verdict}` }, verdictWords(decision.verdict)) : "");
    const buttons = element("div", { class: "buttons" }, button(say("Accept"), "a", accept, { class: "accept", "aria-disabled": faults.length > 0 && "true" }), button(say("Refuse"), "r", refuse), button(say("Correct"), "c", correct), button(say("Add one"), "x", add), button(say("Undo"), "u", () => step(-1)));
    const wrong = faults.length ? element("p", { class: "fault" }, say("Cannot be accepted so: {0}.", faults.map(([, reason]) => reason).join("; "))) : "";
    const twice = !decision.verdict && matches.mine.some((one) => one.event === cells.event && one.actor === cells.actor);
    const again = twice ? element("p", { class: "fault" }, say("The same voice said this already, see below: m merges.")) : "";
    return element("article", { class: "card" }, heading, form ? form.form : [...facts(cells, claim, decision, known), wrong, again, buttons], map.svg, form ? "" : [candidateList(claim, cells, known, othersOf(claim).map(({ place }) => place), choosePlace), ...matches.made]);
  }

  function drawMap(claim) {
    const cells = cellsOf(claim);
    const chosen = known.places.get(cells.place_id) || null;
    map.show({ chosen, candidates: claim.candidates.map((one, n) => ({ ...one, key: n + 1 })), others: othersOf(claim), road: cells.road, zoom });
  }

  function draw(newReport) {
    const claim = claims[current];
    const mine = inReport(claim.report);
    if (newReport) showReport(pane, payload.reports[claim.report], mine, (numbers) => go(numbers.find((n) => !verdictOf(n)) ?? numbers[0]));
    list.replaceChildren(...mine.map((one) => {
      if (one === claim) return element("li", { class: "current", "aria-current": "true" }, card(one));
      const line = element("button", { type: "button", class: "line", "data-verdict": verdictOf(one.number) || "open" }, ...claimLine(one, cellsOf(one), decisions.of(one.number), known));
      line.addEventListener("click", () => go(one.number));
      return element("li", {}, line);
    }));
    drawMap(claim);
    markClaim(pane, current, verdictOf);
    drawReports();
    const done = ordered.length - open(ordered).length;
    progress.textContent = say("claim {0} of {1} · {2} of {3} decided", mine.indexOf(claim) + 1, mine.length, done, ordered.length);
    count.textContent = `${say("{0} accepted", accepted().length)} `;
    const line = list.querySelector(".current");
    if (line.offsetTop < side.scrollTop || line.offsetTop + line.offsetHeight > side.scrollTop + side.clientHeight) side.scrollTop = line.offsetTop - 8;
    if (!decisions.keeps && kept) tell(say("This browser keeps nothing between visits: download before the page is closed."));
    changed?.(accepted().length ? csv() : "");
  }

  // Keys -------------------------------------------------------------------------------------------

  function toggleHelp() {
    help.hidden = !help.hidden;
    helpButton.setAttribute("aria-expanded", String(!help.hidden));
  }

  function magnify(by) {
    zoom = Math.min(16, Math.max(0.1, zoom * by));
    drawMap(claims[current]);
  }

  const ACTIONS = {
    a: accept, r: refuse, R: refuseRest, c: correct, m: merge, x: add, t: takeBack, u: () => step(-1), U: () => step(1), o: nextOpen, d: give, y: copy, l: giveOpen,
    b: () => {
      const mine = like(claims[current]).filter((one) => one.mine).slice(0, MOST_LIKE);
      pointed = mine.length ? (pointed + 1) % mine.length : 0;
      draw(false);
    },
    j: () => goBy(1), k: () => goBy(-1), ArrowDown: () => goBy(1), ArrowUp: () => goBy(-1), n: () => goReport(1), p: () => goReport(-1), "?": toggleHelp, "+": () => magnify(1.6), "=": () => magnify(1.6), "-": () => magnify(1 / 1.6), "−": () => magnify(1 / 1.6),
  };

  function act(event) {
    const { target } = event;
    const typing = target.matches?.("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (typing || !single.checked || event.defaultPrevented || (event.repeat && !/^Arrow|^[jk]$/u.test(event.key))) return;
    const key = keyOf(event);
    if (key.startsWith("Arrow") && target === pane) return;
    if (/^[1-9]$/u.test(key)) {
      const candidate = claims[current].candidates[Number(key) - 1];
      if (candidate && !form) choosePlace(candidate.place);
      return;
    }
    if (!Object.hasOwn(ACTIONS, key) || form) return;
    event.preventDefault();
    ACTIONS[key]();
  }

  keys.addEventListener("keydown", act);
  chooser.addEventListener("change", () => {
    const mine = inReport(Number(chooser.value));
    go((open(mine)[0] || mine[0]).number, { focus: false });
  });
  if (kept) {
    window.addEventListener("storage", (event) => {
      if (event.key !== decisions.name) return;
      decisions.load();
      order();
      draw(true);
    });
    window.addEventListener("beforeunload", (event) => {
      if (!decisions.keeps && accepted().length && csv() !== saved) event.preventDefault();
    });
  }
  order();
  current = (open(ordered)[0] || ordered[0]).number;
  draw(true);
  if (payload.unread.length) tell(say("{0} rows of the table cannot be read: {1}", payload.unread.length, payload.unread[0]));
  else if (open(ordered).length < ordered.length) tell(say("What was decided before is here again."));
  else tell(say("a accepts, r refuses, c corrects, 1 to 9 choose the place; ? shows all keys."));
  root.dataset.ready = "true";
}
