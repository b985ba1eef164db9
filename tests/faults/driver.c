/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tries every command with every call gone wrong: driver FRIA INJECTOR ROOMS
 * [-s SEED -n SAMPLE] [-a ALLOCATIONS] [-l] [-j JOBS] [-v] [ROOM...]; -l:
 * nothing but what libraries allocate by themselves. After each fault what is
 * in the room must be what was before or what comes after, what the command
 * said must fit that, and the same command again must give the whole of it.
 * ROOMS is what rooms.sh made. Exit status 1 if one is wrong.
 */
#include "driver.h"

#include <dirent.h>
#include <fcntl.h>
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MANY_CALLS = 40 };

const char *fria, *injector, *rooms_folder;
room *rooms;
totals *sums;
bool verbose;
static size_t rooms_n;
const char *const kind_names[FAULT_KINDS] = {
    "none", "fails", "eio",  "eacces",	 "short",
    "full", "kill",  "torn", "no block", "no memory"};
static job *jobs;
static size_t jobs_n;

/* Of this process alone. */
static void make_place(place *p)
{
	int own = getpid();
	snprintf(p->folder, sizeof p->folder, "%s/try-%d", rooms_folder, own);
	snprintf(p->out, sizeof p->out, "%s/%d.out", rooms_folder, own);
	snprintf(p->err, sizeof p->err, "%s/%d.err", rooms_folder, own);
	snprintf(p->count, sizeof p->count, "%s/%d.count", rooms_folder, own);
	int fd = open(p->count, O_RDWR | O_CREAT | O_TRUNC, 0666);
	if (fd < 0 || ftruncate(fd, sizeof *p->counted))
		need(NULL);
	p->counted = mmap(NULL, sizeof *p->counted, PROT_READ | PROT_WRITE,
			  MAP_SHARED, fd, 0);
	close(fd);
	if (p->counted == MAP_FAILED)
		need(NULL);
}

static void remove_place(const place *p)
{
	remove_all(p->folder);
	unlink(p->out);
	unlink(p->err);
	unlink(p->count);
}

static bool read_room(room *r, const char *name)
{
	char path[500], *save = NULL;
	text run_text = {NULL, 0, 0};
	snprintf(r->name, sizeof r->name, "%s", name);
	snprintf(path, sizeof path, "%s/%s.run", rooms_folder, name);
	if (!read_file(&run_text, path))
		return false;
	char *flags = run_text.text, *line = strchr(flags, '\n');
	*line++ = '\0';
	r->parts = strstr(flags, "parts");
	r->output = strstr(flags, "output");
	r->reads = strstr(flags, "reads");
	r->many = strstr(flags, "many");
	size_t n = 0;
	for (char *one = strtok_r(line, "\n", &save); one && n + 1 < ARGS;
	     one = strtok_r(NULL, "\n", &save))
		r->args[n++] = one;
	return true;
}

/* What was before, and what comes after when nothing goes wrong. */
static void measure(room *r, const place *p)
{
	char from[500];
	text again = {NULL, 0, 0};
	for (int i = 0; i < 2; i++) {
		remove_all(p->folder);
		snprintf(from, sizeof from, "%s/%s", rooms_folder, r->name);
		copy_all(from, p->folder);
		see(&r->before, p, false);
		p->counted->wants_sources = 1;
		int status = run_fria(p, r, FAULT_NONE, 0, 0);
		p->counted->wants_sources = 0;
		r->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
		memcpy(&r->count, p->counted, sizeof r->count);
		read_file(i ? &r->out : &again, p->out);
		if (r->status < 0 || r->status > 1) {
			read_file(&again, p->err);
			fprintf(stderr, "driver: %s does not work: %s\n",
				r->name, again.text);
			exit(2);
		}
		see(i ? &r->after : &again, p, false);
	}
	if (!is(&again, &r->after)) {
		fprintf(stderr, "driver: %s differs from run to run\n",
			r->name);
		show_lacking(&again, &r->after, '+');
		exit(2);
	}
	free(again.text);
}

