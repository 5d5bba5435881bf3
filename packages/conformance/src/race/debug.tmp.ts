import { race } from "./debug-race.tmp.ts";
for (const seed of process.argv.slice(2)) console.log(seed, JSON.stringify(await race(Number(seed))));
