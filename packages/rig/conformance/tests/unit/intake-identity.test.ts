import type { SdkEvent } from "@patchpilot/simulators/sentry";
import { MINUTE } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { type IntakeWorld, readIncident, startIntake } from "../../worlds/intake-world.ts";
import { watchIntakeWorlds } from "./watch-intake-worlds.ts";

const open = watchIntakeWorlds();

type Exceptions = NonNullable<NonNullable<SdkEvent["exception"]>["values"]>;
type Mechanism = NonNullable<Exceptions[number]["mechanism"]>;

/** An exception of own frames, `file:function`, the crash last. */
const thrown = (type: string, places: readonly string[], mechanism: Mechanism = {}): Exceptions[number] => ({
  type,
  value: `${type} happened`,
  mechanism: { type: "generic", handled: false, ...mechanism },
  stacktrace: {
    frames: places.map((place) => {
      const [filename = "", name = ""] = place.split(":");
      return { filename, abs_path: `/srv/${filename}`, function: name, lineno: 7, in_app: true };
    }),
  },
});

/** An event of one Sentry issue, which Sentry's alert opens an issue for on GitHub. */
function happen({ sentry, clock }: IntakeWorld, name: string, values: Exceptions): void {
  const event = { platform: "node", level: "error", fingerprint: [name], exception: { values } };
  sentry.recordEvent({ event, release: "shop@1.2.4", instants: [clock.now(), clock.now()] });
  clock.advance(MINUTE);
}

const ROOT = thrown("AggregateError", ["src/server.ts:main"], { exception_id: 0, is_exception_group: true });
const pay = thrown("RangeError", ["src/pay.ts:pay"], { exception_id: 1, parent_id: 0, source: "errors[0]" });
const mail = thrown("SmtpError", ["src/mail.ts:send"], {
  exception_id: 1,
  parent_id: 0,
  source: "errors[0]",
});
const minified = (name: string) => [thrown("TypeError", [`assets/index-BqK1a9Xy.js:${name}`])];

/** A shop in which two Sentry issues were opened, after a run over both. */
async function takeIn(one: Exceptions, other: Exceptions) {
  const test = open();
  happen(test, "one", one);
  happen(test, "other", other);
  const { outputs } = await startIntake(test);
  return { test, outputs };
}

describe("two Sentry issues", () => {
  it("whose groups hold different errors are two incidents, named by what is held and linked", async () => {
    const { test, outputs } = await takeIn([pay, ROOT], [mail, ROOT]);
    expect(outputs.accepted).toEqual([1, 2]);
    const { records } = await readIncident(test, 2);
    expect(records.incident?.data).toMatchObject({ title: "SmtpError: SmtpError happened", alike: [1] });
    expect(records.incident?.body).toContain("#### Open incidents that look alike");
    expect(records.incident?.body).toContain("causes, members of a group, or folders differ");
  });

  it("whose groups hold the same error are one incident", async () => {
    const { outputs } = await takeIn([pay, ROOT], [pay, ROOT]);
    expect(outputs.accepted).toEqual([1]);
    expect(outputs.ignored).toMatchObject([{ issue: 2, reason: "duplicate" }]);
  });

  it("of one minified bundle are two incidents that look alike", async () => {
    const { test, outputs } = await takeIn(minified("t"), minified("e"));
    expect(outputs.accepted).toEqual([1, 2]);
    expect((await readIncident(test, 1)).records.incident?.data.alike).toEqual([2]);
  });
});

it("a later issue is judged against what an earlier run accepted", async () => {
  const test = open();
  happen(test, "one", [pay, ROOT]);
  await startIntake(test);
  happen(test, "other", [pay, ROOT]);
  happen(test, "third", [mail, ROOT]);
  const { outputs } = await startIntake(test);
  expect(outputs.ignored).toMatchObject([{ issue: 2, reason: "duplicate" }]);
  expect((await readIncident(test, 3)).records.incident?.data.alike).toEqual([1]);
});
