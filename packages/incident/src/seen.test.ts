import { expect, test } from "vitest";
import { addSightings, isRiseDue, type Sightings } from "./seen.ts";

const at = (time: string): string => `2026-03-03T${time}:00Z`;
const before: Sightings = { at: at("08:00"), events: 1, users: 1, lastSeen: at("07:59") };

test("a count of everything replaces the one before", () => {
  const count = { at: at("09:00"), events: 69, users: 41, lastSeen: at("08:58") };
  expect(addSightings(before, count)).toEqual(count);
});

test("users that are not counted keep the time at which they were", () => {
  const later = addSightings(before, { at: at("09:00"), events: 69 });
  expect(later).toEqual({ ...before, at: at("09:00"), events: 69, usersAt: at("08:00") });
  expect(addSightings(later, { at: at("10:00"), events: 70 }).usersAt).toBe(at("08:00"));
});

test("users that are counted again have no other time", () => {
  const later = addSightings(before, { at: at("09:00"), events: 69 });
  expect(addSightings(later, { at: at("10:00"), events: 70, users: 42 })).not.toHaveProperty("usersAt");
});

test("a question about less than is known takes nothing back", () => {
  const less = { at: at("09:00"), events: 0, users: 0, lastSeen: at("06:00") };
  expect(addSightings(before, less)).toEqual({ ...before, at: at("09:00"), usersAt: at("08:00") });
});

test("fields of a newer version stay", () => {
  expect(addSightings({ ...before, colour: "red" }, { at: at("09:00") })).toMatchObject({ colour: "red" });
});

test.each([
  ["more events after an hour", { at: at("09:00"), events: 2 }, true],
  ["more events within the hour", { at: at("08:59"), events: 2 }, false],
  ["as many events", { at: at("20:00"), events: 1 }, false],
  ["no number", { at: at("20:00"), lastSeen: at("19:00") }, false],
])("%s: its own write is %s", (_, count, expected) => {
  expect(isRiseDue(before, count)).toBe(expected);
});

test("the first count is all that is known", () => {
  const count = { at: at("09:00"), events: 1 };
  expect(addSightings(undefined, count)).toEqual(count);
  expect(isRiseDue(undefined, count)).toBe(true);
});

test("as many users as before were counted now", () => {
  expect(addSightings(before, { at: at("09:00"), users: 1 })).not.toHaveProperty("usersAt");
});

test("users that were never counted have no time", () => {
  expect(addSightings({ at: at("08:00") }, { at: at("09:00") })).toStrictEqual({ at: at("09:00") });
});

test.each([
  [undefined, 3, 3],
  [3, undefined, 3],
  [3, 4, 4],
  [4, 3, 4],
])("%j events, then %j, are %j", (one, other, events) => {
  expect(addSightings({ at: at("08:00"), events: one }, { at: at("09:00"), events: other }).events).toBe(
    events,
  );
});
