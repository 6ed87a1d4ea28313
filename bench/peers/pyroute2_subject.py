"""pyroute2 on the works of bench/subject.ts: the same arguments, the same line."""

import json
import resource
import socket
import sys
import time

from pyroute2 import IPRoute, NetNS, netns


def usage():
    """With the children: namespaces are made and entered in some."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.monotonic(), sum(one.ru_utime for one in used), sum(one.ru_stime for one in used)


def peak_kib():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def timed(work):
    start = usage()
    result = work()
    return result, [after - before for before, after in zip(start, usage())]


def report(n, took, checksum=None, **more):
    line = {"workload": workload, "n": n, "seconds": took[0], "user": took[1], "sys": took[2]}
    print(json.dumps({**line, "rssKiB": peak_kib(), "checksum": checksum, **more}))


def routes(family, read):
    bits = 32 if family == socket.AF_INET else 128

    def work():
        found = list(ip.get_routes(family=family))
        if read:
            for route in found:
                route.get_attr("RTA_DST")
                route.get_attr("RTA_OIF")
        return found

    found, took = timed(work)
    count = checksum = 0
    for route in found:
        if route.get_attr("RTA_TABLE") != 254 or route["dst_len"] != bits:
            continue
        dst = socket.inet_pton(family, route.get_attr("RTA_DST"))
        checksum += int.from_bytes(dst[-4:], "big") + 7 * route.get_attr("RTA_OIF")
        count += 1
    report(count, took, checksum)


def of_link(link):
    return 7 * link["index"] + link.get_attr("IFLA_MTU") + len(link.get_attr("IFLA_IFNAME"))


def links():
    found, took = timed(lambda: list(ip.get_links()))
    report(len(found), took, sum(map(of_link, found)))


def get():
    found, took = timed(lambda: sum(of_link(ip.get_links(10 + (i & 7))[0]) for i in range(n)))
    report(n, took, found)


def add():
    def change(verb):
        for i in range(n):
            dst = f"10.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}/32"
            ip.route(verb, dst=dst, oif=10 + (i & 7), scope="link")

    _, added = timed(lambda: change("add"))
    _, deleted = timed(lambda: change("del"))
    report(n, added, delSeconds=deleted[0], delUser=deleted[1], delSys=deleted[2])


def attach():
    def work():
        for i in range(n):
            name = f"h3-c{i}"
            netns.create(name)
            ip.link("add", ifname=f"a{i}", kind="veth", peer=f"b{i}")
            b = ip.link_lookup(ifname=f"b{i}")[0]
            ip.link("set", index=b, net_ns_fd=name)
            with NetNS(name) as there:
                b = there.link_lookup(ifname=f"b{i}")[0]
                there.addr("add", index=b, address=f"10.88.{1 + i // 200}.{2 + i % 200}", prefixlen=16)
                there.link("set", index=1, state="up")
                there.link("set", index=b, state="up")
                a = ip.link_lookup(ifname=f"a{i}")[0]
                ip.link("set", index=a, state="up")
                there.route("add", gateway="10.88.0.1")

    _, took = timed(work)
    report(n, took)


WORKLOADS = {
    "route4": lambda: routes(socket.AF_INET, True),
    "route4-kept": lambda: routes(socket.AF_INET, False),
    "route6": lambda: routes(socket.AF_INET6, True),
    "link": links,
    "get": get,
    "add": add,
    "attach": attach,
}

workload, n = sys.argv[1], int(sys.argv[2])
ip = IPRoute()
WORKLOADS[workload]()
ip.close()
