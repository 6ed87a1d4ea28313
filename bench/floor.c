/*
 * The floor under every figure of the benchmark: the same work in C, doing no more than the kernel makes necessary.
 * Dumps are received and dropped undecoded; additions go 64 to a send and only the last of a send is acknowledged.
 *
 *     floor WORKLOAD N        in the network namespace that holds the data
 *
 * WORKLOAD is one of bench/subject.ts, or `burst`: add N routes and then 192.0.2.255, for `mon` to hear.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/veth.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"

#define BATCH 64

/* route4, route6, link: receive until DONE, which ends the last datagram or is all of it. */

static int is_done(const char *at)
{
	const struct nlmsghdr *message = (const struct nlmsghdr *)at;
	return message->nlmsg_type == NLMSG_DONE && message->nlmsg_seq == sequence;
}

/* Both headers begin with the family. */
static void dump(const char *workload, long n, int type, unsigned char family)
{
	unsigned char header[sizeof(struct ifinfomsg)] = { family };
	const size_t length = type == RTM_GETROUTE ? sizeof(struct rtmsg) : sizeof(struct ifinfomsg);
	const size_t done = NLMSG_LENGTH(sizeof(int));
	int fd = open_socket();
	struct moment start = now();
	end(begin(type, NLM_F_DUMP, header, length));
	if (send(fd, out, used, 0) < 0)
		die("send");
	for (;;) {
		ssize_t got = receive(fd);
		if (got >= (ssize_t)done && (is_done(in) || is_done(in + got - done)))
			break;
	}
	report(workload, n, since(start), -1, "");
}

static void get_links(const char *workload, long n)
{
	int fd = open_socket();
	struct moment start = now();
	for (long i = 0; i < n; i++) {
		struct ifinfomsg header = { .ifi_index = 10 + (i & 7) };
		end(begin(RTM_GETLINK, 0, &header, sizeof header));
		if (send(fd, out, used, 0) < 0)
			die("send");
		used = 0;
		receive(fd);
		if (((struct nlmsghdr *)in)->nlmsg_type != RTM_NEWLINK)
			die("get");
	}
	report(workload, n, since(start), -1, "");
}

/* add, burst */

static void route(int type, int flags, uint32_t dst, uint32_t oif)
{
	struct rtmsg header = { AF_INET, 32, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, RT_SCOPE_LINK, RTN_UNICAST, 0 };
	struct nlmsghdr *message = begin(type, flags, &header, sizeof header);
	dst = htonl(dst);
	add(message, RTA_DST, &dst, sizeof dst);
	add_u32(message, RTA_OIF, oif);
	end(message);
}

static void change_routes(int fd, long n, int type, int flags)
{
	for (long i = 0; i < n; i++) {
		int last = i % BATCH == BATCH - 1 || i == n - 1;
		route(type, flags | (last ? NLM_F_ACK : 0), 0x0a000000 + i, 10 + (i & 7));
		if (last)
			submit(fd);
	}
}

static void add_routes(const char *workload, long n)
{
	int fd = open_socket();
	struct moment start = now();
	change_routes(fd, n, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
	struct moment added = since(start);
	start = now();
	change_routes(fd, n, RTM_DELROUTE, 0);
	struct moment deleted = since(start);
	report_change(workload, n, added, deleted);
}

static void burst(const char *workload, long n)
{
	int fd = open_socket();
	struct moment start = now();
	change_routes(fd, n, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
	route(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE | NLM_F_ACK, 0xc00002ff, 10);
	submit(fd);
	report(workload, n, since(start), -1, "");
}

/* mon, monbig */

static int is_last(struct nlmsghdr *message)
{
	struct rtattr *attribute = RTM_RTA(NLMSG_DATA(message));
	int length = RTM_PAYLOAD(message);
	for (; RTA_OK(attribute, length); attribute = RTA_NEXT(attribute, length))
		if (attribute->rta_type == RTA_DST)
			return *(uint32_t *)RTA_DATA(attribute) == htonl(0xc00002ff);
	return 0;
}

static void monitor(const char *workload, long n, int receive_buffer)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	int group = RTNLGRP_IPV4_ROUTE, fd = open_socket();
	long received = 0, overruns = 0;
	char more[128];
	if (receive_buffer)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &receive_buffer, sizeof receive_buffer);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0)
		die("bind");
	if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) < 0)
		die("join");
	puts("READY");
	fflush(stdout);
	struct moment ready = now();
	struct pollfd readable = { fd, POLLIN, 0 };
	poll(&readable, 1, -1);
	struct moment first = now();
	for (;;) {
		ssize_t length = receive(fd);
		if (length < 0) {
			overruns++;
			continue;
		}
		struct nlmsghdr *message = (struct nlmsghdr *)in;
		if (message->nlmsg_type != RTM_NEWROUTE)
			continue;
		if (is_last(message))
			break;
		received++;
	}
	struct moment took = since(ready);
	took.wall = since(first).wall;
	snprintf(more, sizeof more, ",\"received\":%ld,\"overruns\":%ld", received, overruns);
	report(workload, n, took, -1, more);
}

/* attach */

