"""Sends ICMP echo requests and prints how many were answered: ping.py ADDRESS COUNT (no ping need be installed)."""
import os
import socket
import struct
import sys
import time

ECHO_REPLY, ECHO_REQUEST = 0, 8


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def answered(raw, address, number, identifier):
    body = struct.pack("!HH8s", identifier, number, b"nlkit...")
    sum_of = checksum(struct.pack("!BBH", ECHO_REQUEST, 0, 0) + body)
    raw.sendto(struct.pack("!BBH", ECHO_REQUEST, 0, sum_of) + body, (address, 0))
    deadline = time.monotonic() + 2
    while (left := deadline - time.monotonic()) > 0:
        raw.settimeout(left)
        try:
            packet, (source, _) = raw.recvfrom(1500)
        except socket.timeout:
            return False
        icmp = packet[(packet[0] & 15) * 4 :]
        if source == address and icmp[0] == ECHO_REPLY and icmp[4:8] == struct.pack("!HH", identifier, number):
            return True
    return False


with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as raw:
    identifier = os.getpid() & 0xFFFF
    print(sum(answered(raw, sys.argv[1], number, identifier) for number in range(int(sys.argv[2]))))
