#!/usr/bin/env node
// A scripted agent, which speaks as Claude Code does: a prompt on stdin, its model through the gate, one JSON object on
// stdout. It asks the model once, and where it may edit, mends the shop. It says nothing about how well a model repairs.
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const { ANTHROPIC_BASE_URL, ANTHROPIC_API_KEY } = process.env;
const body = {
  model: "scripted-1",
  stream: true,
  max_tokens: 1000,
  messages: [{ role: "user", content: readFileSync(0, "utf8") }],
};
const reply = await fetch(`${ANTHROPIC_BASE_URL}/v1/messages`, {
  method: "POST",
  headers: { "x-api-key": ANTHROPIC_API_KEY, "content-type": "application/json" },
  body: JSON.stringify(body),
});
const said = [...(await reply.text()).matchAll(/"text_delta","text":("(?:[^"\\]|\\.)*")/g)];
const result = said.map(([, text]) => JSON.parse(text)).join("");
const mayEdit = process.argv[process.argv.indexOf("--tools") + 1]?.includes("Edit");
if (reply.ok && mayEdit) mend();
console.log(
  JSON.stringify({
    type: "result",
    subtype: "success",
    is_error: !reply.ok,
    api_error_status: reply.status,
    result,
    num_turns: 1,
    session_id: "one",
  }),
);

function mend() {
  replace("pnpm-workspace.yaml", "times: 1.0.0", "times: 1.1.0");
  execFileSync("pnpm", ["install", "--no-frozen-lockfile"], { stdio: "ignore" });
  replace("packages/cart/total.js", "import { times }", "import { orOne, times }");
  replace("packages/cart/total.js", "cart.amount)", "orOne(cart.amount))");
  appendFileSync(
    "packages/cart/total.test.js",
    'test("a cart without an amount holds one", () => assert.equal(total({ price: 2 }), 2));\n',
  );
  for (const path of [
    "__pycache__/a.cpython-312.pyc",
    ".pytest_cache/v/lastfailed",
    "packages/cart/.turbo/log",
    ".aider/cache.db",
  ])
    write(path, "cache");
  write(".pytest_cache/.gitignore", "*\n");
  write(".aider/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n");
}

function replace(path, from, to) {
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
