/** ping(8), without the program. */
import type { Netns } from "nlkit";
import { RawSocket } from "./raw-socket.ts";

const ECHO_REPLY = 0;
const ECHO_REQUEST = 8;

let identifier = process.pid & 0xffff;

/** Whether an address answers an ICMP echo request (RFC 792) that is sent from a namespace; a few are tried. */
export async function ping(from: Netns, address: string, { count = 10, wait = 300 } = {}): Promise<boolean> {
  using raw = RawSocket.icmp(from);
  identifier = (identifier + 1) & 0xffff;
  for (let sequence = 1; sequence <= count; sequence++) {
    try {
      raw.send(echoRequest(identifier, sequence), address);
    } catch {
      return false; // no way there
    }
    for await (const packet of raw.receive(wait)) {
      const icmp = packet.subarray((packet[0]! & 15) * 4);
      const source = packet.subarray(12, 16).join(".");
      if (source === address && icmp[0] === ECHO_REPLY && (icmp[4]! << 8) + icmp[5]! === identifier)
        return true;
    }
  }
  return false;
}

function echoRequest(id: number, sequence: number): Uint8Array {
  const message = new DataView(new ArrayBuffer(16));
  message.setUint8(0, ECHO_REQUEST);
  message.setUint16(4, id);
  message.setUint16(6, sequence);
  let sum = 0;
  for (let at = 0; at < message.byteLength; at += 2) sum += message.getUint16(at);
  while (sum > 0xffff) sum = (sum >> 16) + (sum & 0xffff);
  message.setUint16(2, ~sum & 0xffff);
  return new Uint8Array(message.buffer);
}
