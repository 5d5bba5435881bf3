/**
 * Tries to reach what it is told to: node ask.mjs ATTEMPTS ANSWERS.json. An attempt is `tcp HOST PORT`, `abstract NAME`,
 * or `tunnel HOST:PORT` and `get URL` by the proxy that the variables name. An answer is `open`, a status or a fault.
 */
import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";

const attempts = JSON.parse(process.argv[2]);
const answers = {};
for (const attempt of attempts) answers[attempt] = await answerTo(attempt);
writeFileSync(process.argv[3], JSON.stringify(answers));

function answerTo(attempt) {
  const [kind, first, second] = attempt.split(" ");
  if (kind === "tcp") return opening({ host: first, port: Number(second) });
  if (kind === "abstract") return opening({ path: `\0${first}` });
  return status(kind === "tunnel" ? "CONNECT" : "GET", first);
}

function opening(place) {
  return new Promise((resolve) => {
    const socket = connect(place);
    socket.on("data", (said) => {
      socket.destroy();
      resolve(String(said));
    });
    socket.on("error", ({ code }) => resolve(code));
    socket.on("close", () => resolve("closed"));
  });
}

function status(method, path) {
  const { hostname, port } = new URL(process.env.HTTPS_PROXY);
  return new Promise((resolve) => {
    const asked = request({ host: hostname, port, method, path, agent: false });
    asked.on("connect", ({ statusCode }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    asked.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", ({ code }) => resolve(code));
    asked.end();
  });
}
