/** Why a report cannot be read; the message is a sentence. */
export class Unreadable extends Error {}
