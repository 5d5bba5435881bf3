import { describe, expect, it } from "vitest";
import { inputsOf } from "../testing/fake-ports.ts";
import { operation } from "../testing/spans.ts";
import { chooseThreshold } from "./threshold.ts";

const timing = { count: 900, samples: 900, p50: 1, p75: 1, p90: 1, p99: 1, certainty: "high" } as const;
const choose = (op: string, p95?: number, samples = 900) =>
  chooseThreshold(
    { operation: operation({ op }), before: p95 === undefined ? null : { ...timing, p95, samples } },
    inputsOf(),
  );

describe("the threshold over which an operation is slow", () => {
  it("is the user's where an answer is waited for, whatever it was before", () => {
    expect([choose("http.server"), choose("db.query", 9000)]).toEqual([1000, 1000]);
  });

  it("is twice what it took before where it may take long", () => {
    expect([choose("queue.task.celery", 9000), choose("gen_ai.chat", 600)]).toEqual([18_000, 1200]);
  });

  it("is never under the user's", () => {
    expect(choose("pageload", 200)).toBe(1000);
  });

  it("is not known where too little is known of before", () => {
    expect([choose("function.aws.lambda"), choose("cron", 9000, 20)]).toEqual([null, null]);
  });
});
