/** The account on GitHub under which PatchPilot is published. To publish a fork under your own name, change this line. */
export const OWNER: string = "patchpilot";
