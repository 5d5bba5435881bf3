import { renderRef } from "../../render/git.ts";
import { createRef, dropRef, requireRef, updateRef } from "../../state/code/refs.ts";
import { inRepository, type RepositoryCall, type RestOperations } from "../operation.ts";
import { created, NO_CONTENT, okReply } from "../reply.ts";

export const refOperations: RestOperations = {
  "git/get-ref": inRepository({ contents: "read" }, {}, (call) =>
    okReply(render(call, requireRef(call.repository, refName(call), call.view.version("refs")))),
  ),
  "git/list-matching-refs": inRepository({ contents: "read" }, {}, (call) =>
    okReply(
      call.repository.git.refs.list(refName(call), call.view.version("refs")).map((ref) => render(call, ref)),
    ),
  ),
  "git/create-ref": inRepository({ contents: "write" }, { body: ["ref", "sha"] }, (call) => {
    const body = call.body as { ref: string; sha: string };
    return created(render(call, createRef(call.scope, body.ref, body.sha)));
  }),
  "git/update-ref": inRepository({ contents: "write" }, { body: ["sha", "force"] }, (call) => {
    const body = call.body as { sha: string; force?: boolean };
    return okReply(render(call, updateRef(call.scope, refName(call), body.sha, body.force ?? false)));
  }),
  "git/delete-ref": inRepository({ contents: "write" }, {}, (call) => {
    dropRef(call.scope, refName(call));
    return NO_CONTENT;
  }),
};

/** Paths name refs without their leading `refs/`. */
function refName(call: RepositoryCall): string {
  return `refs/${call.path["ref"]}`;
}

function render(call: RepositoryCall, ref: { name: string; oid: string }): object {
  return renderRef(call.world, call.repository, ref);
}
