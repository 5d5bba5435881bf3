import { expect, test } from "vitest";
import { protects } from "./protected-paths.ts";

test.each([
  [".github", "protects", ".github/workflows/ci.yml"],
  ["CODEOWNERS", "protects", "docs/CODEOWNERS"],
  ["codeowners", "protects", "CODEOWNERS"],
  ["migrations", "protects", "apps/api/migrations/0001.sql"],
  ["migrations", "leaves", "src/migrations-list.ts"],
  ["apps/api", "protects", "apps/api/src/index.ts"],
  ["apps/api", "leaves", "other/apps/api/x"],
  ["/config", "protects", "config/secrets.json"],
  ["/config", "leaves", "src/config/a.json"],
  ["*.lock", "protects", "packages/a/yarn.lock"],
  ["*.lock", "leaves", "lock.ts"],
  ["infra/**/prod*.tf", "protects", "infra/eu/west/prod-db.tf"],
  ["infra/", "protects", "infra/main.tf"],
  ["a*a", "leaves", "a"],
  ["", "leaves", "src/index.ts"],
])("the rule %j %s %s", (rule, does, path) => {
  expect(protects(rule, path)).toBe(does === "protects");
});
