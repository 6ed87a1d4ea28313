/* What the C programs of the benchmark share: the clock, and the line that bench/subject.ts prints too. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

struct moment {
	double wall, user, sys;
};

static struct moment now(void)
{
	struct timespec t;
	struct rusage r;
	clock_gettime(CLOCK_MONOTONIC, &t);
	getrusage(RUSAGE_SELF, &r);
	return (struct moment){
		t.tv_sec + t.tv_nsec / 1e9,
		r.ru_utime.tv_sec + r.ru_utime.tv_usec / 1e6,
		r.ru_stime.tv_sec + r.ru_stime.tv_usec / 1e6,
	};
}

static struct moment since(struct moment start)
{
	struct moment end = now();
	return (struct moment){ end.wall - start.wall, end.user - start.user, end.sys - start.sys };
}

/* Peak memory where it is not this process's own, KiB. */
static long rss_kib;

/* VmHWM, not ru_maxrss, which counts what the process was before exec too. */
static long peak_kib(void)
{
	char line[128];
	long kib = rss_kib;
	if (kib)
		return kib;
	FILE *status = fopen("/proc/self/status", "r");
	while (status && fgets(line, sizeof line, status))
		if (sscanf(line, "VmHWM: %ld", &kib) == 1)
			break;
	if (status)
		fclose(status);
	return kib;
}

/* `checksum` below zero is null; `more` is what the workload adds, with a comma in front. */
static void report(const char *workload, long n, struct moment took, int64_t checksum, const char *more)
{
	printf("{\"workload\":\"%s\",\"n\":%ld,\"seconds\":%.9f,\"user\":%.6f,\"sys\":%.6f,\"rssKiB\":%ld,\"checksum\":",
	       workload, n, took.wall, took.user, took.sys, peak_kib());
	if (checksum < 0)
		printf("null");
	else
		printf("%lld", (long long)checksum);
	printf("%s}\n", more);
}

static void report_change(const char *workload, long n, struct moment added, struct moment deleted)
{
	char more[128];
	snprintf(more, sizeof more, ",\"delSeconds\":%.9f,\"delUser\":%.6f,\"delSys\":%.6f", deleted.wall, deleted.user,
		 deleted.sys);
	report(workload, n, added, -1, more);
}
