import js from "@eslint/js";
import globals from "globals";

const REACHED_BY_NAME = { React: "readonly", ReactDOM: "readonly", Plotly: "readonly" };

export default [
  { ignores: ["assets/vendor/**", "var/**", ".venv/**"] },
  js.configs.recommended,
  {
    rules: {
      curly: "error",
      eqeqeq: "error",
      "no-implicit-globals": "error",
      "no-shadow": "error",
      "no-unused-expressions": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["assets/*.js", "assets/boot/*.js"],
    languageOptions: { sourceType: "script", globals: { ...globals.browser, ...REACHED_BY_NAME } },
    rules: { "no-shadow": "off" },
  },
  { files: ["assets/modules/**/*.js"], languageOptions: { sourceType: "module", globals: globals.browser } },
  { files: ["tests/browser/**", "*.config.js"], languageOptions: { globals: globals.node } },
];
