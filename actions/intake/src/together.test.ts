import { writtenRecord, writtenText } from "@patchpilot/acceptance/testing";
import type { Incident, IncidentRecord } from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";
import { describe, expect, it } from "vitest";
import { handle, type World } from "./testing/fake-ports.ts";
import { accepted } from "./testing/incidents.ts";
import { sentryIssue } from "./testing/sentry.ts";

/** A run that finds these issues in Sentry's list, all of one error. */
const handleListed = (ids: string[], parts: Partial<World> = {}) =>
  handle({ issues: new Map(ids.map((id) => [id, sentryIssue(id)])), ...parts }, { source: "sentry" });

/** The incident as the next run finds it: the last line of its comment is the record's. */
function readBack(change: IncidentChange | undefined, facts: Parameters<typeof accepted>[2] = {}): Incident {
  const data: Partial<IncidentRecord> = writtenRecord(change);
  const known = accepted(900, "12", facts, data);
  const incident = { ...known.records.incident, body: `${writtenText(change)}\n\n<!-- record -->` };
  return { ...known, records: { ...known.records, incident } as Incident["records"] };
}

describe("Sentry's issues of one error, with `source: sentry`", () => {
  it("become one incident, whose comment and record name the others", async () => {
    const { changes } = await handleListed(["12", "13", "14"]);
    expect(writtenRecord(changes[0]).sentry?.shortId).toBe("SHOP-14");
    expect(writtenText(changes[0])).toContain(
      "| Together with | [SHOP-13](https://acme.sentry.io/issues/13/), [SHOP-12](https://acme.sentry.io/issues/12/) |",
    );
    expect(writtenRecord(changes[0]).together).toEqual([
      { issueId: "13", shortId: "SHOP-13" },
      { issueId: "12", shortId: "SHOP-12" },
    ]);
  });

  it("are named in the summary, with where they are put", async () => {
    const { outcome } = await handleListed(["12", "13"]);
    const sentence = "In Sentry, `SHOP-12` is the same error as #900 and put together with it.";
    expect(outcome.summary).toContain(`- ${sentence}`);
    expect(outcome.lines).toContainEqual({ level: "info", text: sentence });
  });

  it("are added to an incident that waits already", async () => {
    const first = await handleListed(["12"]);
    const { world, outcome, changes } = await handleListed(["12", "13"], {
      known: [readBack(first.changes[0])],
    });
    expect(world.drafts).toEqual([]);
    expect(writtenText(changes[0])).toContain(
      "In Sentry, `SHOP-13` is the same error, and no issue is opened for that.",
    );
    expect(outcome.summary).toContain("`SHOP-13` is the same error as #900");
  });

  it("are written down and asked about once", async () => {
    for (const before of [["12"], ["12", "13"]]) {
      const first = await handleListed(before);
      const second = await handleListed(["12", "13"], { known: [readBack(first.changes[0])] });
      const [change = first.changes[0]] = second.changes.filter(({ records }) => records.length > 0);
      const { changes, world } = await handleListed(["12", "13"], { known: [readBack(change)] });
      expect(changes.flatMap(({ records }) => records)).toEqual([]);
      expect(world.askedOfSentry).toEqual([]);
    }
  });

  it("are an incident again once that one is closed as fixed", async () => {
    const { changes } = await handleListed(["12", "13"]);
    const closed = readBack(changes[0], { open: false, stateReason: "COMPLETED" });
    const { world } = await handleListed(["12"], { known: [closed] });
    expect(world.drafts.map(({ key }) => key)).toEqual(["sentry:acme/12"]);
  });
});
