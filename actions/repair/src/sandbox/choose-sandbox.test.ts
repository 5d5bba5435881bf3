import { expect, test } from "vitest";
import { type Askers, chooseSandbox } from "./choose-sandbox.ts";
import { processSandbox } from "./process-sandbox.ts";

const sandbox = { ...processSandbox({}), name: "wall" } as const;
const stands: Askers["wall"] = async () => ({ sandbox });
const falls: Askers["wall"] = async () => ({ fault: "There is no bubblewrap here." });
const answers: Askers["docker"] = async () => undefined;
const silent: Askers["docker"] = async () => "daemon is down";
const unasked = () => Promise.reject(new Error("this was asked for nothing"));

test.each([
  ["none", undefined, unasked, unasked, "none"],
  ["process", "image:1", unasked, unasked, "process"],
  ["wall", "image:1", unasked, stands, "wall"],
  ["docker", "image:1", answers, unasked, "docker"],
  ["auto", "image:1", answers, unasked, "docker"],
  ["auto", "image:1", silent, stands, "wall"],
  ["auto", undefined, unasked, stands, "wall"],
  ["auto", undefined, unasked, falls, "process"],
] as const)("`%s` with the image %s runs things so", async (wanted, image, docker, wall, name) => {
  const choice = await chooseSandbox({ sandbox: wanted, "sandbox-image": image }, { docker, wall });
  expect(choice.name).toBe(name);
});

test("`auto` without a wall warns, and names the cause", async () => {
  const choice = chooseSandbox(
    { sandbox: "auto", "sandbox-image": undefined },
    { docker: unasked, wall: falls },
  );
  await expect(choice).resolves.toMatchObject({ missing: expect.stringContaining("There is no bubblewrap") });
});

test.each([
  ["docker", undefined, "`sandbox: docker` needs `sandbox-image`"],
  ["docker", "image:1", "docker does not answer (daemon is down)"],
  ["wall", undefined, "`sandbox: wall` cannot be built. There is no bubblewrap here."],
] as const)("`%s` with the image %s stops if it cannot be had", async (wanted, image, sentence) => {
  const choice = chooseSandbox({ sandbox: wanted, "sandbox-image": image }, { docker: silent, wall: falls });
  await expect(choice).rejects.toThrow(sentence);
});
