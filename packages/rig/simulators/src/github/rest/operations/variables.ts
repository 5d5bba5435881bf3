import { createVariable, requireVariable, updateVariable } from "../../state/actions/variables.ts";
import type { VariableRecord } from "../../state/records.ts";
import { inRepository, type RestOperations } from "../operation.ts";
import { created, NO_CONTENT, okReply } from "../reply.ts";

export const variableOperations: RestOperations = {
  "actions/get-repo-variable": inRepository({ actions_variables: "read" }, {}, (call) => {
    const version = call.view.version("variables");
    return okReply(renderVariable(requireVariable(call.repository, call.path["name"] ?? "", version)));
  }),
  "actions/create-repo-variable": inRepository(
    { actions_variables: "write" },
    { body: ["name", "value"] },
    (call) => {
      const { name, value } = call.body as { name: string; value: string };
      createVariable(call.scope, name, value);
      return created({});
    },
  ),
  "actions/update-repo-variable": inRepository(
    { actions_variables: "write" },
    { body: ["name", "value"] },
    (call) => {
      updateVariable(call.scope, call.path["name"] ?? "", call.body as { name?: string; value?: string });
      return NO_CONTENT;
    },
  ),
};

/** A variable with its value. */
export const renderVariable = ({ name, value, createdAt, updatedAt }: VariableRecord): object => ({
  name,
  value,
  created_at: createdAt,
  updated_at: updatedAt,
});