static int new_namespace(const char *name, int home)
{
	char path[64];
	snprintf(path, sizeof path, "/run/netns/%s", name);
	int file = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
	if (file < 0)
		die(path);
	close(file);
	if (unshare(CLONE_NEWNET) < 0)
		die("unshare");
	if (mount("/proc/thread-self/ns/net", path, NULL, MS_BIND, NULL) < 0)
		die("mount");
	int netns = open(path, O_RDONLY | O_CLOEXEC);
	if (netns < 0 || setns(home, CLONE_NEWNET) < 0)
		die("setns");
	return netns;
}

static struct nlmsghdr *link_message(int flags, int index, int up)
{
	struct ifinfomsg header = { .ifi_index = index, .ifi_flags = up ? IFF_UP : 0, .ifi_change = up ? IFF_UP : 0 };
	return begin(RTM_NEWLINK, flags, &header, sizeof header);
}

static void outside(int fd, const char *a, const char *b, int netns)
{
	struct ifinfomsg peer = { 0 };
	struct nlmsghdr *message = link_message(NLM_F_CREATE | NLM_F_EXCL, 0, 0);
	add_name(message, IFLA_IFNAME, a);
	struct rtattr *info = add(message, IFLA_LINKINFO, NULL, 0);
	add_name(message, IFLA_INFO_KIND, "veth");
	struct rtattr *data = add(message, IFLA_INFO_DATA, NULL, 0);
	struct rtattr *nest = add(message, VETH_INFO_PEER, &peer, sizeof peer);
	add_name(message, IFLA_IFNAME, b);
	close_nest(message, nest);
	close_nest(message, data);
	close_nest(message, info);
	end(message);
	message = link_message(0, 0, 0);
	add_name(message, IFLA_IFNAME, b);
	add_u32(message, IFLA_NET_NS_FD, netns);
	end(message);
	message = link_message(NLM_F_ACK, 0, 1);
	add_name(message, IFLA_IFNAME, a);
	end(message);
	submit(fd);
}

static int index_of(int fd, const char *name)
{
	struct ifinfomsg header = { 0 };
	struct nlmsghdr *message = begin(RTM_GETLINK, 0, &header, sizeof header);
	add_name(message, IFLA_IFNAME, name);
	end(message);
	if (send(fd, out, used, 0) < 0)
		die("send");
	used = 0;
	receive(fd);
	if (((struct nlmsghdr *)in)->nlmsg_type != RTM_NEWLINK)
		die("index");
	return ((struct ifinfomsg *)NLMSG_DATA((struct nlmsghdr *)in))->ifi_index;
}

static void inside(int fd, const char *b, uint32_t address)
{
	int index = index_of(fd, b);
	uint32_t local = htonl(address), gateway = htonl(0x0a580001);
	struct ifaddrmsg addr = { AF_INET, 16, 0, RT_SCOPE_UNIVERSE, index };
	struct rtmsg header = { AF_INET, 0, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, RT_SCOPE_UNIVERSE, RTN_UNICAST, 0 };
	struct nlmsghdr *message = begin(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &addr, sizeof addr);
	add(message, IFA_LOCAL, &local, sizeof local);
	add(message, IFA_ADDRESS, &local, sizeof local);
	end(message);
	end(link_message(0, 1, 1));
	end(link_message(0, index, 1));
	message = begin(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK, &header, sizeof header);
	add(message, RTA_GATEWAY, &gateway, sizeof gateway);
	end(message);
	submit(fd);
}

static void attach(const char *workload, long n)
{
	int fd = open_socket(), home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	mkdir("/run/netns", 0755);
	struct moment start = now();
	for (long i = 0; i < n; i++) {
		char name[32], a[32], b[32];
		snprintf(name, sizeof name, "h3-c%ld", i);
		snprintf(a, sizeof a, "a%ld", i);
		snprintf(b, sizeof b, "b%ld", i);
		int netns = new_namespace(name, home);
		outside(fd, a, b, netns);
		if (setns(netns, CLONE_NEWNET) < 0)
			die("setns");
		int there = open_socket();
		if (setns(home, CLONE_NEWNET) < 0)
			die("setns");
		inside(there, b, 0x0a580000 | (1 + i / 200) << 8 | (2 + i % 200));
		close(there);
		close(netns);
	}
	report(workload, n, since(start), -1, "");
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: floor WORKLOAD N\n");
		return 2;
	}
	const char *workload = argv[1];
	long n = atol(argv[2]);
	if (!strncmp(workload, "route4", 6))
		dump(workload, n, RTM_GETROUTE, AF_INET);
	else if (!strncmp(workload, "route6", 6))
		dump(workload, n, RTM_GETROUTE, AF_INET6);
	else if (!strcmp(workload, "link"))
		dump(workload, n, RTM_GETLINK, AF_UNSPEC);
	else if (!strcmp(workload, "get"))
		get_links(workload, n);
	else if (!strcmp(workload, "add"))
		add_routes(workload, n);
	else if (!strcmp(workload, "burst"))
		burst(workload, n);
	else if (!strcmp(workload, "mon"))
		monitor(workload, n, 0);
	else if (!strcmp(workload, "monbig"))
		monitor(workload, n, 64 << 20);
	else if (!strcmp(workload, "attach"))
		attach(workload, n);
	else {
		fprintf(stderr, "floor: no workload %s\n", workload);
		return 2;
	}
	return 0;
}
