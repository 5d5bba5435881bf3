import { expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";
import { listStatuses } from "./deployments.ts";

/** Deploys twice to an environment and gives the newest state of each deployment. */
function deployTwice(environment: string): (string | undefined)[] {
  const { world } = openGitHub();
  const deployer = world.as("vercel[bot]");
  const ids = [1, 2].map(() => {
    const { id } = deployer.createDeployment({ ref: "main", environment });
    deployer.setDeploymentStatus({ deploymentId: id, state: "success" });
    return id;
  });
  return ids.map((id) => listStatuses(world.repository("acme/shop"), id)[0]?.state);
}

test("a success makes the environment's earlier deployment inactive", () => {
  expect(deployTwice("Preview")).toEqual(["inactive", "success"]);
});

test("but not in production", () => {
  expect(deployTwice("Production")).toEqual(["success", "success"]);
});

test("a deployment names the commit that its branch was at", () => {
  const { world } = openGitHub();
  const owner = world.as("acme");
  const oid = owner.push({ branch: "main", message: "Two", files: { two: "2" } });
  const deployment = owner.createDeployment({ ref: "main", environment: "Production" });
  owner.push({ branch: "main", message: "Three", files: { three: "3" } });
  expect(deployment).toMatchObject({ oid, ref: "main", productionEnvironment: true });
});
