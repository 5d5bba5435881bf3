"use strict";

function entryPoints(manifest) {
  return Object.keys(manifest.exports)
    .filter((name) => name !== "./package.json")
    .sort();
}

module.exports = { entryPoints };
