/** What Landlock handles, as bits: refused unless a rule grants it. */
export type Handled = { readonly fs: number; readonly net: number; readonly scoped: number };

const EXECUTE = 1 << 0;
const READ_FILE = 1 << 2;
const READ_DIR = 1 << 3;
/** Every right of the first version, such as to write, make and remove. */
const FIRST = (1 << 13) - 1;
const REFER = 1 << 13;
const TRUNCATE = 1 << 14;
const IOCTL_DEV = 1 << 15;
const CONNECT_TCP = 1 << 1;
const ABSTRACT_SOCKETS_AND_SIGNALS = 3;

export const READ = EXECUTE | READ_FILE | READ_DIR;

/** All that a version of Landlock's interface can refuse. Source: linux/landlock.h. */
export const handledBy = (version: number): Handled => ({
  fs: FIRST | (version >= 2 ? REFER : 0) | (version >= 3 ? TRUNCATE : 0) | (version >= 5 ? IOCTL_DEV : 0),
  net: version >= 4 ? CONNECT_TCP : 0,
  scoped: version >= 6 ? ABSTRACT_SOCKETS_AND_SIGNALS : 0,
});
