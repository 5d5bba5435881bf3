import { expect, test } from "vitest";
import { leadHome } from "./links.ts";

const place = { home: "https://github.com/acme/patchpilot", ref: "v1.0.0" };
const lead = (page: string): string =>
  leadHome(page, "actions/intake", place, (path) => path === "actions/claim");

test.each([
  ["[a](../../docs/a.md)", "[a](https://github.com/acme/patchpilot/blob/v1.0.0/docs/a.md)"],
  ["[a](../claim)", "[a](https://github.com/acme/patchpilot/tree/v1.0.0/actions/claim)"],
  ["[a](../claim#x)", "[a](https://github.com/acme/patchpilot/tree/v1.0.0/actions/claim#x)"],
  ["[a](src/a.ts#L1)", "[a](https://github.com/acme/patchpilot/blob/v1.0.0/actions/intake/src/a.ts#L1)"],
  ['[a](../b.md "title")', '[a](https://github.com/acme/patchpilot/blob/v1.0.0/actions/b.md "title")'],
  ["![a](a.png)", "![a](https://github.com/acme/patchpilot/raw/v1.0.0/actions/intake/a.png)"],
  ["[a]: ../b.md", "[a]: https://github.com/acme/patchpilot/blob/v1.0.0/actions/b.md"],
])("`%s` leads to `%s`", (link, home) => {
  expect(lead(link)).toBe(home);
  expect(lead(home)).toBe(home);
});

test.each(["[a](#top)", "[a](https://example.com/a)", "[a](mailto:a@example.com)", "[a](/b)", "a (b/c)"])(
  "`%s` stays",
  (link) => expect(lead(link)).toBe(link),
);
