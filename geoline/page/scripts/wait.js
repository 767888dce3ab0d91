/* Waiting for days that are not there yet, and the line that says so. */

/** The line above the time. It is about what was asked for last. */
function makeWait() {
  const line = document.getElementById("wait");
  let last = null;
  const tell = (text, kind) => {
    if (!text && line.hidden) return;
    line.hidden = !text;
    line.className = kind;
    line.textContent = text;
  };
  return {
    /** Do something when `due` has come, at once if it is null; `failed` if it never does. What was asked before is forgotten. */
    until(due, iso, done, failed) {
      last = due;
      if (!due) {
        tell("", "");
        done();
        return;
      }
      tell(say("Loading {0} …", dateWords(iso, "plain")), "due");
      due.then(() => {
        if (last !== due) return;
        tell("", "");
        done();
      }, (error) => {
        if (last !== due) return;
        failed();
        tell(say("{0} cannot be shown: {1} did not load. Reload the page, or tell whoever publishes it.", dateWords(iso, "plain"), error.message), "lost");
      });
    },
  };
}
