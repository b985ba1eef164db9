/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Preloaded into a program: its n-th call that changes a file goes wrong, or
 * its n-th allocation, or it is killed there. FAULT_FILE names a file that all
 * processes of one command share and count in; FAULT_KIND and FAULT_AT say
 * what happens at which call. Chance is taken out of it as well (FAULT_SEED),
 * so that two runs give the same bytes; and nothing is really synced.
 */
#include "faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static fault_count *shared;
static enum fault_kind kind;
static uint64_t target, seed;
static int counts_memory; /* git's own allocations are git's */

static uint64_t number(const char *name)
{
	const char *text = getenv(name);
	return text ? strtoull(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("FAULT_FILE");
	int fd = path ? (int)open(path, O_RDWR | O_CLOEXEC) : -1;
	seed = number("FAULT_SEED") * 2654435761U + 88172645463325252U;
	if (fd < 0)
		return;
	void *at = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
			MAP_SHARED, fd, 0);
	close(fd);
	kind = (enum fault_kind)number("FAULT_KIND");
	target = number("FAULT_AT");
	counts_memory = !strcmp(program_invocation_short_name, "fria");
	if (at == MAP_FAILED)
		return;
	shared = at;
	if (!shared->leader)
		shared->leader = getpid();
}

/* As when the machine stops: the command goes with what it runs. */
static void end_all(void)
{
	shared->struck = 1;
	kill((pid_t)shared->leader, SIGKILL);
	kill(getpid(), SIGKILL);
}

/* --- what happens --- */

/* What a call says when it goes wrong by itself. */
static int usual(char call)
{
	return strchr("sc", call) ? EIO : strchr("ru", call) ? EACCES : ENOSPC;
}

static int needs_space(char call)
{
	return strchr("wolmt", call) != NULL;
}

/* True if this call is to fail; errno says how. */
static int strikes(char call)
{
	if (!shared)
		return 0;
	uint64_t at = __atomic_add_fetch(&shared->calls, 1, __ATOMIC_SEQ_CST);
	if (at <= FAULT_CALLS)
		shared->kinds[at - 1] = call;
	if (kind == FAULT_FULL && at >= target && needs_space(call)) {
		shared->struck = 1;
		errno = ENOSPC;
		return 1;
	}
	if (at != target || kind == FAULT_NONE || kind >= FAULT_MEMORY ||
	    kind == FAULT_FULL)
		return 0;
	shared->struck = 1;
	if (kind == FAULT_KILL)
		end_all();
	errno = kind == FAULT_IO       ? EIO
		: kind == FAULT_DENIED ? EACCES
				       : usual(call);
	return 1;
}

#define REAL(name)                                                             \
	static __typeof__(&name) real;                                         \
	if (!real)                                                             \
	real = (__typeof__(&name))(uintptr_t)dlsym(RTLD_NEXT, #name)

/* --- files --- */

static int writes(const char *path, int flags)
{
	return (flags & (O_WRONLY | O_RDWR | O_CREAT)) &&
	       strncmp(path, "/dev/", 5) != 0;
}

/* The same chance twice would take the name that a killed one left. */
static int tamed(const char *path, int flags)
{
	size_t n = strlen(path);
	if (shared && (flags & O_EXCL) && n > 4 &&
	    !strcmp(path + n - 4, ".tmp"))
		return (flags & ~O_EXCL) | O_TRUNC;
	return flags;
}

#define OPEN(name)                                                             \
	int name(const char *path, int flags, ...)                             \
	{                                                                      \
		REAL(name);                                                    \
		va_list args;                                                  \
		va_start(args, flags);                                         \
		mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;      \
		va_end(args);                                                  \
		if (writes(path, flags) && strikes('o'))                       \
			return -1;                                             \
		return real(path, tamed(path, flags), mode);                   \
	}
#define OPENAT(name)                                                           \
	int name(int at, const char *path, int flags, ...)                     \
	{                                                                      \
		REAL(name);                                                    \
		va_list args;                                                  \
		va_start(args, flags);                                         \
		mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;      \
		va_end(args);                                                  \
		if (writes(path, flags) && strikes('o'))                       \
			return -1;                                             \
		return real(at, path, tamed(path, flags), mode);               \
	}
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name)                                                            \
	FILE *name(const char *path, const char *mode)                         \
	{                                                                      \
		REAL(name);                                                    \
		if (strpbrk(mode, "wa+") && strncmp(path, "/dev/", 5) &&       \
		    strikes('o'))                                              \
			return NULL;                                           \
		return real(path, mode);                                       \
	}
FOPEN(fopen)
FOPEN(fopen64)

/* A pipe or a terminal is no file. */
static int is_file(int fd)
{
	struct stat st;
	return fd > 2 && !fstat(fd, &st) && S_ISREG(st.st_mode);
}

