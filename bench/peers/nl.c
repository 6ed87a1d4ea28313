/* libnl-route: objects in a cache, addresses as struct nl_addr. */
#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <netlink/route/link.h>
#include <netlink/route/route.h>
#include <netlink/socket.h>

#include "../clock.h"

static struct nl_sock *nl;

static void check(int error, const char *what)
{
	if (error >= 0)
		return;
	fprintf(stderr, "%s: %s\n", what, nl_geterror(error));
	exit(1);
}

static uint32_t last_32_bits(struct nl_addr *address)
{
	uint32_t bits = 0;
	unsigned int length = nl_addr_get_len(address);
	if (length >= 4)
		memcpy(&bits, (char *)nl_addr_get_binary_addr(address) + length - 4, 4);
	return ntohl(bits);
}

static int64_t read_routes(struct nl_cache *routes, unsigned int bits, long *count)
{
	int64_t checksum = 0;
	*count = 0;
	for (struct nl_object *object = nl_cache_get_first(routes); object; object = nl_cache_get_next(object)) {
		struct rtnl_route *route = (struct rtnl_route *)object;
		struct nl_addr *dst = rtnl_route_get_dst(route);
		struct rtnl_nexthop *hop = rtnl_route_nexthop_n(route, 0);
		if (rtnl_route_get_table(route) != RT_TABLE_MAIN || nl_addr_get_prefixlen(dst) != bits)
			continue;
		checksum += last_32_bits(dst) + 7 * (int64_t)rtnl_route_nh_get_ifindex(hop);
		++*count;
	}
	return checksum;
}

static void routes(const char *workload, int family, int read)
{
	struct nl_cache *cache;
	int bits = family == AF_INET ? 32 : 128;
	long count;
	struct moment start = now();
	check(rtnl_route_alloc_cache(nl, family, 0, &cache), "routes");
	if (read)
		read_routes(cache, bits, &count);
	struct moment took = since(start);
	int64_t checksum = read_routes(cache, bits, &count);
	report(workload, count, took, checksum, "");
}

static int64_t read_link(struct rtnl_link *link)
{
	return 7 * rtnl_link_get_ifindex(link) + rtnl_link_get_mtu(link) + strlen(rtnl_link_get_name(link));
}

static void links(const char *workload)
{
	struct nl_cache *cache;
	struct moment start = now();
	check(rtnl_link_alloc_cache(nl, AF_UNSPEC, &cache), "links");
	struct moment took = since(start);
	int64_t checksum = 0;
	long count = 0;
	for (struct nl_object *object = nl_cache_get_first(cache); object; object = nl_cache_get_next(object), count++)
		checksum += read_link((struct rtnl_link *)object);
	report(workload, count, took, checksum, "");
}

static void get(const char *workload, long n)
{
	int64_t checksum = 0;
	struct moment start = now();
	for (long i = 0; i < n; i++) {
		struct rtnl_link *link;
		check(rtnl_link_get_kernel(nl, 10 + (i & 7), NULL, &link), "link");
		checksum += read_link(link);
		rtnl_link_put(link);
	}
	report(workload, n, since(start), checksum, "");
}

static void change_routes(long n, int adding)
{
	for (long i = 0; i < n; i++) {
		uint32_t bits = htonl(0x0a000000 + i);
		struct nl_addr *dst = nl_addr_build(AF_INET, &bits, sizeof bits);
		struct rtnl_route *route = rtnl_route_alloc();
		struct rtnl_nexthop *hop = rtnl_route_nh_alloc();
		rtnl_route_set_family(route, AF_INET);
		rtnl_route_set_scope(route, RT_SCOPE_LINK);
		rtnl_route_set_dst(route, dst);
		rtnl_route_nh_set_ifindex(hop, 10 + (i & 7));
		rtnl_route_add_nexthop(route, hop);
		if (adding)
			check(rtnl_route_add(nl, route, NLM_F_EXCL), "add");
		else
			check(rtnl_route_delete(nl, route, 0), "delete");
		rtnl_route_put(route);
		nl_addr_put(dst);
	}
}

static void add(const char *workload, long n)
{
	struct moment start = now();
	change_routes(n, 1);
	struct moment added = since(start);
	start = now();
	change_routes(n, 0);
	report_change(workload, n, added, since(start));
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	const char *workload = argv[1];
	long n = atol(argv[2]);
	nl = nl_socket_alloc();
	check(nl_connect(nl, NETLINK_ROUTE), "connect");
	if (!strcmp(workload, "route4"))
		routes(workload, AF_INET, 1);
	else if (!strcmp(workload, "route4-kept"))
		routes(workload, AF_INET, 0);
	else if (!strcmp(workload, "route6"))
		routes(workload, AF_INET6, 1);
	else if (!strcmp(workload, "link"))
		links(workload);
	else if (!strcmp(workload, "get"))
		get(workload, n);
	else if (!strcmp(workload, "add"))
		add(workload, n);
	else
		return 2;
	return 0;
}
