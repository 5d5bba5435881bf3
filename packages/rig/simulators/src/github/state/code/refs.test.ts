import { describe, expect, test } from "vitest";
import { openGitHub, WORKFLOW } from "../../testing/open-github.ts";

const REFS = "/repos/acme/shop/git/refs";

/** A repository with two commits in a row after the first. */
function openHistory() {
  const github = openGitHub();
  const owner = github.world.as("acme");
  const { git } = github.world.repository("acme/shop");
  const first = git.refs.get("refs/heads/main") ?? "";
  const second = owner.push({ branch: "work", message: "Two", files: { a: "2" } });
  const third = owner.push({ branch: "work", message: "Three", files: { a: "3" } });
  return { ...github, owner, git, first, second, third };
}

describe("creating a ref", () => {
  test("succeeds once, whoever asks at the same time", async () => {
    const { rest, token, first, second, git } = openHistory();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        rest(token(), `POST ${REFS}`, {
          ref: "refs/patchpilot/gates/pp-1-1-a1",
          sha: index % 2 === 0 ? first : second,
        }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const refusals = replies.filter(({ status }) => status === 422);
    expect(refusals.map(({ body }) => body.message)).toEqual(Array(19).fill("Reference already exists"));
    expect(git.refs.get("refs/patchpilot/gates/pp-1-1-a1")).toBe(first);
  });

  test.each([
    ["without a second slash", "refs/main"],
    ["with two dots", "refs/heads/a..b"],
    ["with a space", "refs/heads/a b"],
    ["that ends in a slash", "refs/heads/a/"],
    ["below a ref that exists", "refs/heads/main/sub"],
    ["above a ref that exists", "refs/heads/feature"],
  ])("is refused for a name %s", async (_, ref) => {
    const { rest, token, owner, first } = openHistory();
    owner.createRef("refs/heads/feature/one", first);
    expect((await rest(token(), `POST ${REFS}`, { ref, sha: first })).status).toBe(422);
  });

  test("is refused for an object that does not exist", async () => {
    const { rest, token } = openHistory();
    const reply = await rest(token(), `POST ${REFS}`, { ref: "refs/heads/a", sha: "1".repeat(40) });
    expect(reply.body.message).toBe("Object does not exist");
  });
});

describe("moving a ref", () => {
  test("forward needs no force", async () => {
    const { rest, token, owner, first, third } = openHistory();
    owner.createRef("refs/patchpilot/claims/1-a1", first);
    const reply = await rest(token(), `PATCH ${REFS}/patchpilot/claims/1-a1`, { sha: third });
    expect([reply.status, reply.body.object.sha]).toEqual([200, third]);
  });

  test("elsewhere is refused without force and done with it", async () => {
    const { rest, token, owner, first, third } = openHistory();
    owner.createRef("refs/patchpilot/claims/1-a1", third);
    const refused = await rest(token(), `PATCH ${REFS}/patchpilot/claims/1-a1`, { sha: first });
    expect([refused.status, refused.body.message]).toEqual([422, "Update is not a fast forward"]);
    const forced = await rest(token(), `PATCH ${REFS}/patchpilot/claims/1-a1`, { sha: first, force: true });
    expect(forced.status).toBe(200);
  });

  test("of two sisters of one commit, only the first gets it", async () => {
    const { rest, token, owner, git, first, world } = openHistory();
    owner.createRef("refs/patchpilot/gates/g", first);
    const tree = git.commit(first)?.tree ?? "";
    const sisters = await Promise.all(
      ["one", "two"].map((message) =>
        rest(token(), "POST /repos/acme/shop/git/commits", { message, tree, parents: [first] }),
      ),
    );
    const moves = await Promise.all(
      sisters.map(({ body }) => rest(token(), `PATCH ${REFS}/patchpilot/gates/g`, { sha: body.sha })),
    );
    expect(moves.map(({ status }) => status)).toEqual([200, 422]);
    expect(world.repository("acme/shop").git.refs.get("refs/patchpilot/gates/g")).toBe(sisters[0]?.body.sha);
  });
});

describe("old workflow files", () => {
  test("a GITHUB_TOKEN may not put a ref on a commit whose workflow files no branch has any more", async () => {
    const { rest, token, owner, first } = openHistory();
    const changed = { ".github/workflows/repair.yml": `${WORKFLOW}# newer\n` };
    owner.push({ branch: "main", message: "Newer workflow", files: changed });
    owner.deleteRef("refs/heads/work");
    const reply = await rest(token(), `POST ${REFS}`, { ref: "refs/patchpilot/claims/1-a1", sha: first });
    expect(reply.status).toBe(403);
    expect(reply.headers.get("x-accepted-github-permissions")).toContain("workflows=write");
  });

  test("a token with workflows: write may", async () => {
    const { rest, token, owner, first } = openHistory();
    const changed = { ".github/workflows/repair.yml": `${WORKFLOW}# newer\n` };
    owner.push({ branch: "main", message: "Newer workflow", files: changed });
    owner.deleteRef("refs/heads/work");
    const may = token({ contents: "write", workflows: "write" });
    expect((await rest(may, `POST ${REFS}`, { ref: "refs/patchpilot/claims/1-a1", sha: first })).status).toBe(
      201,
    );
  });
});

describe("updateRefs", () => {
  const MUTATION = "mutation($i: UpdateRefsInput!) { updateRefs(input: $i) { clientMutationId } }";

  test("moves all or none", async () => {
    const { graphql, token, owner, git, first, third } = openHistory();
    owner.createRef("refs/patchpilot/claims/1-a1", first);
    owner.createRef("refs/patchpilot/claims/2-a1", third);
    const repositoryId = (await graphql(token(), '{ repository(owner: "acme", name: "shop") { id } }')).body
      .data.repository.id;
    const reply = await graphql(token(), MUTATION, {
      i: {
        repositoryId,
        refUpdates: [
          { name: "refs/patchpilot/claims/1-a1", afterOid: third },
          { name: "refs/patchpilot/claims/2-a1", afterOid: first },
        ],
      },
    });
    expect(reply.body.errors[0].message).toContain("not a fast forward");
    expect(git.refs.get("refs/patchpilot/claims/1-a1")).toBe(first);
  });

  test("refuses where the ref is not where it was said to be", async () => {
    const { graphql, token, owner, git, first, second, third } = openHistory();
    owner.createRef("refs/patchpilot/claims/1-a1", second);
    const repositoryId = (await graphql(token(), '{ repository(owner: "acme", name: "shop") { id } }')).body
      .data.repository.id;
    const update = { name: "refs/patchpilot/claims/1-a1", beforeOid: first, afterOid: third };
    const reply = await graphql(token(), MUTATION, { i: { repositoryId, refUpdates: [update] } });
    expect(reply.body.data.updateRefs).toBeNull();
    expect(git.refs.get("refs/patchpilot/claims/1-a1")).toBe(second);
  });
});
