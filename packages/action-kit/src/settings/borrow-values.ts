import type * as z from "zod";
import type { Contract } from "../contract.ts";
import { readMeta } from "../input-meta.ts";
import type { Configuration } from "../read-inputs.ts";
import { isMapping } from "./judge-value.ts";

/**
 * Values that sections of other actions set for inputs which an action only repeats, as `doctor` does: it must see what
 * they will see. Its own section wins. Pure.
 */
export function borrowValues(file: Configuration, contract: Contract): Configuration {
  const own = findSection(file, contract.name);
  return Object.fromEntries(
    Object.entries(contract.inputs.shape).flatMap(([name, schema]) => {
      const section = findSection(file, readMeta(schema as z.ZodType).like ?? "");
      return Object.hasOwn(section, name) && !Object.hasOwn(own, name) ? [[name, section[name]]] : [];
    }),
  );
}

function findSection(file: Configuration, action: string): Configuration {
  const section = Object.hasOwn(file, action) ? file[action] : undefined;
  return isMapping(section) ? section : {};
}
