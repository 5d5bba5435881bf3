import type { HttpFailureKind } from "@patchpilot/http";
import { makeFailure } from "@patchpilot/http/testing";
import type { Sentry } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { contract } from "../contract.ts";
import { NOW } from "../testing/world.ts";
import { openExposure } from "./exposure.ts";
import type { VerifyAccess } from "./wires.ts";

const readSpans = (kind: HttpFailureKind) => {
  const sentry = { spansByRelease: async () => Promise.reject(makeFailure(kind)) } as unknown as Sentry;
  const access = { ask: () => sentry, environment: "production", projects: () => ["42"] };
  const { spans } = openExposure(contract.inputs.parse({}), {} as VerifyAccess, access);
  return spans?.(["42"], { from: NOW - HOUR, until: NOW });
};

describe("traffic of a Sentry", () => {
  test.each(["rejected", "not-found"] as const)("that is too old for spans is none (%s)", async (kind) => {
    expect(await readSpans(kind)).toEqual(new Map());
  });

  test.each(["server", "forbidden"] as const)("that does not answer is not none (%s)", async (kind) => {
    await expect(readSpans(kind)).rejects.toMatchObject({ kind });
  });
});
