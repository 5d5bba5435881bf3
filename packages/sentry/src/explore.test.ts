import { expect, test } from "vitest";
import type { SentryConnection } from "./connection.ts";
import { askSeries } from "./explore.ts";

/** The values of one bucket, as Sentry answers it. */
const valuesOf = async (bucket: object) => {
  const body = { timeSeries: [{ values: [{ timestamp: 0, ...bucket }] }], meta: { dataset: "errors" } };
  const ask: SentryConnection["ask"] = async ({ schema }) => ({
    value: schema.parse(body),
    cursor: undefined,
  });
  const [series] = await askSeries({ organization: "acme", projects: [], ask }, {});
  return series?.values.map(({ value }) => value);
};

test("a bucket in which nothing was measured counts as none", async () => {
  expect(await valuesOf({ value: null })).toEqual([0]);
});

test("a bucket without its count is not one without errors", async () => {
  await expect(valuesOf({})).rejects.toThrow();
});
