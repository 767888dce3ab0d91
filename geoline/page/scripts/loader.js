/* Opens the bundle that the page carries, deflated: styles, markup, data and scripts. What it adds are the scripts named by the policy. */

/** Bytes out of letters: thirteen bits to two of 91 (`geoline/page/letters.py`). */
function bytesOf(letters, size) {
  const value = new Uint8Array(128);
  let count = 0;
  for (let code = 33; code < 127; code += 1) if (!'<&"'.includes(String.fromCharCode(code))) value[code] = count++;
  const bytes = new Uint8Array(size);
  let at = 0;
  let held = 0;
  let bits = 0;
  for (let i = 0; i + 1 < letters.length; i += 2) {
    held = (held << 13) | (value[letters.charCodeAt(i)] * 91 + value[letters.charCodeAt(i + 1)]);
    for (bits += 13; bits >= 8 && at < size; bits -= 8) bytes[at++] = held >> (bits - 8);
    held &= (1 << bits) - 1;
  }
  return bytes;
}

/** What an element carries, or a file that it names. */
async function carriedBy(id) {
  const carried = document.getElementById(id);
  const { file, bytes: size } = carried.dataset;
  const bytes = bytesOf(...(file ? (await carriedByFile(file)).reverse() : [carried.textContent, Number(size)]));
  if (!window.DecompressionStream) return JSON.parse(new TextDecoder().decode(inflate(bytes)));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).json();
}

/** The whole page is there: what stands behind this script too. */
const read = new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
  else done();
});

/** A span of days that is not in the bundle. */
window.geolineSpan = (number) => read.then(() => carriedBy(`span-${number}`));

carriedBy("bundle").then((bundle) => {
  window.geolinePayload = bundle.payload;
  window.geolineWords = bundle.words;
  const add = (home, name, content) => {
    const element = document.createElement(name);
    element.textContent = content;
    home.append(element);
  };
  for (const style of bundle.styles) add(document.head, "style", style);
  document.getElementById("app").innerHTML = bundle.markup;
  for (const script of bundle.scripts) add(document.body, "script", script);
}).catch((error) => {
  document.getElementById("app").textContent = `This map could not be opened: ${error.message}. Ask for the file again.`;
  throw error;
});
