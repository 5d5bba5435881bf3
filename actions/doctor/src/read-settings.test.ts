import { describe, expect, it } from "vitest";
import { contract } from "./contract.ts";
import { readDoctorSettings } from "./read-settings.ts";

const read = (given: Readonly<Record<string, string>>) => readDoctorSettings(contract.inputs.parse(given));

describe("settings", () => {
  it("have the defaults of the actions that will read them", () => {
    expect(read({}).settings).toMatchObject({
      "sentry-url": "https://sentry.io",
      "posthog-host": "https://us.posthog.com",
      environment: "production",
      agent: "claude-code",
      workflow: "patchpilot-repair.yml",
      stopped: false,
    });
  });

  it.each([
    ["sentry-url", "sentry.io"],
    ["posthog-host", "ftp://us.posthog.com"],
    ["health-allow-private", "maybe"],
    ["stop", "ture"],
    ["target-repository", "shop"],
  ])("that `%s` cannot be %j becomes a check, and the rest is read", (name, value) => {
    const { settings, faults } = read({ [name]: value, "sentry-org": "acme" });
    expect(faults).toMatchObject([{ state: "missing", settings: [name] }]);
    expect(settings["sentry-org"]).toBe("acme");
    expect(Object.values(settings)).not.toContain(value);
  });

  it("of several wrong values name each", () => {
    expect(read({ "sentry-url": "x", "vercel-url": "y", stop: "z" }).faults).toHaveLength(3);
  });

  it("stop where the kill switch cannot be read", () => {
    expect(read({ stop: "ture" }).settings.stopped).toBe(true);
  });
});
