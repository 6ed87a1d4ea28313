/** What a VXLAN sends over the wire: Ethernet in VXLAN in UDP in IPv4 in Ethernet (RFC 7348). */
import type { Netns } from "nlkit";
import { RawSocket } from "./raw-socket.ts";

export interface VxlanFrame {
  readonly outerSource: string;
  readonly outerDestination: string;
  readonly udpPort: number;
  readonly vni: number;
  readonly innerSource: string;
  readonly innerDestination: string;
}

const ETH_P_IP = 0x0800;
const IPPROTO_UDP = 17;

/** The outer and inner addresses of a frame; undefined when it carries no VXLAN on that port. */
export function vxlanFrame(frame: Uint8Array, port: number): VxlanFrame | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 64 || view.getUint16(12) !== ETH_P_IP || frame[23] !== IPPROTO_UDP) return undefined;
  const udp = 14 + (frame[14]! & 15) * 4;
  if (view.getUint16(udp + 2) !== port) return undefined;
  const vxlan = udp + 8;
  const inner = vxlan + 8;
  return {
    outerSource: frame.subarray(26, 30).join("."),
    outerDestination: frame.subarray(30, 34).join("."),
    udpPort: port,
    vni: view.getUint32(vxlan + 4) >>> 8,
    innerDestination: mac(frame, inner),
    innerSource: mac(frame, inner + 6),
  };
}

/** The VXLAN frames that pass an interface while something is done. */
export async function captureVxlan(
  netns: Netns,
  dev: string,
  port: number,
  whileDoing: () => Promise<unknown>,
): Promise<VxlanFrame[]> {
  const { ifindex } = await netns.link.get(dev);
  using raw = RawSocket.frames(netns, ifindex);
  await whileDoing();
  const frames: VxlanFrame[] = [];
  for await (const bytes of raw.receive(100)) {
    const frame = vxlanFrame(bytes, port);
    if (frame) frames.push(frame);
  }
  return frames;
}

const mac = (bytes: Uint8Array, at: number): string =>
  Array.from(bytes.subarray(at, at + 6), (byte) => byte.toString(16).padStart(2, "0")).join(":");
