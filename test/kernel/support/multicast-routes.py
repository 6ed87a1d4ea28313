"""Holds multicast routes (S, 239.1.1.1) from DEV to OUT until its input ends: multicast-routes.py DEV OUT SOURCE4 SOURCE6"""
import socket
import struct
import sys

MRT_INIT, MRT_ADD_VIF, MRT_ADD_MFC = 200, 202, 204
MRT6_INIT, MRT6_ADD_MIF, MRT6_ADD_MFC = 200, 202, 204
VIFF_USE_IFINDEX = 8
IGMP = 2

dev, out, source4, source6 = sys.argv[1:5]
indexes = [socket.if_nametoindex(name) for name in (dev, out)]

v4 = socket.socket(socket.AF_INET, socket.SOCK_RAW, IGMP)
v4.setsockopt(socket.IPPROTO_IP, MRT_INIT, 1)
for number, index in enumerate(indexes):
    # struct vifctl
    v4.setsockopt(socket.IPPROTO_IP, MRT_ADD_VIF, struct.pack("HBBIi4s", number, VIFF_USE_IFINDEX, 1, 0, index, bytes(4)))
# struct mfcctl: from the first to the second
ttls = bytes([0, 1]) + bytes(30)
route = socket.inet_aton(source4) + socket.inet_aton("239.1.1.1") + struct.pack("=H", 0) + ttls
v4.setsockopt(socket.IPPROTO_IP, MRT_ADD_MFC, route + bytes(2) + struct.pack("=IIIi", 0, 0, 0, 0))

v6 = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
v6.setsockopt(socket.IPPROTO_IPV6, MRT6_INIT, 1)
for number, index in enumerate(indexes):
    # struct mif6ctl
    v6.setsockopt(socket.IPPROTO_IPV6, MRT6_ADD_MIF, struct.pack("HBBHI", number, 0, 1, index, 0))


def sockaddr_in6(text):
    return struct.pack("=HHI16sI", socket.AF_INET6, 0, 0, socket.inet_pton(socket.AF_INET6, text), 0)


# struct mf6cctl
route = sockaddr_in6(source6) + sockaddr_in6("ff05::1:3") + struct.pack("=HH", 0, 0) + struct.pack("=8I", 2, 0, 0, 0, 0, 0, 0, 0)
v6.setsockopt(socket.IPPROTO_IPV6, MRT6_ADD_MFC, route)

print("there", flush=True)
sys.stdin.read()
