import { expect, test } from "vitest";
import { chooseSandbox } from "./choose-sandbox.ts";

const answers = async () => undefined;
const unasked = () => Promise.reject(new Error("docker was asked"));

test.each([
  ["none", undefined, unasked, "none"],
  ["process", "image:1", unasked, "process"],
  ["auto", undefined, unasked, "process"],
  ["auto", "image:1", answers, "docker"],
  ["docker", "image:1", answers, "docker"],
] as const)("`%s` with the image %s runs things so", async (sandbox, image, ask, name) => {
  expect((await chooseSandbox({ sandbox, "sandbox-image": image }, ask)).name).toBe(name);
});

test("`docker` without an image names the input that is missing", async () => {
  await expect(chooseSandbox({ sandbox: "docker", "sandbox-image": undefined }, answers)).rejects.toThrow(
    "`sandbox: docker` needs `sandbox-image`",
  );
});