/* Half of it arrives: -1 for the whole call, else what it gives. */
#define HALF(half)                                                             \
	do {                                                                   \
		uint64_t now = shared ? shared->calls + 1 : 0;                 \
		if (now && now == target && n > 1 &&                           \
		    (kind == FAULT_SHORT || kind == FAULT_TORN)) {             \
			ssize_t done = (half);                                 \
			shared->struck = 1;                                    \
			if (kind == FAULT_TORN)                                \
				end_all();                                     \
			shared->calls++;                                       \
			target++; /* and the rest finds no space */            \
			return done;                                           \
		}                                                              \
	} while (0)

ssize_t write(int fd, const void *bytes, size_t n)
{
	REAL(write);
	if (!is_file(fd))
		return real(fd, bytes, n);
	HALF(real(fd, bytes, n / 2));
	return strikes('w') ? -1 : real(fd, bytes, n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	REAL(pwrite);
	HALF(real(fd, bytes, n / 2, at));
	return strikes('w') ? -1 : real(fd, bytes, n, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	REAL(pwrite64);
	HALF(real(fd, bytes, n / 2, at));
	return strikes('w') ? -1 : real(fd, bytes, n, at);
}

#define ONE(call, type, name, params, args)                                    \
	type name params                                                       \
	{                                                                      \
		REAL(name);                                                    \
		return strikes(call) ? -1 : real args;                         \
	}
#define SYNC(name)                                                             \
	int name(int fd)                                                       \
	{                                                                      \
		(void)fd;                                                      \
		return strikes('s') ? -1 : 0;                                  \
	}
SYNC(fsync)
SYNC(fdatasync)
SYNC(syncfs)
ONE('r', int, rename, (const char *a, const char *b), (a, b))
ONE('r', int, renameat, (int x, const char *a, int y, const char *b),
    (x, a, y, b))
ONE('l', int, link, (const char *a, const char *b), (a, b))
ONE('l', int, linkat, (int x, const char *a, int y, const char *b, int f),
    (x, a, y, b, f))
ONE('l', int, symlink, (const char *a, const char *b), (a, b))
ONE('l', int, symlinkat, (const char *a, int x, const char *b), (a, x, b))
ONE('m', int, mkdir, (const char *a, mode_t m), (a, m))
ONE('m', int, mkdirat, (int x, const char *a, mode_t m), (x, a, m))
ONE('u', int, unlink, (const char *a), (a))
ONE('u', int, unlinkat, (int x, const char *a, int f), (x, a, f))
ONE('u', int, rmdir, (const char *a), (a))
ONE('u', int, remove, (const char *a), (a))
ONE('t', int, ftruncate, (int fd, off_t n), (fd, n))
ONE('t', int, ftruncate64, (int fd, off64_t n), (fd, n))
ONE('c', int, fchmod, (int fd, mode_t m), (fd, m))
ONE('c', int, chmod, (const char *a, mode_t m), (a, m))

char *mkdtemp(char *name)
{
	REAL(mkdtemp);
	return strikes('m') ? NULL : real(name);
}

int mkstemp(char *name)
{
	REAL(mkstemp);
	return strikes('o') ? -1 : real(name);
}

int mkstemp64(char *name)
{
	REAL(mkstemp64);
	return strikes('o') ? -1 : real(name);
}

/* --- memory --- */

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t k, size_t n);
extern void *__libc_realloc(void *p, size_t n);

/* OpenSSL is started by git, in the same way in each command. */
static char source_of(const void *caller)
{
	Dl_info in;
	const char *slash =
	    dladdr(caller, &in) ? strrchr(in.dli_fname, '/') : 0;
	if (slash && !strncmp(slash, "/libcrypto", 10))
		return 's';
	return slash && !strcmp(slash, "/fria") ? 'p' : 'l';
}

static int exhausted(const void *caller)
{
	if (!shared || !counts_memory)
		return 0;
	uint64_t at =
	    __atomic_add_fetch(&shared->allocations, 1, __ATOMIC_SEQ_CST);
	if (shared->wants_sources && at <= FAULT_CALLS)
		shared->sources[at - 1] = source_of(caller);
	if ((kind == FAULT_MEMORY && at == target) ||
	    (kind == FAULT_NO_MEMORY && at >= target)) {
		shared->struck = 1;
		errno = ENOMEM;
		return 1;
	}
	return 0;
}

void *malloc(size_t n)
{
	return exhausted(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
}

void *calloc(size_t k, size_t n)
{
	return exhausted(__builtin_return_address(0)) ? NULL
						      : __libc_calloc(k, n);
}

void *realloc(void *p, size_t n)
{
	return exhausted(__builtin_return_address(0)) ? NULL
						      : __libc_realloc(p, n);
}

/* --- chance --- */

ssize_t getrandom(void *bytes, size_t n, unsigned flags)
{
	REAL(getrandom);
	if (!shared)
		return real(bytes, n, flags);
	for (size_t i = 0; i < n; i++) {
		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		((unsigned char *)bytes)[i] = (unsigned char)(seed >> 24);
	}
	return (ssize_t)n;
}
