/** Byte order of the machine that wrote a message: netlink speaks the host's. */
export type ByteOrder = "little" | "big";

/** This machine's own byte order. */
export const hostByteOrder: ByteOrder =
  new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? "little" : "big";

/** NLMSG_ALIGN and NLA_ALIGN: the next multiple of four, of any length that fits a u32. */
export function align4(length: number): number {
  return length + (-length & 3);
}

/** What there is one of for each byte order, made when it is first asked for. */
export function perOrder<T>(make: (little: boolean) => T): (little: boolean) => T {
  let little: T | undefined;
  let big: T | undefined;
  return (isLittle) => (isLittle ? (little ??= make(true)) : (big ??= make(false)));
}
