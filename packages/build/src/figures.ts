/**
 * `npm run figures`: prints how well the house hangs together, what is written twice and what is too long, each number
 * with its limit. With `--list` it also names the places behind each number.
 */
import { parseArgs } from "node:util";
import { LIMITS } from "./house/figures/limits.ts";
import { measureHouse } from "./house/figures/measure-house.ts";
import { readHouse } from "./house/figures/read-house.ts";
import { REPOSITORY } from "./repository.ts";

const { values } = parseArgs({ options: { list: { type: "boolean", default: false } } });

const limits: Readonly<Record<string, number>> = LIMITS;
for (const [name, { count, places }] of Object.entries(measureHouse(readHouse(REPOSITORY)))) {
  const limit = limits[name];
  console.log(`${name}: ${count}${limit === undefined ? "" : ` (at most ${limit})`}`);
  if (values.list) for (const place of places) console.log(`  ${place}`);
}
