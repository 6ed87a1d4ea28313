/** IPPROTO_* (linux/in.h) by the names of /etc/protocols. */
export const ipProtocols = {
  icmp: 1,
  igmp: 2,
  tcp: 6,
  udp: 17,
  dccp: 33,
  gre: 47,
  esp: 50,
  ah: 51,
  "ipv6-icmp": 58,
  sctp: 132,
  udplite: 136,
} as const;
