import { expect, test } from "vitest";
import { leadHome } from "./links.ts";

const HOME = "https://github.com/acme/patchpilot";
const lead = (page: string): string =>
  leadHome(page, "actions/intake", { home: HOME, ref: "v1.0.0" }, (path) => path === "actions/claim");

test.each([
  "[a](../../docs/a.md) leads to blob/v1.0.0/docs/a.md",
  "[a](../claim) leads to tree/v1.0.0/actions/claim",
  "[a](../claim#x) leads to tree/v1.0.0/actions/claim#x",
  "[a](src/a.ts#L1) leads to blob/v1.0.0/actions/intake/src/a.ts#L1",
  "![a](a.png) leads to raw/v1.0.0/actions/intake/a.png",
])("%s", (sentence) => {
  const [link = "", target] = sentence.split(" leads to ");
  const home = link.replace(/\(.*\)/, `(${HOME}/${target})`);
  expect(lead(`See ${link}.`)).toBe(`See ${home}.`);
  expect(lead(home)).toBe(home);
});

test("a title stays beside its link", () => {
  expect(lead('[a](b.md "t")')).toBe(`[a](${HOME}/blob/v1.0.0/actions/intake/b.md "t")`);
});

test("a link that is written below the text leads there, too", () => {
  expect(lead("[a]: b.md\n")).toBe(`[a]: ${HOME}/blob/v1.0.0/actions/intake/b.md\n`);
});

test.each(["[a](#top)", "[a](https://example.com/a)", "[a](mailto:a@example.com)", "[a](/b)", "a (b/c)"])(
  "`%s` stays",
  (link) => expect(lead(link)).toBe(link),
);
