/** Programs of bpf(2), through koffi: what ip and others load from object files. */
import { endianness } from "node:os";
import koffi from "koffi";

const SYS_BPF: Readonly<Record<string, number>> = { x64: 321, arm64: 280 };
const BPF_PROG_LOAD = 5;
const BPF_OBJ_PIN = 6;
const BPF_PROG_TYPE_XDP = 6;
const XDP_PASS = 2;

/** Calls bpf(2) with these at their offsets in union bpf_attr: numbers of 32 bits, addresses of buffers. */
function bpf(
  command: number,
  fields: readonly (readonly [at: number, value: number | Uint8Array])[],
): number {
  const number = SYS_BPF[process.arch];
  if (number === undefined || endianness() !== "LE") return -1;
  const attributes = new Uint8Array(128);
  const view = new DataView(attributes.buffer);
  for (const [at, value] of fields) {
    if (typeof value === "number") view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(koffi.address(value)), true);
  }
  const syscall = koffi.load(null).func("long syscall(long, int, void *, unsigned int)");
  return Number(syscall(number, command, attributes, attributes.length));
}

/** Descriptor of a program that lets every packet pass; undefined where this kernel, or machine, cannot. */
export function loadXdpPass(): number | undefined {
  // r0 = XDP_PASS; exit
  const instructions = Uint8Array.of(0xb7, 0, 0, 0, XDP_PASS, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0);
  const license = new TextEncoder().encode("GPL\0");
  const fd = bpf(BPF_PROG_LOAD, [
    [0, BPF_PROG_TYPE_XDP],
    [4, instructions.length / 8],
    [8, instructions],
    [16, license],
  ]);
  return fd < 0 ? undefined : fd;
}

/** Gives a program a name in a mounted bpffs, for others to attach. */
export function pinProgram(fd: number, path: string): boolean {
  const name = new TextEncoder().encode(`${path}\0`);
  return (
    bpf(BPF_OBJ_PIN, [
      [0, name],
      [8, fd],
    ]) === 0
  );
}
