// Modules that a page of keplergl imports from a content delivery network, made from npm's packages.
//
// Run `node tests/benchmarks/page_modules.mjs FOLDER` in a folder whose node_modules has esbuild, react,
// react-dom, redux, react-redux and styled-components; the modules are written to node_modules/keplergl.
// All of them share one bundle, for two copies of React would not work with one another.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const folder = path.resolve(process.argv[2] ?? ".");
const { build } = createRequire(path.join(folder, "x.js"))("esbuild");
const modules = {
  react: "react", jsx: "react/jsx-runtime", dom: "react-dom", client: "react-dom/client",
  redux: "redux", bindings: "react-redux", styled: "styled-components",
};
const out = path.join(folder, "node_modules", "keplergl");
fs.mkdirSync(out, { recursive: true });
const imports = Object.entries(modules).map(([name, from]) => `import * as ${name} from "${from}";`).join("\n");
await build({
  stdin: { contents: `${imports}\nglobalThis.shared = { ${Object.keys(modules).join(", ")} };`, resolveDir: folder },
  bundle: true, format: "esm", minify: true, outfile: path.join(out, "shared.mjs"),
  define: { "process.env.NODE_ENV": '"production"' },
});
await import(pathToFileURL(path.join(out, "shared.mjs")));
// In place of the background map and the icons, which are asked for before the page's own settings hold.
fs.writeFileSync(path.join(out, "style.json"), '{"version": 8, "sources": {}, "layers": []}');
fs.writeFileSync(path.join(out, "svg-icons.json"), '{"svgIcons": []}');
for (const [name, module] of Object.entries(globalThis.shared)) {
  const names = Object.keys(module).filter((key) => key !== "default" && /^[A-Za-z_$][\w$]*$/.test(key));
  fs.writeFileSync(path.join(out, `${name}.mjs`), [
    'import "https://esm.sh/shared.mjs";', `const module = globalThis.shared.${name};`,
    'export default "default" in module ? module.default : module;',
    ...names.map((key) => `export const ${key} = module.${key};`), "",
  ].join("\n"));
}
