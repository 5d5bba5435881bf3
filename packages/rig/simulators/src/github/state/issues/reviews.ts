import type { ReviewRecord } from "../records.ts";
import { notFound, unprocessable } from "../refusal.ts";
import type { WriteScope } from "../scope.ts";
import { requirePull } from "./pulls.ts";

export type ReviewRequest = {
  readonly state: "approved" | "changes_requested" | "commented";
  readonly body?: string;
  readonly comments?: readonly {
    readonly path: string;
    readonly line?: number;
    readonly body: string;
  }[];
};

/**
 * Reviews a pull request.
 * @throws Refusal 422 where an author judges the own pull request, or a review that is no approval says nothing
 */
export function addReview(scope: WriteScope, number: number, request: ReviewRequest): ReviewRecord {
  const { world, repository, hand } = scope;
  const issue = requirePull(repository, number);
  const { state, body = "", comments = [] } = request;
  if (state !== "commented" && issue.author.id === hand.actor.id)
    throw unprocessable(
      `Can not ${state === "approved" ? "approve" : "request changes on"} your own pull request`,
    );
  if (state !== "approved" && body === "" && comments.length === 0)
    throw unprocessable("Review must say something");
  const id = world.takeId();
  return repository.reviews.set(id, {
    id,
    number,
    author: hand.actor,
    state,
    body,
    oid: issue.pull.headOid,
    submittedAt: world.now(),
    comments: comments.map(({ path, line = null, body }) => ({ id: world.takeId(), path, line, body })),
  });
}

/** A maintainer takes back what a review demands. */
export function dismissReview({ repository }: WriteScope, id: number): ReviewRecord {
  const review = repository.reviews.get(id);
  if (review === undefined) throw notFound();
  return repository.reviews.set(id, { ...review, state: "dismissed" });
}
