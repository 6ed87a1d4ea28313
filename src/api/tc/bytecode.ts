/** Classic BPF: struct sock_filter (linux/filter.h), 8 bytes an instruction in host byte order. */
import { hostByteOrder } from "../../netlink/codec/byte-order.ts";

export interface Instruction {
  code: number;
  /** Instructions to leave out where it is true, and where not. */
  jt: number;
  jf: number;
  k: number;
}

const SIZE = 8;
const little = hostByteOrder === "little";

export function bytecodeBytes(instructions: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(instructions.length * SIZE);
  const view = new DataView(bytes.buffer);
  for (const [place, { code, jt, jf, k }] of instructions.entries()) {
    view.setUint16(place * SIZE, code, little);
    view.setUint8(place * SIZE + 2, jt);
    view.setUint8(place * SIZE + 3, jf);
    view.setUint32(place * SIZE + 4, k, little);
  }
  return bytes;
}

export function bytecodeFrom(bytes: Uint8Array): Instruction[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / SIZE) }, (_, place) => ({
    code: view.getUint16(place * SIZE, little),
    jt: view.getUint8(place * SIZE + 2),
    jf: view.getUint8(place * SIZE + 3),
    k: view.getUint32(place * SIZE + 4, little),
  }));
}
