/* Files beside the page, each a script that puts what it carries down under its own name. */

window.geolineFiles = {};

/** What a file carries: the number of bytes, and their letters. */
function carriedByFile(name) {
  const script = document.createElement("script");
  return new Promise((done, fail) => {
    const lost = () => fail(new Error(name));
    script.src = name;
    script.onload = () => (window.geolineFiles[name] ? done(window.geolineFiles[name]) : lost());
    script.onerror = lost;
    document.body.append(script);
  }).finally(() => {
    script.remove();
    delete window.geolineFiles[name];
  });
}
