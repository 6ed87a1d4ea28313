import { hostByteOrder } from "../../../netlink/codec/byte-order.ts";
import type { PeditAttrs } from "../../../rtnl/tc/actions/pedit.ts";
import { onlyWords, ruled, type Translation } from "../../tc/rules.ts";
import type { Plain } from "../../words.ts";
import { type ActionFields, actionRules } from "../verdict.ts";
import { fieldKeys, type PeditField } from "./pedit-fields.ts";

/** Four bytes to edit, as `tc -j` says it; bytes stand as in the packet: 0x05000000 is a 5 and three zeros. */
export interface PeditKey {
  /** Header that `offset` begins at; `network` is the one of the packet. */
  htype?: "network" | "eth" | "ipv4" | "ipv6" | "tcp" | "udp";
  /** Bytes, a multiple of 4. */
  offset: number;
  /** Default `set`. */
  cmd?: "set" | "add";
  val: number;
  /** Bits that stay as they are. */
  mask: number;
}

/** Edits packets (tc-pedit(8)). Default `pass`. */
export interface PeditOptions extends ActionFields {
  /** Fields by their names, or any bytes. */
  keys?: (PeditKey | PeditField)[];
}

const rules = ruled(actionRules("parmsEx"));
const HEADERS = { network: "network", eth: "eth", ipv4: "ip4", ipv6: "ip6", tcp: "tcp", udp: "udp" } as const;
const names = new Map<unknown, PeditKey["htype"]>(
  Object.entries(HEADERS).map(([word, name]) => [name, word as PeditKey["htype"]]),
);

/** The kernel has the packet's bytes as a number of the host's order. */
function swapped(value: number): number {
  if (hostByteOrder === "big") return value;
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return view.getUint32(0);
}

export const pedit: Translation<PeditOptions> = {
  paths: { ...rules.paths, keys: "parmsEx.keys" },
  write(words, path, links) {
    onlyWords(words, path, [...Object.keys(rules.paths), "keys"]);
    const { keys: given = [], ...rest } = words;
    const keys = given.flatMap((key, place) =>
      "field" in key ? fieldKeys(key, `${path}keys[${place}].`) : [key],
    );
    const options = rules.write({ controlAction: { type: "pass" }, ...rest }, path, links) as {
      parmsEx?: object;
    };
    return {
      parmsEx: {
        ...options.parmsEx,
        keys: keys.map(({ offset, val, mask }) => ({
          off: offset,
          val: swapped(val),
          mask: swapped(mask),
          at: 0,
          offmask: 0,
          shift: 0,
        })),
      },
      keysEx: {
        keyEx: keys.map(({ htype = "network", cmd = "set" }) => ({ htype: HEADERS[htype] ?? htype, cmd })),
      },
    };
  },
  read({ parms, parmsEx = parms, keysEx, ...rest }: Plain<PeditAttrs>, links) {
    const { nkeys: _count, flags: _flags, keys, ...struct } = parmsEx ?? {};
    return {
      ...(rules.read({ ...rest, parmsEx: struct }, links) as ActionFields),
      keys: keys?.map(({ off, val, mask }, place) => {
        const { htype, cmd } = keysEx?.keyEx?.[place] ?? {};
        return {
          htype: names.get(htype ?? "network") as PeditKey["htype"],
          offset: off,
          cmd: (cmd ?? "set") as PeditKey["cmd"],
          val: swapped(val),
          mask: swapped(mask),
        };
      }),
    };
  },
};
