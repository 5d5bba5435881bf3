import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { expect, test } from "vitest";
import { proveChange } from "./prove-change.ts";

const FILES = {
  "package.json": '{ "name": "shop", "type": "module", "scripts": { "test": "node --test" } }\n',
  "total.js": "export const total = (cart) => cart.items.length;\n",
  "total.test.js": [
    'import assert from "node:assert";',
    'import { test } from "node:test";',
    'import { total } from "./total.js";',
    'test("counts", () => assert.equal(total({ items: [1] }), 1));',
    "",
  ].join("\n"),
};

const PATCH = `diff --git a/total.js b/total.js
--- a/total.js
+++ b/total.js
@@ -1 +1 @@
-export const total = (cart) => cart.items.length;
+export const total = (cart) => cart?.items.length ?? 0;
diff --git a/total.test.js b/total.test.js
--- a/total.test.js
+++ b/total.test.js
@@ -4,0 +5 @@ import { total } from "./total.js";
+test("counts nothing without a cart", () => assert.equal(total(undefined), 0));
`;

test("a change is tested with the patch, and its new test without the repair", async () => {
  const base = makeScratchFolder();
  for (const [path, text] of Object.entries(FILES)) {
    writeFileSync(join(base, path), text);
  }
  const { proof, runs } = await proveChange({
    base,
    patch: Buffer.from(PATCH),
    production: [],
    runner: { test: "npm test" },
    env: { PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` },
    timeout: 60_000,
  });
  expect(runs[0]?.run.cases.map(({ name }) => name)).toContain("counts nothing without a cart");
  expect(proof).toMatchObject({
    level: "reproduced",
    tests: [{ name: "counts nothing without a cart", red: "changed-code" }],
  });
});