static void add_job(size_t r, enum fault_kind kind, uint64_t at)
{
	if (!(jobs_n & (jobs_n - 1)))
		jobs = need(
		    realloc(jobs, (jobs_n ? jobs_n * 2 : 1) * sizeof *jobs));
	jobs[jobs_n++] = (job){r, kind, at, 0};
}

/* Up to so many of the allocations from one source, spread; others in each
 * room. */
static void add_memory(size_t at, char source, uint64_t most)
{
	const fault_count *c = &rooms[at].count;
	uint64_t kept =
	    c->allocations < FAULT_CALLS ? c->allocations : FAULT_CALLS;
	uint64_t n = 0, nth = 0, added = 0;
	for (uint64_t i = 0; i < kept; i++)
		n += c->sources[i] == source;
	uint64_t step = n > most && most ? (n + most - 1) / most : 1;
	for (uint64_t i = 0; i < kept && most; i++)
		if (c->sources[i] == source && nth++ % step == at % step)
			add_job(at,
				source == 'p' && added++ % 8 == 0
				    ? FAULT_NO_MEMORY
				    : FAULT_MEMORY,
				i + 1);
}

static void add_calls(size_t at)
{
	const room *r = &rooms[at];
	uint64_t calls =
	    r->count.calls < FAULT_CALLS ? r->count.calls : FAULT_CALLS;
	uint64_t step = r->many && calls > MANY_CALLS ? calls / MANY_CALLS : 1;
	for (uint64_t i = 1; i <= calls; i += step) {
		char call = r->count.kinds[i - 1];
		add_job(at, FAULT_USUAL, i);
		add_job(at, FAULT_KILL, i);
		if (!strchr("sc", call))
			add_job(at, FAULT_IO, i);
		if (!strchr("wsru", call))
			add_job(at, FAULT_DENIED, i);
		if (strchr("wolmt", call))
			add_job(at, FAULT_FULL, i);
		if (call == 'w') {
			add_job(at, FAULT_SHORT, i);
			add_job(at, FAULT_TORN, i);
		}
	}
}

static int by_rank(const void *a, const void *b)
{
	const job *x = a, *y = b;
	return x->rank != y->rank ? (x->rank < y->rank ? -1 : 1)
				  : (int)x->kind - (int)y->kind;
}

/* `sample` of them in an order that the seed gives, as many of each kind. */
static void shuffle(uint64_t seed, size_t sample)
{
	uint64_t x = seed * 2654435761U + 88172645463325252U;
	size_t ranks[FAULT_KINDS] = {0};
	for (size_t i = 0; i < jobs_n; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		size_t k = i + x % (jobs_n - i);
		job swap = jobs[i];
		jobs[i] = jobs[k];
		jobs[k] = swap;
		jobs[i].rank = ranks[jobs[i].kind]++;
	}
	qsort(jobs, jobs_n, sizeof *jobs, by_rank);
	if (sample < jobs_n)
		jobs_n = sample;
}

static void work(int number, int workers)
{
	place p;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	make_place(&p);
	for (size_t i = (size_t)number; i < jobs_n; i += (size_t)workers)
		try_one(&p, &jobs[i]);
	remove_place(&p);
	_exit(0);
}

static void find_rooms(char **names, int n)
{
	DIR *folder = need(opendir(rooms_folder));
	for (struct dirent *e; (e = readdir(folder));) {
		size_t length = strlen(e->d_name);
		bool wanted = !n;
		if (length < 5 || strcmp(e->d_name + length - 4, ".run") != 0)
			continue;
		e->d_name[length - 4] = '\0';
		for (int i = 0; i < n; i++)
			wanted = wanted || !strcmp(names[i], e->d_name);
		if (!wanted)
			continue;
		rooms = need(realloc(rooms, (rooms_n + 1) * sizeof *rooms));
		memset(&rooms[rooms_n], 0, sizeof *rooms);
		if (read_room(&rooms[rooms_n], e->d_name))
			rooms_n++;
	}
	closedir(folder);
}

