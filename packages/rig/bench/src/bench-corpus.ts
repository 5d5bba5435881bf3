/**
 * `npm run bench:corpus`: what intake says of the frames and events of the public corpus, by SDK: the file, the main
 * exception and the category. Prints the part that the code may be fitted to, then the one that was written after it and
 * is only measured, and each miss. Exits 1 if a target is missed. corpus/README.md says what the corpus holds.
 */
import { fileURLToPath } from "node:url";
import { describeScores, sumScores } from "./corpus/corpus-tables.ts";
import { PARTS, readCorpus } from "./corpus/read-corpus.ts";
import { scoreCorpus } from "./corpus/score-corpus.ts";

/** Of frames, those whose file has to be right. */
const LEAST = 0.95;

const folder = fileURLToPath(new URL("../corpus", import.meta.url));
for (const part of PARTS) {
  const scores = readCorpus(folder, part).map(scoreCorpus);
  const { frames, sureAndWrong } = sumScores(scores);
  const share = frames.right / frames.all;
  console.log(`## ${part}\n\n${describeScores(scores)}\n`);
  for (const { sdk, misses } of scores) for (const miss of misses) console.log(`- ${sdk}: ${miss}`);
  console.log(`\nFiles: ${(share * 100).toFixed(1)} % right, ${sureAndWrong} wrong above .75.\n`);
  if (share < LEAST || sureAndWrong > 0) process.exitCode = 1;
}
