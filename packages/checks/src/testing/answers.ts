import type { Answered, Refused } from "../asking.ts";

export const answered = <T>(value: T): Answered<T> => ({ state: "answered", value, asked: ["GET /"] });

export const refusal = (kind: Refused["kind"], changes: Partial<Refused> = {}): Refused => ({
  state: "refused",
  kind,
  found: "It refused.",
  remedy: "Mend it.",
  asked: ["GET /"],
  ...changes,
});
