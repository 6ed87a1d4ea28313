import { pad } from "../netlink/codec/bytes.ts";
import { u8 } from "../netlink/codec/integer.ts";
import type { Shape } from "../netlink/codec/shape.ts";
import { type StructShape, struct } from "../netlink/codec/struct.ts";

/** struct genlmsghdr (linux/genetlink.h), 4 bytes; what the command is called depends on the family. */
export interface Genlmsghdr<Command = number> {
  genlCmd: Command;
  /** Of the family's interface, as the program that sent it knows it. */
  genlVersion: number;
  trailing?: Uint8Array;
}

/** The header, with a family's names of its commands. */
export function genlmsghdr<Command>(genlCmd: Shape<Command>): StructShape<Genlmsghdr<Command>> {
  return struct("genlmsghdr", { genlCmd, genlVersion: u8, reserved: pad(2) }) as never;
}
