// Lint rules of the addons' JavaScript; the packages are found through NODE_PATH.
const globals = require("globals");
const jsdoc = require("eslint-plugin-jsdoc");

const odoo = {
    odoo: "readonly",
    owl: "readonly",
    luxon: "readonly",
    bootstrap: "readonly",
};

module.exports = [
    {ignores: [".run/**", "**/static/lib/**"]},
    {
        files: ["**/*.js", "**/*.mjs"],
        plugins: {jsdoc},
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, ...odoo},
        },
        rules: {
            "array-callback-return": "error",
            "consistent-return": "error",
            curly: "error",
            "dot-notation": "error",
            eqeqeq: "error",
            "guard-for-in": "error",
            "jsdoc/check-param-names": "warn",
            "jsdoc/check-tag-names": "warn",
            "jsdoc/check-types": "warn",
            "no-console": "error",
            "no-debugger": "error",
            "no-dupe-keys": "error",
            "no-eval": "error",
            "no-extend-native": "error",
            "no-implied-eval": "error",
            "no-shadow": "warn",
            "no-undef": "error",
            "no-unreachable": "error",
            "no-unused-vars": "error",
            "no-useless-concat": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
            "prefer-template": "error",
        },
    },
    {
        files: ["**/*.cjs", "scripts/**/*.mjs"],
        languageOptions: {ecmaVersion: 2024, globals: {...globals.node}},
        rules: {"no-console": "off"},
    },
];
