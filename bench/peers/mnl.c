/*
 * libmnl on the works it fits: dumps handed to a callback that reads numbers and keeps nothing, one request after the
 * other, and requests packed into one buffer.
 */
#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "../clock.h"

#define BATCH 64

static char buffer[1 << 16];
static unsigned int sequence, port;
static struct mnl_socket *nl;

struct sum {
	int64_t checksum;
	long count;
};

static int on_route(const struct nlmsghdr *message, void *data)
{
	const struct rtmsg *route = mnl_nlmsg_get_payload(message);
	struct sum *sum = data;
	uint32_t oif = 0, table = route->rtm_table;
	struct nlattr *attribute;
	uint32_t dst = 0;
	mnl_attr_for_each(attribute, message, sizeof *route) {
		switch (mnl_attr_get_type(attribute)) {
		case RTA_DST:
			memcpy(&dst, (char *)mnl_attr_get_payload(attribute) + mnl_attr_get_payload_len(attribute) - 4, 4);
			break;
		case RTA_OIF:
			oif = mnl_attr_get_u32(attribute);
			break;
		case RTA_TABLE:
			table = mnl_attr_get_u32(attribute);
			break;
		}
	}
	if (table == RT_TABLE_MAIN && route->rtm_dst_len == (route->rtm_family == AF_INET ? 32 : 128)) {
		sum->checksum += ntohl(dst) + 7 * (int64_t)oif;
		sum->count++;
	}
	return MNL_CB_OK;
}

static int on_link(const struct nlmsghdr *message, void *data)
{
	const struct ifinfomsg *link = mnl_nlmsg_get_payload(message);
	struct sum *sum = data;
	struct nlattr *attribute;
	sum->checksum += 7 * link->ifi_index;
	sum->count++;
	mnl_attr_for_each(attribute, message, sizeof *link) {
		if (mnl_attr_get_type(attribute) == IFLA_MTU)
			sum->checksum += mnl_attr_get_u32(attribute);
		else if (mnl_attr_get_type(attribute) == IFLA_IFNAME)
			sum->checksum += strlen(mnl_attr_get_str(attribute));
	}
	return MNL_CB_OK;
}

static struct nlmsghdr *begin(char *at, int type, int flags)
{
	struct nlmsghdr *message = mnl_nlmsg_put_header(at);
	message->nlmsg_type = type;
	message->nlmsg_flags = NLM_F_REQUEST | flags;
	message->nlmsg_seq = ++sequence;
	return message;
}

static void answer(mnl_cb_t callback, void *data)
{
	for (;;) {
		ssize_t length = mnl_socket_recvfrom(nl, buffer, sizeof buffer);
		if (length < 0)
			die("recvfrom");
		int more = mnl_cb_run(buffer, length, 0, port, callback, data);
		if (more < 0)
			die("request");
		if (more == 0)
			return;
	}
}

static void dump(const char *workload, int type, int family, size_t header, mnl_cb_t callback)
{
	struct sum sum = { 0 };
	struct moment start = now();
	struct nlmsghdr *message = begin(buffer, type, NLM_F_DUMP);
	*(unsigned char *)mnl_nlmsg_put_extra_header(message, header) = family;
	if (mnl_socket_sendto(nl, message, message->nlmsg_len) < 0)
		die("sendto");
	answer(callback, &sum);
	report(workload, sum.count, since(start), sum.checksum, "");
}

static void get(const char *workload, long n)
{
	struct sum sum = { 0 };
	struct moment start = now();
	for (long i = 0; i < n; i++) {
		struct nlmsghdr *message = begin(buffer, RTM_GETLINK, 0);
		struct ifinfomsg *link = mnl_nlmsg_put_extra_header(message, sizeof *link);
		link->ifi_index = 10 + (i & 7);
		if (mnl_socket_sendto(nl, message, message->nlmsg_len) < 0)
			die("sendto");
		ssize_t length = mnl_socket_recvfrom(nl, buffer, sizeof buffer);
		if (length < 0 || mnl_cb_run(buffer, length, sequence, port, on_link, &sum) < 0)
			die("get");
	}
	report(workload, sum.count, since(start), sum.checksum, "");
}

static void change_routes(long n, int type, int flags)
{
	size_t used = 0;
	for (long i = 0; i < n; i++) {
		int last = i % BATCH == BATCH - 1 || i == n - 1;
		struct nlmsghdr *message = begin(buffer + used, type, flags | (last ? NLM_F_ACK : 0));
		struct rtmsg *route = mnl_nlmsg_put_extra_header(message, sizeof *route);
		*route = (struct rtmsg){ AF_INET, 32, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, RT_SCOPE_LINK, RTN_UNICAST, 0 };
		mnl_attr_put_u32(message, RTA_DST, htonl(0x0a000000 + i));
		mnl_attr_put_u32(message, RTA_OIF, 10 + (i & 7));
		used += message->nlmsg_len;
		if (!last)
			continue;
		if (mnl_socket_sendto(nl, buffer, used) < 0)
			die("sendto");
		used = 0;
		answer(NULL, NULL);
	}
}

static void add(const char *workload, long n)
{
	struct moment start = now();
	change_routes(n, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
	struct moment added = since(start);
	start = now();
	change_routes(n, RTM_DELROUTE, 0);
	report_change(workload, n, added, since(start));
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	const char *workload = argv[1];
	long n = atol(argv[2]);
	nl = mnl_socket_open(NETLINK_ROUTE);
	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0)
		die("socket");
	port = mnl_socket_get_portid(nl);
	if (!strcmp(workload, "route4-stream"))
		dump(workload, RTM_GETROUTE, AF_INET, sizeof(struct rtmsg), on_route);
	else if (!strcmp(workload, "route6"))
		dump(workload, RTM_GETROUTE, AF_INET6, sizeof(struct rtmsg), on_route);
	else if (!strcmp(workload, "link"))
		dump(workload, RTM_GETLINK, AF_UNSPEC, sizeof(struct ifinfomsg), on_link);
	else if (!strcmp(workload, "get"))
		get(workload, n);
	else if (!strcmp(workload, "add"))
		add(workload, n);
	else
		return 2;
	return 0;
}
