"use strict";

const { readFileSync } = require("node:fs");
const { entryPoints } = require("./entry-points");

function analyse(file) {
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  return { name: manifest.name, entryPoints: entryPoints(manifest) };
}

module.exports = { analyse };
