/*
 * Runs a program that knows nothing of the benchmark, its output dropped, and prints the line for it:
 *
 *     exec WORKLOAD N COMMAND…              or, where something is added and deleted,
 *     exec WORKLOAD N COMMAND… -- COMMAND…
 */
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../clock.h"

static struct moment children(void)
{
	struct moment moment = now();
	struct rusage r;
	getrusage(RUSAGE_CHILDREN, &r);
	moment.user = r.ru_utime.tv_sec + r.ru_utime.tv_usec / 1e6;
	moment.sys = r.ru_stime.tv_sec + r.ru_stime.tv_usec / 1e6;
	return moment;
}

static struct moment run(char **command)
{
	struct moment start = children();
	pid_t child = fork();
	if (child == 0) {
		dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
		execvp(command[0], command);
		_exit(127);
	}
	int status;
	if (child < 0 || waitpid(child, &status, 0) < 0)
		die("fork");
	if (status != 0) {
		fprintf(stderr, "%s failed: %d\n", command[0], status);
		exit(1);
	}
	struct moment end = children();
	return (struct moment){ end.wall - start.wall, end.user - start.user, end.sys - start.sys };
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	int second = 3;
	while (second < argc && strcmp(argv[second], "--"))
		second++;
	argv[second] = NULL;
	struct moment took = run(argv + 3);
	struct rusage r;
	getrusage(RUSAGE_CHILDREN, &r);
	rss_kib = r.ru_maxrss;
	if (second + 1 < argc)
		report_change(argv[1], atol(argv[2]), took, run(argv + second + 1));
	else
		report(argv[1], atol(argv[2]), took, -1, "");
	return 0;
}
