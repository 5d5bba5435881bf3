/** The rules of a room; CONTRIBUTING.md explains them. */
export type RoomRule =
  | "no circle"
  | "no own index"
  | "ports are types"
  | "decisions are pure"
  | "furniture"
  | "file names";

export type RoomFault = { readonly rule: RoomRule; readonly sentence: string };

export const fault = (rule: RoomRule, sentence: string): RoomFault => ({ rule, sentence });
