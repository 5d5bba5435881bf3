import { playHostile, playIssues } from "./hostile/play-hostile.ts";
const u = process.cpuUsage();
const say = (x: unknown) => console.log(JSON.stringify(x, null, 1), (process.cpuUsage(u).user / 1e6).toFixed(1));
say(await playIssues([0]));
for (const from of [0, 40, 80, 120, 150]) say(playHostile(from, 40));
for (let at = 3; at < 180; at += 9) say(await playIssues([at]));
