/* What was decided, step by step, so that each step can be undone; kept in the browser by the content of the table.
 * A decision: { verdict: "accepted" | "refused" | "merged" | "", edits: cells that were corrected, merged: id of the
 * claim that says it already, added: of a claim that the reader missed, its report, its cells and the number of the
 * claim that it was written beside }. */

const NOTHING = { verdict: "", edits: {}, merged: "" };

function decisionsOf(key, count, kept) {
  const name = `geoline-desk-${key}`;
  let steps = [];
  let done = 0;
  let made = new Map();
  let keeps = kept;

  const isDecision = (one) => ["", "accepted", "refused", "merged"].includes(one?.verdict) && typeof one.edits === "object" && one.edits !== null;
  const isAdded = ({ added }) => Number.isInteger(added?.beside) && added.beside < count && typeof added.cells === "object" && added.cells !== null;
  const isStep = (step) => Number.isInteger(step?.number) && step.number >= 0 && isDecision(step.before) && isDecision(step.after) && (step.number < count || isAdded(step.after));

  function load() {
    if (!kept) return;
    try {
      const read = JSON.parse(window.localStorage.getItem(name) || "null");
      steps = Array.isArray(read?.steps) ? read.steps.filter(isStep) : [];
      done = Math.min(Math.max(0, Number(read?.done) || 0), steps.length);
    } catch {
      keeps = false;
    }
    made = new Map(steps.slice(0, done).map((step) => [step.number, step.after]));
  }

  function save() {
    if (!kept) return;
    try {
      window.localStorage.setItem(name, JSON.stringify({ steps, done }));
      keeps = true;
    } catch {
      keeps = false;
    }
  }

  load();
  return {
    load, name,
    get keeps() { return keeps; },
    of: (number) => made.get(number) || NOTHING,
    /** The numbers of the claims that were added, in their order. */
    added: () => [...made].filter(([, decision]) => decision.added).map(([number]) => number).sort((one, other) => one - other),
    decide(number, change) {
      const before = made.get(number) || NOTHING;
      const after = { ...before, ...change };
      steps = [...steps.slice(0, done), { number, before, after }];
      done = steps.length;
      made.set(number, after);
      save();
    },
    /** Take the last step back, or make it again; gives the number of its claim, or -1. */
    step(way) {
      const step = way < 0 ? steps[done - 1] : steps[done];
      if (!step) return -1;
      done += way;
      made.set(step.number, way < 0 ? step.before : step.after);
      save();
      return step.number;
    },
  };
}
