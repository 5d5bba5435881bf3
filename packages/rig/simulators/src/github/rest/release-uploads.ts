const UPLOADS = "https://uploads.github.com";

/** Where assets are uploaded to: a host of its own. On loopback it is the simulator's, for there is no other. */
export const uploadsOrigin = (asked: URL): string =>
  /^(127\.|localhost$)/.test(asked.hostname) ? asked.origin : UPLOADS;
