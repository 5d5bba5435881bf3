import { HttpFailure } from "@patchpilot/http";
import { describe, expect, it } from "vitest";
import type { SentryConnection } from "./connection.ts";
import { getEvent } from "./events.ts";

const EVENT = { id: "0123456789abcdef0123456789abcdef", title: "TypeError", tags: [], entries: [] };

/** A Sentry that answers for these choices, and that they do not exist for all others. */
function sentryWith(answers: (choice: string) => boolean) {
  const asked: string[] = [];
  const ask: SentryConnection["ask"] = async ({ path, query, schema }) => {
    const choice = path.at(-1) ?? "";
    asked.push(`${choice} of ${query?.["environment"]}`);
    if (!answers(choice))
      throw new HttpFailure({
        kind: "not-found",
        provider: "Sentry",
        asked: "GET",
        happened: "answered 404",
      });
    return { value: schema.parse(EVENT), cursor: undefined };
  };
  return { connection: { organization: "acme", projects: [], ask } as SentryConnection, asked };
}

describe("the most telling event", () => {
  it("is the newest one of the environment where Sentry is too old to choose, and is asked for so from then on", async () => {
    const { connection, asked } = sentryWith((choice) => choice === "latest");
    for (const id of ["1", "2"])
      expect(await getEvent(connection, id, "recommended", "production")).toMatchObject({ id: EVENT.id });
    expect(asked).toEqual(["recommended of production", "latest of production", "latest of production"]);
  });

  it("is not looked for twice in a Sentry that has shown that it can choose", async () => {
    const kept = new Set(["recommended"]);
    const { connection, asked } = sentryWith((choice) => kept.has(choice));
    await getEvent(connection, "1", "recommended", "production");
    kept.clear();
    await expect(getEvent(connection, "2", "recommended", "production")).rejects.toThrow("404");
    expect(asked).toEqual(["recommended of production", "recommended of production"]);
  });

  it("is none where no event is left, and says nothing of what Sentry can do", async () => {
    const { connection, asked } = sentryWith(() => false);
    for (const id of ["1", "2"])
      await expect(getEvent(connection, id, "recommended", "production")).rejects.toThrow("404");
    expect(asked).toHaveLength(4);
  });
});
