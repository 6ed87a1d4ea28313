/** The other side of ping(8): an ICMP echo reply (RFC 792) to a request. */
const IPPROTO_ICMP = 1;
const ECHO_REPLY = 0;
const ECHO_REQUEST = 8;

/** The answer to an IPv4 packet that asks an address for an echo; undefined when it does not. */
export function answerEcho(packet: Uint8Array, address: string): Uint8Array | undefined {
  const isIpv4 = packet.length >= 28 && packet[0]! >> 4 === 4;
  const header = (packet[0]! & 15) * 4;
  if (!isIpv4 || packet[9] !== IPPROTO_ICMP || packet[header] !== ECHO_REQUEST) return undefined;
  if (packet.subarray(16, 20).join(".") !== address) return undefined;
  const reply = packet.slice();
  reply.set(packet.subarray(16, 20), 12);
  reply.set(packet.subarray(12, 16), 16);
  reply[header] = ECHO_REPLY;
  // The sum is over 16-bit words: 8 less in the high byte of one is 8 more in the high byte of the sum (RFC 1624).
  const view = new DataView(reply.buffer);
  const sum = view.getUint16(header + 2) + (ECHO_REQUEST << 8);
  view.setUint16(header + 2, (sum & 0xffff) + (sum >> 16));
  return reply;
}
