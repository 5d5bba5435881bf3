import { z } from "zod";

/** Text that may be absent, null, or of a type that a newer Sentry invents: null then. */
export const lenientText = () =>
  z
    .string()
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);

/** A list that may be absent or null; members that cannot be read are left out. */
export const lenientList = <T extends z.ZodType>(member: T) =>
  z
    .array(member.nullable().catch(null))
    .nullish()
    .catch(null)
    .transform((members) => (members ?? []).filter((one) => one !== null));
