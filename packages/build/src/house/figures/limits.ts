import type { RoomRule } from "../rooms/room-fault.ts";
import type { FigureName } from "./measure-house.ts";

/** What each number may be at most; lower it when the number falls. Numbers without a limit grow with the product. */
export const LIMITS: Readonly<Partial<Record<FigureName, number>>> = {
  "circles of imports": 9,
  "circles of values among them": 1,
  "arrows upward": 0,
  "pairs of places that share six lines or more": 206,
  "exported names that two files share": 100,
  "functions named …Of": 320,
  "functions over 45 lines": 13,
  "shipped files over 250 lines": 3,
};

/** How many breaches of each rule of a room are left. */
export const ROOM_LIMITS: Readonly<Record<RoomRule, number>> = {
  "no circle": 9,
  "no own index": 0,
  "ports are types": 19,
  "decisions are pure": 2,
  furniture: 3,
  "file names": 34,
};
