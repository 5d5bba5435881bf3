import type { HttpOptions } from "@patchpilot/http";

/** How a service is asked: the secrets that must not leave, limits, and what tests replace. */
export type ServiceAccess = Omit<HttpOptions, "name" | "isRead">;
