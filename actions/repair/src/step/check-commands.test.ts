import { expect, test } from "vitest";
import { refuseBackground } from "./check-commands.ts";

test.each([
  [
    "nohup python3 -m http.server 8000 >/dev/null 2>&1 & sleep 1",
    "nohup python3 -m http.server 8000 >/dev/null 2>&1 &",
  ],
  ["npm ci\nredis-server &", "redis-server &"],
  ["npm ci && (redis-server &)", "npm ci && (redis-server &"],
])("`%s` leaves a process in the background", (command, process) => {
  expect(() => refuseBackground(command)).toThrow(`(\`${process}\`)`);
});

test("quotes, redirections, chains and what is waited for leave none", () => {
  const commands = [
    "npm ci && npm run build",
    "npm ci >log 2>&1",
    "npm ci &>log",
    "a & b & wait",
    "echo 'a & b'",
    "a |& b",
  ];
  expect(() => [...commands, undefined].forEach(refuseBackground)).not.toThrow();
});
