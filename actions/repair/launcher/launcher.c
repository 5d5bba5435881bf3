/*
 * Starts a command that the kernel confines, and ends whatever it leaves behind: the limited wall's one program.
 *
 *   launcher                    prints the version of Landlock's interface
 *   launcher FS NET SCOPED FILTER [RULE]... -- COMMAND [ARGUMENT]...
 *
 * FS, NET and SCOPED are the rights that Landlock refuses unless a RULE grants them; FILTER is a seccomp program, 16
 * digits an instruction. A RULE is RIGHTS:PATH, for a path and what is below it, or FROM-TO, for ports that may be
 * connected to. All numbers are hexadecimal. Which of them to pass is decided in src/sandbox/limited.
 *
 * The command's exit code is returned. SIGTERM, SIGINT and SIGHUP reach the command as one of the group; SIGUSR1 ends
 * all at once, and so does the end of the process that started this one.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of linux/landlock.h, which a compiler's headers may not have in full. */
#define CREATE_RULESET 444
#define ADD_RULE 445
#define RESTRICT_SELF 446
#define VERSION 1
#define PATH_BENEATH 1
#define NET_PORT 2
#define CONNECT_TCP 2
#define SCOPE_SIGNAL 2
/* Execute, write, read, truncate, ioctl: what can be granted for something that is no folder. */
#define OF_FILES 0xc007

struct handled { uint64_t fs, net, scoped; };
struct path_beneath { uint64_t rights; int32_t folder; } __attribute__((packed));
struct net_port { uint64_t rights, port; };

/* Exit codes of this program's own, as `env` has them. */
enum { FAULT = 125, NOT_STARTED = 126, NOT_FOUND = 127 };

static void fail(const char *what) {
  dprintf(2, "launcher: %s: %s\n", what, strerror(errno));
  _exit(FAULT);
}

static uint64_t number(const char *text, char **rest) { return strtoull(text, rest, 16); }

static void grant_path(int ruleset, uint64_t rights, const char *path) {
  struct path_beneath rule = { rights, open(path, O_PATH | O_CLOEXEC) };
  struct stat found;
  /* What cannot be opened is not granted. */
  if (rule.folder < 0) return;
  if (fstat(rule.folder, &found) < 0) fail(path);
  if (!S_ISDIR(found.st_mode)) rule.rights &= OF_FILES;
  if (syscall(ADD_RULE, ruleset, PATH_BENEATH, &rule, 0) < 0) fail(path);
  close(rule.folder);
}

static void grant_ports(int ruleset, uint64_t from, uint64_t to) {
  for (uint64_t port = from; port <= to; port++) {
    struct net_port rule = { CONNECT_TCP, port };
    if (syscall(ADD_RULE, ruleset, NET_PORT, &rule, 0) < 0) fail("a port");
  }
}

/* With the rights that are handled and the rules that grant some of them, from here on and for every descendant. */
static void restrict_self(struct handled handled, char **rules, char **end) {
  int ruleset = syscall(CREATE_RULESET, &handled, sizeof handled, 0);
  if (ruleset < 0) fail("landlock_create_ruleset");
  for (; rules < end; rules++) {
    char *rest;
    uint64_t first = number(*rules, &rest);
    if (*rest == ':') grant_path(ruleset, first & handled.fs, rest + 1);
    else if (handled.net) grant_ports(ruleset, first, number(rest + 1, &rest));
  }
  if (syscall(RESTRICT_SELF, ruleset, 0) < 0) fail("landlock_restrict_self");
  close(ruleset);
}

static void filter_calls(const char *digits) {
  static uint64_t instructions[BPF_MAXINSNS];
  size_t count = strlen(digits) / 16;
  errno = EINVAL;
  if (count == 0 || count > BPF_MAXINSNS) fail("FILTER");
  for (size_t at = 0; at < count; at++) {
    char one[17] = { 0 };
    memcpy(one, digits + at * 16, 16);
    instructions[at] = number(one, NULL);
  }
  struct sock_fprog program = { count, (struct sock_filter *)instructions };
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) fail("seccomp");
}

static void drop_capabilities(void) {
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct none[2] = { 0 };
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  if (syscall(SYS_capset, &header, none) < 0) fail("capset");
}

/* Kills this process's children by name; their own children become this process's. */
static void kill_children(void) {
  char path[64], list[4096];
  snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t length = file < 0 ? -1 : read(file, list, sizeof list - 1);
  if (length < 0) fail(path);
  close(file);
  list[length] = 0;
  /* A number that the end has cut is left for the next time. */
  for (char *next, *at = list; strtol(at, &next, 10) > 0 && *next == ' '; at = next)
    kill(strtol(at, NULL, 10), SIGKILL);
}

/* Until there is nobody left. @param scoped whether signals reach descendants alone, so that all can be meant at once */
static void end_descendants(int scoped) {
  for (;;) {
    pid_t ended;
    while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) continue;
    if (ended < 0) return;
    if (scoped) kill(-1, SIGKILL);
    else kill_children();
    usleep(1000);
  }
}

/* @return the exit code of the command as a shell would say it, or that of SIGKILL where all is to end */
static int wait_for(pid_t command, const sigset_t *watched) {
  for (;;) {
    int got, status;
    pid_t ended;
    if (sigwait(watched, &got) != 0) continue;
    if (got == SIGUSR1) return 128 + SIGKILL;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
      if (ended == command) return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
}

int main(int count, char **words) {
  if (count == 1) return printf("%ld\n", syscall(CREATE_RULESET, NULL, 0, VERSION)) < 0;
  int rules = 5, end = rules;
  while (end < count && strcmp(words[end], "--") != 0) end++;
  errno = EINVAL;
  if (end + 1 >= count) fail("FS NET SCOPED FILTER [RULE]... -- COMMAND [ARGUMENT]...");
  errno = EPERM;
  if (geteuid() == 0 || getuid() == 0) fail("root is not confined");
  struct handled handled = { number(words[1], NULL), number(words[2], NULL), number(words[3], NULL) };
  int scoped = (handled.scoped & SCOPE_SIGNAL) != 0;
  sigset_t watched, before;
  sigemptyset(&watched);
  for (int each = 0; each < 5; each++)
    sigaddset(&watched, (int[]){ SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGCHLD }[each]);
  sigprocmask(SIG_BLOCK, &watched, &before);
  if (prctl(PR_SET_PDEATHSIG, SIGUSR1) < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0 ||
      prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
    fail("prctl");
  drop_capabilities();
  /* A domain around this process and all that it starts, for its own signals not to go further. */
  if (scoped) restrict_self((struct handled){ 0, 0, SCOPE_SIGNAL }, NULL, NULL);
  /* Where the kernel has no list of children, this fails now and not at the end. */
  else kill_children();
  pid_t command = fork();
  if (command < 0) fail("fork");
  if (command == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    restrict_self(handled, words + rules, words + end);
    filter_calls(words[4]);
    sigprocmask(SIG_SETMASK, &before, NULL);
    execvp(words[end + 1], words + end + 1);
    dprintf(2, "launcher: %s: %s\n", words[end + 1], strerror(errno));
    _exit(errno == ENOENT ? NOT_FOUND : NOT_STARTED);
  }
  int code = wait_for(command, &watched);
  end_descendants(scoped);
  return code;
}
