import { expect, test } from "vitest";
import { protects } from "./protected-paths.ts";

const protecting: [string, string][] = [
  [".github", ".github/workflows/ci.yml"],
  ["CODEOWNERS", "docs/CODEOWNERS"],
  ["codeowners", "CODEOWNERS"],
  ["migrations", "apps/api/migrations/0001.sql"],
  ["apps/api", "apps/api/src/index.ts"],
  ["/config", "config/secrets.json"],
  ["*.lock", "packages/a/yarn.lock"],
  ["infra/**/prod*.tf", "infra/eu/west/prod-db.tf"],
  ["infra/", "infra/main.tf"],
];

test.each(protecting)("%s protects %s", (rule, path) => {
  expect(protects(rule, path)).toBe(true);
});

const leaving: [string, string][] = [
  ["migrations", "src/migrations-list.ts"],
  ["/config", "src/config/a.json"],
  ["apps/api", "other/apps/api/x"],
  ["*.lock", "lock.ts"],
  ["a*a", "a"],
  ["", "src/index.ts"],
];

test.each(leaving)("%s leaves %s alone", (rule, path) => {
  expect(protects(rule, path)).toBe(false);
});
