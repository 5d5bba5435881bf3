import { expect, test } from "vitest";
import { judgeChange } from "../testing/judge-change.ts";

const rulesOf = (path: string, before: string, after: string): string[] =>
  [...judgeChange(path, before, after).refused, ...judgeChange(path, before, after).flagged].map(
    ({ rule }) => rule,
  );

test.each([
  ["src/features.ts", "  csv: true,\n", "  csv: false,\n", "disables-feature"],
  ["prod.env", "FEATURE_CSV=1\n", "FEATURE_CSV=0\n", "disables-feature"],
  ["a.rb", "sync\n", "return unless Flipper.enabled?(:sync)\nsync\n", "disables-feature"],
  ["a.py", "    sync()\n", "    if not flags.sync:\n        return\n    sync()\n", "disables-feature"],
  ["a.ts", "await sync(a);\n", "// await sync(a);\n", "disables-code"],
  ["a.tsx", "<B fallback={<Sorry />}>\n", "<B fallback={null}>\n", "hides-errors"],
  ["a.ts", "posthog.init(K, {});\n", "posthog.init(K, { autocapture: false });\n", "records-less"],
  ["a.ts", "posthog.init(K, {});\n", "posthog.init(K, { capture_exceptions: false });\n", "silences-sentry"],
  [
    "a.yaml",
    "- name: SENTRY_SAMPLE_RATE\n  value: '1.0'\n",
    "- name: SENTRY_SAMPLE_RATE\n  value: '0'\n",
    "silences-sentry",
  ],
])("in %s, %j that becomes %j is named %s", (path, before, after, rule) => {
  expect(rulesOf(path, before, after)).toContain(rule);
});

test.each([
  ["src/features.ts", "  csv: true,\n", "  csv: true,\n  pdf: false,\n"],
  ["prod.env", "DEBUG=true\n", "DEBUG=false\n"],
  ["a.ts", "await sync(a);\n", "// the queue keeps the order\nawait sync(a);\n"],
  ["a.yaml", "- name: SENTRY_SAMPLE_RATE\n  value: '0.1'\n", "- name: SENTRY_SAMPLE_RATE\n  value: '0.2'\n"],
])("in %s, %j may become %j", (path, before, after) => {
  expect(rulesOf(path, before, after)).toEqual([]);
});
