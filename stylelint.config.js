export default {
  extends: "stylelint-config-standard",
  rules: {
    "color-hex-length": null, // tokens.json writes them in full
    "media-feature-range-notation": "prefix", // the browsers of offices know no other
    "selector-not-notation": "simple", // neither a list in :not()
    "no-descending-specificity": null, // a later file may speak of less than an earlier one
    "no-duplicate-selectors": null, // and adds to a selector of an earlier one
    "selector-class-pattern": "^_?[a-z][a-z0-9]*([-_][a-z0-9_]+)*$", // states carry the catalogue's names (not_reported)
  },
};
