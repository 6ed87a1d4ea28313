"""Sends a router advertisement to all nodes: router-advertisement.py DEV OPTIONS, the options in hexadecimal."""
import socket
import struct
import sys

ADVERTISEMENT, HOPS = 134, 255

dev, options = sys.argv[1], bytes.fromhex(sys.argv[2])
# Current hop limit, flags, router lifetime, reachable time, retransmission timer; the kernel fills in the checksum.
body = struct.pack("!BBHBBHII", ADVERTISEMENT, 0, 0, 64, 0, 1800, 0, 0) + options
with socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6) as raw:
    index = socket.if_nametoindex(dev)
    raw.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, HOPS)
    raw.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
    raw.sendto(body, ("ff02::1", 0, 0, index))
