/** What options of neighbour discovery hold that no other message does. */
import { formatIpv6, parseIpv6 } from "../../netlink/codec/address.ts";
import { isRecord } from "../../netlink/codec/record.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import { string, textBytes } from "../../netlink/codec/string.ts";
import { DecodeError, InputError } from "../../netlink/errors.ts";

const MAX_LABEL = 63;

/** Names as in DNS, uncompressed, each of labels with their length in front and a 0 behind; zeros fill the option. */
export const domains: Shape<string[]> = {
  type: "domain names",
  accepts: () => true,
  decode(input, at, length) {
    const { bytes } = input;
    const end = at + length;
    const names: string[] = [];
    let next = at;
    while (next < end && bytes[next] !== 0) {
      const labels: string[] = [];
      while (bytes[next] !== 0) {
        const size = bytes[next]!;
        if (size > MAX_LABEL || next + 1 + size >= end) throw new DecodeError("no domain name", next);
        const label = String.fromCharCode(...bytes.subarray(next + 1, next + 1 + size));
        if (!isLabel(label)) throw new DecodeError("no label of a domain name", next);
        labels.push(label);
        next += 1 + size;
      }
      names.push(labels.join("."));
      next++;
    }
    for (; next < end; next++) if (bytes[next] !== 0) throw new DecodeError("bytes behind the names", next);
    return names;
  },
  encode(output, value) {
    if (!Array.isArray(value)) throw new InputError("", "an array of domain names", value);
    for (const [index, name] of value.entries()) {
      for (const label of typeof name === "string" ? name.split(".") : [""]) {
        if (!isLabel(label)) throw new InputError(`[${index}]`, "a domain name", name);
        output.append(Uint8Array.of(label.length));
        output.append(textBytes(label));
      }
      output.take(1);
    }
  },
};

function isLabel(label: string): boolean {
  return label.length <= MAX_LABEL && /^[!-\-/-~]+$/.test(label);
}

/** A URI, filled up with zeros. */
export const captivePortal: Shape<string> = {
  ...string,
  put: undefined,
  encode(output, value, scope) {
    string.encode(output, value, scope);
    // One that fills the option has no NUL behind it.
    output.at--;
  },
};

/** A prefix that IPv4 addresses have in IPv6 (NAT64). */
export interface NdPref64 {
  /** Seconds, in steps of 8 up to 65528. */
  lifetime: number;
  /** Of 96, 64, 56, 48, 40 or 32 bits: `64:ff9b::/96`. */
  prefix: string;
}

/** By their code. */
const LENGTHS = [96, 64, 56, 48, 40, 32];
const PREFIX = 12;
const STEP = 8;
const MAX_LIFETIME = 0x1fff * STEP;

export const pref64: Shape<NdPref64> = {
  type: "pref64",
  accepts: (length) => length === 2 + PREFIX,
  decode(input, at) {
    const scaled = input.view.getUint16(at, false);
    const bits = LENGTHS[scaled & 7];
    if (bits === undefined) throw new DecodeError("no length of a prefix", at);
    const address = new Uint8Array(16);
    address.set(input.bytes.subarray(at + 2, at + 2 + PREFIX));
    return { lifetime: (scaled >>> 3) * STEP, prefix: `${formatIpv6(address, 0)}/${bits}` };
  },
  encode(output, value) {
    if (!isRecord(value)) throw new InputError("", "an object with lifetime and prefix", value);
    const { lifetime, prefix, ...others } = value as unknown as NdPref64;
    const [other] = Object.keys(others);
    if (other !== undefined) throw new InputError(other, "lifetime or prefix", value);
    if (!Number.isInteger(lifetime / STEP) || lifetime < 0 || lifetime > MAX_LIFETIME)
      throw new InputError("lifetime", `seconds, a multiple of ${STEP} up to ${MAX_LIFETIME}`, lifetime);
    const [address, bits] = typeof prefix === "string" ? prefix.split("/") : [];
    const code = LENGTHS.indexOf(Number(bits));
    const bytes = address === undefined ? undefined : parseIpv6(address);
    if (code < 0 || !bytes || bytes.subarray(PREFIX).some((byte) => byte !== 0))
      throw new InputError("prefix", `an IPv6 prefix of ${LENGTHS.join(", ")} bits`, prefix);
    const at = output.take(2);
    output.view.setUint16(at, ((lifetime / STEP) << 3) | code, false);
    output.append(bytes.subarray(0, PREFIX));
  },
  text: ({ prefix }) => prefix,
};
