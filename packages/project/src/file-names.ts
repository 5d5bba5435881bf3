/** In the order in which make looks for them. */
export const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"] as const;
