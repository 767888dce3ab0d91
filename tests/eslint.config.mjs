// Rules for the page's scripts, which share one scope: `make lint-page` gives ESLint all of them as one file.
// Nothing is imported, so that ESLint alone is enough to run it.
const globals = [
  "L", "AbortController", "Blob", "DecompressionStream", "Image", "Intl", "ResizeObserver", "Response", "TextDecoder", "URL", "URLSearchParams", "XMLSerializer",
  "atob", "cancelAnimationFrame", "clearInterval", "clearTimeout", "console", "document", "getComputedStyle", "navigator", "performance",
  "requestAnimationFrame", "setInterval", "setTimeout", "window",
];

export default [{
  files: ["**/*.js"],
  languageOptions: { sourceType: "script", ecmaVersion: 2024, globals: Object.fromEntries(globals.map((name) => [name, "readonly"])) },
  linterOptions: { reportUnusedDisableDirectives: "error" },
  rules: {
    complexity: ["error", 30], eqeqeq: "error", "no-array-constructor": "error", "no-async-promise-executor": "error", "no-caller": "error",
    "no-class-assign": "error", "no-cond-assign": "error", "no-const-assign": "error", "no-control-regex": "error", "no-dupe-args": "error",
    "no-dupe-else-if": "error", "no-dupe-keys": "error", "no-duplicate-case": "error", "no-empty": "error", "no-eval": "error",
    "no-fallthrough": "error", "no-func-assign": "error", "no-global-assign": "error", "no-implied-eval": "error", "no-inner-declarations": "error",
    "no-invalid-regexp": "error", "no-irregular-whitespace": "error", "no-loss-of-precision": "error", "no-misleading-character-class": "error",
    "no-new-func": "error", "no-prototype-builtins": "error", "no-redeclare": "error", "no-script-url": "error", "no-self-assign": "error",
    "no-shadow": "error", "no-sparse-arrays": "error", "no-undef": "error", "no-unreachable": "error", "no-unsafe-finally": "error",
    "no-unused-vars": "error", "no-use-before-define": ["error", { functions: false, variables: false }], "no-useless-escape": "error",
    "no-var": "error", "prefer-const": "error", "require-yield": "error", "use-isnan": "error", "valid-typeof": "error",
  },
}];
