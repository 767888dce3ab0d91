/* The table that `ingest --format claims` takes: quoted as CSV, without formulas for a spreadsheet. */

const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/u;
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/u;

function cellText(value) {
  const text = String(value ?? "").trim();
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[,"\r\n]/u.test(harmless) ? `"${harmless.replace(/"/gu, '""')}"` : harmless;
}

/** Rows as CSV, under the columns given and those that the rows have besides. */
function csvOf(columns, rows) {
  const more = new Set(rows.flatMap((row) => Object.keys(row).filter((key) => row[key] && !columns.includes(key))));
  const all = [...columns, ...more];
  return [all, ...rows.map((row) => all.map((key) => row[key]))].map((cells) => `${cells.map(cellText).join(",")}\n`).join("");
}

function download(name, text) {
  const link = element("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "text/csv" })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
