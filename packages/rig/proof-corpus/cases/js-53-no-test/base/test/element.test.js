"use strict";

const { printElement } = require("../src/element");

test("prints numbers and dates", () => {
  const props = { size: 3, since: new Date(Date.UTC(2024, 0, 2)) };
  expect(printElement({ tag: "Clock", props })).toMatchSnapshot();
});
