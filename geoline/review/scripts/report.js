/* The report as text, paragraph by paragraph in its own direction, with the words of its claims marked. */

/** Cut a text at the claims' boundaries: pieces with the claims whose sentence, and whose words, they belong to. */
function piecesOf(text, claims) {
  const cuts = new Set([0, text.length]);
  for (const { words, sentence, name } of claims) for (const at of [...(words || []), ...(sentence || []), ...(name || [])]) cuts.add(at);
  for (const found of text.matchAll(/\n+/gu)) cuts.add(found.index).add(found.index + found[0].length);
  const edges = [...cuts].sort((one, other) => one - other);
  const holds = (stretch, from, to) => stretch && stretch[0] <= from && to <= stretch[1];
  return edges.slice(1).map((to, n) => ({
    text: text.slice(edges[n], to),
    words: claims.filter((claim) => holds(claim.words, edges[n], to)),
    sentence: claims.filter((claim) => holds(claim.sentence, edges[n], to)),
    name: claims.filter((claim) => holds(claim.name, edges[n], to)),
  }));
}

/** Show a report; `choose` is called with the claims of what was clicked. */
function showReport(pane, report, claims, choose) {
  const paragraphs = [];
  if (report.text === null) {
    paragraphs.push(element("p", { class: "note" }, say("The report is not at hand; these are its sentences. “geoline review --reports FOLDER” finds it.")));
    for (const claim of claims) {
      paragraphs.push(element("p", { dir: "auto" }, element("mark", { class: "sentence words", "data-claims": claim.number }, claim.cells.evidence || claim.cells.note || claim.cells.place)));
    }
  } else {
    let paragraph = element("p", { dir: "auto" });
    for (const piece of piecesOf(report.text, claims)) {
      if (/^\n+$/u.test(piece.text)) {
        if (paragraph.hasChildNodes()) paragraphs.push(paragraph);
        paragraph = element("p", { dir: "auto" });
      } else if (piece.words.length || piece.sentence.length) {
        const numbers = (list) => list.map(({ number }) => number).join(" ");
        paragraph.append(element(piece.words.length ? "mark" : "span", {
          class: piece.words.length ? "sentence words" : "sentence", "data-claims": numbers(piece.sentence.length ? piece.sentence : piece.words),
          "data-words": numbers(piece.words), "data-names": numbers(piece.name),
        }, piece.text));
      } else paragraph.append(piece.text);
    }
    if (paragraph.hasChildNodes()) paragraphs.push(paragraph);
  }
  pane.replaceChildren(...paragraphs);
  pane.onclick = ({ target }) => {
    const mark = target.closest?.("[data-claims]");
    if (mark && !window.getSelection()?.toString()) choose(mark.dataset.claims.split(" ").map(Number));
  };
}

/** Mark the claim that is looked at, and what was decided of the others; bring it into view. */
function markClaim(pane, number, verdictOf) {
  let first = null;
  for (const mark of pane.querySelectorAll("[data-claims]")) {
    const claims = mark.dataset.claims.split(" ").map(Number);
    const words = (mark.dataset.words ?? mark.dataset.claims).split(" ").filter(Boolean).map(Number);
    const current = claims.includes(number);
    mark.classList.toggle("current", current);
    mark.classList.toggle("said", words.includes(number));
    mark.classList.toggle("name", (mark.dataset.names || "").split(" ").includes(String(number)));
    mark.dataset.verdict = claims.every((one) => verdictOf(one)) ? "decided" : "";
    if (current && (!first || (words.includes(number) && !first.classList.contains("said")))) first = mark;
  }
  pane.scrollTop = first ? Math.max(0, first.offsetTop - pane.clientHeight / 3) : 0;
}
