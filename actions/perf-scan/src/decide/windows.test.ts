import { describe, expect, it } from "vitest";
import { chooseWindows } from "./windows.ts";

const NOW = new Date("2026-11-20T12:34:56Z");
const spans = (hours: number, baseline: "previous-week" | "previous-window") => {
  const { current, before, history } = chooseWindows(NOW, { "window-hours": hours, baseline });
  const span = ({ from, to }: typeof current) =>
    `${from.toISOString().slice(5, 13)} to ${to.toISOString().slice(5, 13)}`;
  return [span(before), span(current), history.from.getTime() === before.from.getTime()];
};

describe("the hours that are looked at", () => {
  it("end with the last full hour, and are compared with the same ones of the week before", () => {
    expect(spans(6, "previous-week")).toEqual(["11-13T06 to 11-13T12", "11-20T06 to 11-20T12", true]);
  });

  it("are those of the day before where a service is younger than a week", () => {
    expect(spans(6, "previous-window")).toEqual(["11-19T06 to 11-19T12", "11-20T06 to 11-20T12", true]);
  });

  it("go as many days back as the window has", () => {
    expect(spans(30, "previous-window")).toEqual(["11-17T06 to 11-18T12", "11-19T06 to 11-20T12", true]);
  });

  it("leave out an hour that ended a moment ago, for Sentry is not through with it", () => {
    const { current } = chooseWindows(new Date("2026-11-20T12:03:00Z"), {
      "window-hours": 1,
      baseline: "previous-week",
    });
    expect(current.to.toISOString()).toBe("2026-11-20T11:00:00.000Z");
  });
});
