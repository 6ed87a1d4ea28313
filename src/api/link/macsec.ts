import { InputError } from "../../netlink/errors.ts";
import type { MacsecAttrs } from "../../rtnl/link/kinds/macsec.ts";
import type { Plain } from "../words.ts";

/** MACSEC_CIPHER_ID_* (linux/if_macsec.h) */
const ciphers = {
  "GCM-AES-128": 0x0080c20001000001n,
  "GCM-AES-256": 0x0080c20001000002n,
  "GCM-AES-XPN-128": 0x0080c20001000003n,
  "GCM-AES-XPN-256": 0x0080c20001000004n,
} as const;
/** The older name of GCM-AES-128, which the kernel still reports. */
const DEFAULT_CIPHER = 0x0080020001000001n;

/** Options of a MACsec link as `ip -j -d link` prints them: no number of 64 bits fits into a JavaScript number. */
export interface MacsecData extends Plain<Omit<MacsecAttrs, "sci" | "cipherSuite">> {
  /** Secure channel identifier: sixteen hexadecimal digits, a MAC address and a port. */
  sci?: string;
  cipherSuite?: keyof typeof ciphers | (string & {});
}

export function macsecFromWords(data: MacsecData): object {
  const { sci, cipherSuite, ...rest } = data;
  if (sci !== undefined && !/^[0-9a-f]{16}$/i.test(sci))
    throw new InputError("data.sci", "16 hexadecimal digits", sci);
  const cipher = cipherSuite === undefined ? undefined : ciphers[cipherSuite as keyof typeof ciphers];
  if (cipherSuite !== undefined && cipher === undefined)
    throw new InputError("data.cipherSuite", `one of ${Object.keys(ciphers).join(", ")}`, cipherSuite);
  return { ...rest, sci: sci === undefined ? undefined : BigInt(`0x${sci}`), cipherSuite: cipher };
}

export function macsecInWords(data: MacsecAttrs): object {
  const { sci, cipherSuite, ...rest } = data;
  return { ...rest, sci: sci?.toString(16).padStart(16, "0"), cipherSuite: cipherName(cipherSuite) };
}

function cipherName(id: bigint | undefined): string | undefined {
  if (id === undefined) return undefined;
  const wanted = id === DEFAULT_CIPHER ? ciphers["GCM-AES-128"] : id;
  const known = Object.entries(ciphers).find(([, number]) => number === wanted);
  return known ? known[0] : `0x${id.toString(16).padStart(16, "0")}`;
}
