import { CONFIGS } from "./configs.ts";
import { search } from "./search/search.ts";
const [, , names = "", most = "100000", fair = "yes"] = process.argv;
for (const name of names.split(",")) {
  const f = search(CONFIGS.find((e) => e.name === name) as never, { most: Number(most), isFairPlayed: fair === "yes" });
  console.log(name, f.states, f.steps, f.depth, f.seconds, f.isComplete, f.breach ?? "");
}
