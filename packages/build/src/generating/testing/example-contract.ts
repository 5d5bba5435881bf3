import {
  defineContract,
  flag,
  fromRunner,
  mayWrite,
  requiredSecret,
  secret,
  textOr,
} from "@patchpilot/action-kit/contract";
import * as z from "zod";

/** A small contract with every kind of input that the generator tells apart. */
export const exampleContract = defineContract({
  name: "example",
  version: "1.2.0",
  title: "PatchPilot Example",
  description: "Shows what the generator writes.",
  icon: "activity",
  color: "blue",
  needs: "no other PatchPilot action.",
  permissions: [
    mayWrite("issues", "writes the record"),
    mayWrite("contents", "makes refs", "`source: sentry`"),
  ],
  inputs: z.object({
    token: fromRunner("${{ github.token }}", "Token of the job.", { secret: true }),
    environment: textOr("production", "One of production|staging."),
    "extra-key": secret("A key."),
    "example-token": requiredSecret("A token.", "is missing; pass one"),
    "dry-run": flag(false, "Write nothing."),
  }),
  outputs: z.object({ count: z.number().meta({ description: "How many." }) }),
});
