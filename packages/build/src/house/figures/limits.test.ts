import { expect, test } from "vitest";
import { HAS_RIG, REPOSITORY } from "../../repository.ts";
import { findRoomFaults } from "../rooms/find-room-faults.ts";
import type { RoomRule } from "../rooms/room-fault.ts";
import { LIMITS, ROOM_LIMITS } from "./limits.ts";
import { type FigureName, measureHouse } from "./measure-house.ts";
import { readHouse } from "./read-house.ts";

const house = readHouse(REPOSITORY);
const figures = measureHouse(house);
const faults = Map.groupBy(findRoomFaults(house.written, house.exported), ({ rule }) => rule);

test("the house is read: all rooms, of which one part ships", () => {
  expect(house.shipped.length).toBeGreaterThan(400);
  expect(house.written.length).toBeGreaterThan(house.shipped.length + 40);
  expect(house.sources.length).toBeGreaterThan(house.written.length + 200);
});

const limits = Object.entries(LIMITS) as [FigureName, number][];

test.each(limits)("%s: at most %i", (name, limit) => {
  expect(figures[name].count, "`npm run figures -- --list` names them").toBeLessThanOrEqual(limit);
});

/** How far a limit may lag behind, so that not every mended place has to touch the list: a tenth. */
const lag = (count: number): number => count + Math.floor(count / 10);

test.runIf(HAS_RIG).each(limits)("%s: the limit follows when the number falls", (name, limit) => {
  const { count } = figures[name];
  expect(limit, `lower it to ${count} in limits.ts`).toBeLessThanOrEqual(lag(count));
});

const rules = Object.entries(ROOM_LIMITS) as [RoomRule, number][];

test.each(rules)("%s: at most %i breaches", (rule, limit) => {
  const found = faults.get(rule) ?? [];
  expect(found.length, `${found.map(({ sentence }) => sentence).join("\n")}\n`).toBeLessThanOrEqual(limit);
});

test.runIf(HAS_RIG).each(rules)("%s: the limit follows when breaches are mended", (rule, limit) => {
  const count = faults.get(rule)?.length ?? 0;
  expect(limit, `lower it to ${count} in limits.ts`).toBeLessThanOrEqual(lag(count));
});
