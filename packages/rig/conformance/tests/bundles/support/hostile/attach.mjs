/** Ways to look into another process, or to run code in it. Each answers whether it could, or throws. */
import { execFileSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";

export const ways = { memory, inspector, debug };

function memory(pid) {
  closeSync(openSync(`/proc/${pid}/mem`, "r+"));
  return true;
}

/** Node opens its inspector when it gets SIGUSR1; no tool is needed to ask it. */
async function inspector(pid) {
  process.kill(Number(pid), "SIGUSR1");
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const targets = await fetch("http://127.0.0.1:9229/json/list").catch(() => undefined);
    if (targets === undefined) continue;
    const [{ webSocketDebuggerUrl }] = await targets.json();
    return (await evaluate(webSocketDebuggerUrl, "process.pid")) === Number(pid);
  }
  return false;
}

function evaluate(url, expression) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onerror = reject;
    socket.onopen = () =>
      socket.send(JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression } }));
    socket.onmessage = ({ data }) => {
      socket.close();
      resolve(JSON.parse(data).result.result.value);
    };
  });
}

function debug(pid) {
  const call = ["--batch", "-nx", "-p", String(pid), "-ex", "print (int) getpid()"];
  return execFileSync("gdb", call, { stdio: ["ignore", "pipe", "ignore"] }).includes(`$1 = ${pid}`);
}
