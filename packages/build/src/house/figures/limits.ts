import type { RoomRule } from "../rooms/room-fault.ts";
import type { FigureName } from "./measure-house.ts";

/** What each number may be at most; lower it when the number falls. Numbers without a limit grow with the product. */
export const LIMITS: Readonly<Partial<Record<FigureName, number>>> = {
  "circles of imports": 18,
  "circles of values among them": 1,
  "arrows upward": 0,
  "pairs of places that share six lines or more": 200,
  "exported names that two files share": 178,
  "functions named …Of": 576,
  "functions over 45 lines": 18,
  "shipped files over 250 lines": 4,
};

/** How many breaches of each rule of a room are left. */
export const ROOM_LIMITS: Readonly<Record<RoomRule, number>> = {
  "no circle": 18,
  "no own index": 21,
  "ports are types": 33,
  "decisions are pure": 2,
  furniture: 6,
  "file names": 91,
};
