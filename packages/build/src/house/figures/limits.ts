import type { RoomRule } from "../rooms/room-fault.ts";
import type { FigureName } from "./measure-house.ts";

/** What each number may be at most; lower it when the number falls. Numbers without a limit grow with the product. */
export const LIMITS: Readonly<Partial<Record<FigureName, number>>> = {
  "circles of imports": 0,
  "circles of values among them": 0,
  "arrows upward": 0,
  "pairs of places that share six lines or more": 103,
  "exported names that two files share": 4,
  "functions named …Of": 32,
  "functions over 45 lines": 0,
  "shipped files over 250 lines": 0,
};

/** How many breaches of each rule of a room are left. */
export const ROOM_LIMITS: Readonly<Record<RoomRule, number>> = {
  "no circle": 0,
  "no own index": 0,
  "ports are types": 0,
  "decisions are pure": 1,
  furniture: 0,
  "file names": 0,
};
