import { CONFIGS } from "./configs.ts";
import { search } from "./search/search.ts";

const [name = "tiny", most = "1e9"] = process.argv.slice(2);
const config = CONFIGS.find((each) => each.name === name);
if (config === undefined) throw new Error(`There is no ${name}.`);
const found = search(config, { most: Number(most), isFairPlayed: !process.argv.includes("--safety"), onLevel: (depth, states) => console.error(depth, states) });
console.log(JSON.stringify(found, null, 1));
