import { z } from "zod";

/** What may be absent, null, or of a type that a newer Sentry invents: null then. */
export const lenient = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);

export const lenientText = () => lenient(z.string());

/** A list that may be absent or null; members that cannot be read are left out. */
export const lenientList = <T extends z.ZodType>(member: T) =>
  lenient(z.array(member.nullable().catch(null))).transform((members) =>
    (members ?? []).filter((one) => one !== null),
  );

/** The list that an object holds as `values`; empty where either is absent. */
export const lenientValues = <T extends z.ZodType>(member: T) =>
  lenient(z.object({ values: lenientList(member) })).transform((holder) => holder?.values ?? []);
