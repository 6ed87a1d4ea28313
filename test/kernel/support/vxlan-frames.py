"""Prints the VXLAN frames that pass an interface, one JSON object a line: vxlan-frames.py DEV PORT"""
import json
import socket
import struct
import sys

ETH_P_ALL, ETH_P_IP, UDP = 3, 0x0800, 17


def ipv4(packet):
    length = (packet[0] & 15) * 4
    return packet[9], socket.inet_ntoa(packet[12:16]), socket.inet_ntoa(packet[16:20]), packet[length:]


def vxlan(frame):
    if struct.unpack("!H", frame[12:14])[0] != ETH_P_IP:
        return None
    protocol, src, dst, udp = ipv4(frame[14:])
    if protocol != UDP:
        return None
    port = struct.unpack("!H", udp[2:4])[0]
    if port != int(sys.argv[2]):
        return None
    flags, vni = udp[8], int.from_bytes(udp[12:15], "big")
    inner = udp[16:]
    found = {"src": src, "dst": dst, "port": port, "flags": flags, "vni": vni}
    found["mac"] = ":".join(f"{byte:02x}" for byte in inner[:6])
    if struct.unpack("!H", inner[12:14])[0] == ETH_P_IP:
        inner_protocol, inner_src, inner_dst, payload = ipv4(inner[14:])
        found["inner"] = {"protocol": inner_protocol, "src": inner_src, "dst": inner_dst, "type": payload[0]}
    return found


with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL)) as raw:
    raw.bind((sys.argv[1], ETH_P_ALL))
    print("listening", flush=True)
    while True:
        found = vxlan(raw.recv(65535))
        if found:
            print(json.dumps(found), flush=True)
