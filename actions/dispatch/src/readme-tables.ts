import { DISPATCH_RULES } from "./decide/rules.ts";

/** The tables of the README that do not come from the contract, by the name in their marker. */
export const tables: Readonly<Record<string, readonly (readonly string[])[]>> = {
  rules: [
    ["result", "if"],
    ...DISPATCH_RULES.map(({ name, meaning }) => [name === "sent again" ? name : `\`${name}\``, meaning]),
  ],
};
