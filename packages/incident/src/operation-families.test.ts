import { describe, expect, it } from "vitest";
import { isInFamily } from "./operation-families.ts";

const MEMBERS =
  "db in db, db.sql.active_record in db, db.redis in db, http.server in http, http.server in http.server, queue.task.celery in queue, gen_ai.chat in gen_ai, grpc.server in grpc*, anything in *";
const STRANGERS = "dbx in db, http.client in http.server, ai.chat in gen_ai, function in fun, db in db.sql";
const judge = (pair: string): boolean => {
  const [op = "", family = ""] = pair.split(" in ");
  return isInFamily(op, family);
};

describe("a family of operations", () => {
  it.each(MEMBERS.split(", "))("has %s", (pair) => expect(judge(pair)).toBe(true));
  it.each(STRANGERS.split(", "))("does not have %s", (pair) => expect(judge(pair)).toBe(false));
});
