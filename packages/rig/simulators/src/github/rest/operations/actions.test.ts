import { expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";

test("a workflow that a person switches off is listed as such until it is on again", async () => {
  const { world, rest, token } = openGitHub();
  const state = async (): Promise<string> => {
    const reply = await rest(token(), "GET /repos/acme/shop/actions/workflows");
    return reply.body.workflows[0].state;
  };
  world.runner().setWorkflowEnabled(".github/workflows/repair.yml", false);
  expect(await state()).toBe("disabled_manually");
  world.runner().setWorkflowEnabled(".github/workflows/repair.yml", true);
  expect(await state()).toBe("active");
});
