/**
 * What a hostile agent or test tries: node reach.mjs TARGETS REACHED.json, in the checkout. Whatever was reached is
 * named in the second file; what only the outside can tell (a file, a process) is left for the outside to look at.
 */
import { spawn } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync,
} from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { ways } from "./attach.mjs";

const targets = JSON.parse(process.argv[2] ?? "");
// Together they are the secret, so that this process does not hold it before it was found.
const secret = targets.secret.join("");
const others = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);

const tries = {
  "the environment of another process": () =>
    others.some((pid) => hold(() => readFileSync(`/proc/${pid}/environ`, "utf8").includes(targets.planted))),
  "the key in the action's memory": () => others.some((pid) => hold(() => isAction(pid) && memoryHolds(pid))),
  "attaching to the action": async () => {
    for (const pid of others.filter((each) => hold(() => isAction(each))))
      for (const attach of Object.values(ways)) if (await holdLater(() => attach(pid))) return true;
    return false;
  },
  "the runner's command files": () => {
    const file = join(targets.commandFiles, "OUTPUT");
    if (!existsSync(file)) return false;
    appendFileSync(file, "patch-sha256=forged\n");
    return true;
  },
  "the runner's temporary folder": () => readFileSync(join(targets.temporary, "planted"), "utf8") !== "",
  "the runner's home": () => readFileSync(join(targets.home, ".netrc"), "utf8") !== "",
  "the docker socket": () => connects(targets.socket),
  "new privileges": () => /^NoNewPrivs:\s*0$/m.test(readFileSync("/proc/self/status", "utf8")),
  "the git folder": () => {
    const known = readFileSync(join(".git", "config"), "utf8").includes(targets.planted);
    hold(() => writeFileSync(join(".git", "planted"), ""));
    return known;
  },
  "the tool cache": () => leave(() => writeFileSync(join(targets.tools, "bin", "planted"), "")),
  "killing a process of the runner": () => leave(() => process.kill(targets.victim, "SIGKILL")),
  daemons: () => leave(() => startDaemons(targets.daemons)),
};

const reached = [];
for (const [name, attempt] of Object.entries(tries)) if (await holdLater(attempt)) reached.push(name);
writeFileSync(process.argv[3] ?? "", JSON.stringify(reached));

function hold(ask) {
  try {
    return ask();
  } catch {
    return false;
  }
}

async function holdLater(ask) {
  try {
    return await ask();
  } catch {
    return false;
  }
}

/** Tries something whose trace is looked for from outside. */
function leave(act) {
  act();
  return false;
}

function isAction(pid) {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[1]?.startsWith(targets.bundle) === true;
}

function memoryHolds(pid) {
  const memory = openSync(`/proc/${pid}/mem`, "r");
  try {
    return writableParts(pid).some(({ from, size }) =>
      hold(() => {
        const bytes = Buffer.alloc(size);
        readSync(memory, bytes, 0, size, from);
        return bytes.includes(secret) || bytes.includes(Buffer.from(secret, "utf16le"));
      }),
    );
  } finally {
    closeSync(memory);
  }
}

function writableParts(pid) {
  return readFileSync(`/proc/${pid}/maps`, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, from = "", to = ""] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      const size = Number.parseInt(to, 16) - Number.parseInt(from, 16);
      return size > 0 && size < 64 * 1024 * 1024 ? [{ from: Number.parseInt(from, 16), size }] : [];
    });
}

function connects(path) {
  return new Promise((resolve) => {
    const socket = createConnection(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

/** One in the background, one that left its session and its environment, one that left the folder as well. */
function startDaemons([first, second, third]) {
  const wait = (word) => ["-c", "while :; do sleep 1000; done", word];
  spawn("sh", wait(first), { stdio: "ignore" }).unref();
  spawn("setsid", ["env", "-i", "PATH=/usr/bin:/bin", "sh", ...wait(second)], { stdio: "ignore" }).unref();
  spawn("setsid", ["env", "-i", "PATH=/usr/bin:/bin", "sh", ...wait(third)], {
    stdio: "ignore",
    cwd: "/",
  }).unref();
}
