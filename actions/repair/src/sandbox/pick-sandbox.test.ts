import { expect, test } from "vitest";
import { type Askers, pickSandbox } from "./pick-sandbox.ts";
import { processSandbox } from "./process-sandbox.ts";

const sandbox = processSandbox({});
const stands: Askers["wall"] = async () => ({ sandbox });
const falls: Askers["wall"] = async () => ({ fault: "There is no bubblewrap here." });
const fallsToo: Askers["wall"] = async () => ({ fault: "There is no Landlock here." });
const answers: Askers["docker"] = async () => undefined;
const silent: Askers["docker"] = async () => "daemon is down";
const unasked = () => Promise.reject(new Error("this was asked for nothing"));
const auto = { sandbox: "auto", "sandbox-image": undefined } as const;

test.each([
  ["none", undefined, { docker: unasked, wall: unasked, limitedWall: unasked }, "none"],
  ["process", "image:1", { docker: unasked, wall: unasked, limitedWall: unasked }, "process"],
  ["wall", "image:1", { docker: unasked, wall: stands, limitedWall: unasked }, "wall"],
  ["limited-wall", "image:1", { docker: unasked, wall: unasked, limitedWall: stands }, "limited-wall"],
  ["docker", "image:1", { docker: answers, wall: unasked, limitedWall: unasked }, "docker"],
  ["auto", "image:1", { docker: answers, wall: unasked, limitedWall: unasked }, "docker"],
  ["auto", "image:1", { docker: silent, wall: stands, limitedWall: unasked }, "wall"],
  ["auto", undefined, { docker: unasked, wall: stands, limitedWall: unasked }, "wall"],
  ["auto", undefined, { docker: unasked, wall: falls, limitedWall: stands }, "limited-wall"],
] as const)("`%s` with the image %s runs things so on Linux", async (wanted, image, ask, name) => {
  const choice = await pickSandbox({ sandbox: wanted, "sandbox-image": image }, ask, "linux");
  expect(choice.name).toBe(name);
});

test("`auto` behind a limited wall warns, and names the cause", async () => {
  const ask = { docker: unasked, wall: falls, limitedWall: stands };
  await expect(pickSandbox(auto, ask, "linux")).resolves.toMatchObject({
    missing: expect.stringContaining("There is no bubblewrap"),
  });
});

test("`limited-wall` by name warns of nothing", async () => {
  const ask = { docker: unasked, wall: unasked, limitedWall: stands };
  const choice = await pickSandbox({ ...auto, sandbox: "limited-wall" }, ask, "linux");
  expect(choice).not.toHaveProperty("missing");
});

test("`auto` without any wall stops on Linux, and names each cause and the way on", async () => {
  const ask = { docker: silent, wall: falls, limitedWall: fallsToo };
  const choice = pickSandbox({ ...auto, "sandbox-image": "image:1" }, ask, "linux");
  await expect(choice).rejects.toThrow(
    /\(daemon is down\)\. There is no bubblewrap here\. There is no Landlock here\. Set `sandbox: process`/,
  );
});

test.each(["darwin", "win32"] as const)("`auto` on %s is `process`, with a warning", async (platform) => {
  const ask = { docker: unasked, wall: falls, limitedWall: unasked };
  await expect(pickSandbox(auto, ask, platform)).resolves.toMatchObject({
    name: "process",
    missing: expect.stringContaining("There is no bubblewrap"),
  });
});

test.each([
  ["docker", undefined, "`sandbox: docker` needs `sandbox-image`"],
  ["docker", "image:1", "docker does not answer (daemon is down)"],
  ["wall", undefined, "`sandbox: wall` cannot be built. There is no bubblewrap here."],
  ["limited-wall", undefined, "`sandbox: limited-wall` cannot be built. There is no Landlock here."],
] as const)("`%s` with the image %s stops if it cannot be had", async (wanted, image, sentence) => {
  const ask = { docker: silent, wall: falls, limitedWall: fallsToo };
  const choice = pickSandbox({ sandbox: wanted, "sandbox-image": image }, ask, "linux");
  await expect(choice).rejects.toThrow(sentence);
});