static void set_environment(void)
{
	char path[500];
	setenv("HOME", rooms_folder, 1);
	snprintf(path, sizeof path, "%s/.gitconfig", rooms_folder);
	setenv("GIT_CONFIG_GLOBAL", path, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "R. Jansen", 1);
	setenv("GIT_AUTHOR_EMAIL", "r@example.org", 1);
	setenv("GIT_COMMITTER_NAME", "R. Jansen", 1);
	setenv("GIT_COMMITTER_EMAIL", "r@example.org", 1);
	setenv("LC_ALL", "C", 1);
	setenv("NO_COLOR", "1", 1);
	unsetenv("EDITOR");
	unsetenv("VISUAL");
}

static void put_row(const char *name, const totals *t)
{
	uint64_t memory =
	    t->by_kind[FAULT_MEMORY] + t->by_kind[FAULT_NO_MEMORY];
	uint64_t kills = t->by_kind[FAULT_KILL] + t->by_kind[FAULT_TORN];
	uint64_t n = t->before + t->after + t->between;
	printf("%-18s %7llu %7llu %7llu %7llu %7llu %7llu %7llu %7llu\n", name,
	       (unsigned long long)n, (unsigned long long)(n - memory - kills),
	       (unsigned long long)kills, (unsigned long long)memory,
	       (unsigned long long)t->before, (unsigned long long)t->after,
	       (unsigned long long)t->between, (unsigned long long)t->wrong);
}

/* A row for each room, and the sum; how many went wrong. */
static uint64_t tell(void)
{
	totals sum = {.wrong = 0};
	printf("%-18s %7s %7s %7s %7s %7s %7s %7s %7s\n", "", "faults", "fails",
	       "kills", "memory", "before", "after", "parts", "wrong");
	for (size_t i = 0; i < rooms_n; i++) {
		put_row(rooms[i].name, &sums[i]);
		for (int k = 0; k < FAULT_KINDS; k++)
			sum.by_kind[k] += sums[i].by_kind[k];
		sum.before += sums[i].before;
		sum.after += sums[i].after;
		sum.between += sums[i].between;
		sum.wrong += sums[i].wrong;
	}
	put_row("all", &sum);
	for (int k = 1; k < FAULT_KINDS; k++)
		printf("%s%llu %s", k > 1 ? ", " : "",
		       (unsigned long long)sum.by_kind[k], kind_names[k]);
	putchar('\n');
	return sum.wrong;
}

int main(int argc, char **argv)
{
	uint64_t allocations = 32, seed = 1;
	size_t sample = SIZE_MAX;
	int option, workers = 2;
	bool libraries = false;
	while ((option = getopt(argc, argv, "s:n:a:lj:v")) != -1) {
		switch (option) {
		case 's':
			seed = strtoull(optarg, NULL, 10);
			break;
		case 'n':
			sample = strtoull(optarg, NULL, 10);
			break;
		case 'a':
			allocations = strtoull(optarg, NULL, 10);
			break;
		case 'l':
			libraries = true;
			break;
		case 'j':
			workers = atoi(optarg);
			break;
		case 'v':
			verbose = true;
			break;
		default:
			return 2;
		}
	}
	if (argc - optind < 3)
		return 2;
	fria = need(realpath(argv[optind], NULL));
	injector = need(realpath(argv[optind + 1], NULL));
	rooms_folder = need(realpath(argv[optind + 2], NULL));
	git_libgit2_init();
	set_environment();
	find_rooms(argv + optind + 3, argc - optind - 3);
	sums = mmap(NULL, (rooms_n + 1) * sizeof *sums, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	place p;
	make_place(&p);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	for (size_t i = 0; i < rooms_n; i++) {
		measure(&rooms[i], &p);
		add_memory(i, 'l', allocations * 2);
		if (libraries)
			continue;
		add_calls(i);
		add_memory(i, 'p', allocations);
		add_memory(i, 's', allocations / 8);
	}
	remove_place(&p);
	if (sample != SIZE_MAX)
		shuffle(seed, sample);
	for (int i = 0; i < workers; i++)
		if (!fork())
			work(i, workers);
	while (wait(NULL) > 0)
		;
	return tell() ? 1 : 0;
}
