"use strict";

function printValue(value) {
  if (value instanceof Date) return `new Date("${value.toISOString()}")`;
  if (typeof value === "function") return value.name || "() => {}";
  return JSON.stringify(value);
}

function printProps(props) {
  return Object.entries(props)
    .map(([name, value]) => `${name}={${printValue(value)}}`)
    .join(" ");
}

module.exports = { printProps, printValue };
