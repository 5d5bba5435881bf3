import { describe, expect, it } from "vitest";
import { makeWorld, said, scan } from "./testing/fake-ports.ts";
import { operation, slowed } from "./testing/spans.ts";

/** What SDKs send: Sentry's conventions, the constants of the SDKs, and older names of theirs. */
const SENT = [
  ["http.server", "http.client", "http.client.stream", "http"],
  ["db", "db.query", "db.sql.query", "db.sql.execute", "db.sql.active_record", "db.redis", "db.mongodb"],
  ["cache.get", "cache.get_item", "redis", "object.get", "file.read"],
  [
    "queue.task.celery",
    "queue.process",
    "queue.sidekiq",
    "queue.active_job",
    "celery.task",
    "message.process",
  ],
  ["topic.process", "task", "cron", "job", "console.command", "subprocess.wait"],
  ["function", "function.aws.lambda", "function.aws", "function.gcp", "function.nextjs"],
  [
    "rpc",
    "rpc.server",
    "grpc.server",
    "grpc.client",
    "graphql.server",
    "graphql.execute",
    "websocket.server",
  ],
  ["pageload", "navigation", "navigation.redirect", "ui.load", "ui.react.render", "ui.interaction.click"],
  ["resource.script", "resource.img", "app.start.cold"],
  ["gen_ai.chat", "gen_ai.invoke_agent", "ai.chat_completions.create.openai", "mcp.server"],
].flat();

describe("an operation that became slower", () => {
  it.each(SENT)("is found by default: %s", async (op) => {
    const { outputs } = await scan(makeWorld({ courses: [slowed(5, 8, { op })] }));
    expect(outputs).toMatchObject({
      opened: [900],
      unjudged: [],
      bottlenecks: [{ op, verdict: "regressed" }],
    });
  });

  it("is found by the exact name that a user chose, and by what lies below it", async () => {
    const courses = ["http.server", "http.server.prefetch"].map((op) =>
      slowed(5, 8, { op, transaction: `GET /${op}` }),
    );
    const { outputs } = await scan(makeWorld({ courses }), { operations: "http.server" });
    expect(outputs.bottlenecks.map(({ op }) => op).toSorted()).toEqual([
      "http.server",
      "http.server.prefetch",
    ]);
  });

  it("of a kind that nobody knows is judged where every kind is wanted", async () => {
    const { outputs } = await scan(makeWorld({ courses: [slowed(5, 8, { op: "acme.bake" })] }), {
      operations: "*",
    });
    expect(outputs).toMatchObject({ opened: [900], unjudged: [] });
  });
});

describe("what always took long", () => {
  const always = (op: string) => ({ operation: operation({ op }), perHour: 100, p95: () => 5000 });

  it.each(["queue.task.celery", "function.aws.lambda", "gen_ai.chat", "pageload"])(
    "is not called slow for that: %s",
    async (op) => {
      const { outputs } = await scan(makeWorld({ courses: [always(op)] }));
      expect(outputs).toMatchObject({ opened: [], bottlenecks: [] });
    },
  );

  it.each(["http.server", "db.sql.active_record", "graphql.server"])(
    "is slow where an answer is waited for: %s",
    async (op) => {
      const { outputs } = await scan(makeWorld({ courses: [always(op)] }));
      expect(outputs.bottlenecks).toMatchObject([{ op, verdict: "slow" }]);
    },
  );
});

describe("operations that were not judged", () => {
  const courses = [
    slowed(1),
    slowed(9, 8, { op: "middleware.express", transaction: "GET /" }),
    slowed(9, 8, { op: "view.render", transaction: "GET /" }),
    slowed(9, 8, { op: "view.render", transaction: "GET /other" }),
  ];

  it("are named once each, in the log, the summary and the outputs", async () => {
    const { outputs, lines, summary } = await scan(makeWorld({ courses }));
    expect(outputs.unjudged).toEqual(["middleware.express", "view.render"]);
    for (const text of [said(lines), summary])
      expect(text).toContain(
        "Not judged, though Sentry has spans of them: `middleware.express`, `view.render`. To judge them, add the name or its family to `operations`.",
      );
  });

  it("are not spoken of where there are none", async () => {
    const { lines, summary } = await scan(makeWorld({ courses: [slowed(1)] }));
    expect(said(lines) + summary).not.toContain("Not judged");
  });

  it("cost a third table only where they take places from the others", async () => {
    const tables = async (truncated: boolean): Promise<number> => {
      const world = makeWorld({ courses, truncated });
      await scan(world);
      return world.asked.filter((one) => one === "table").length;
    };
    expect([await tables(false), await tables(true)]).toEqual([2, 3]);
  });

  it("are named in the error where there is nothing else", async () => {
    const world = makeWorld({ courses: [slowed(5, 8, { op: "acme.bake" })] });
    await expect(scan(world)).rejects.toThrow(
      "It has spans of `acme.bake`: add those that count to `operations`.",
    );
  });
});
