/** A write that failed without a word of whether it happened. */
export class LostReply extends Error {
  override readonly name = "LostReply";
}
