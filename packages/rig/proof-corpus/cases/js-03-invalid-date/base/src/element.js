"use strict";

const { printProps } = require("./print");

function printElement({ tag, props = {} }) {
  const attributes = printProps(props);
  return attributes === "" ? `<${tag} />` : `<${tag} ${attributes} />`;
}

module.exports = { printElement };
