/** Sizes that packets count as (tc-stab(8)), with the table that the kernel takes for them. */
import { InputError } from "../../netlink/errors.ts";
import type { TcaStabAttrs } from "../../rtnl/tc/stab.ts";
import { withoutUndefined } from "../words.ts";
import { type Framing, framedSize } from "./rate.ts";

export interface SizeTable extends Framing {
  /** Largest packet that the table has, bytes; default 2047. */
  mtu?: number;
  /** Entries of the table; default 512. */
  tsize?: number;
}

const LINKLAYERS = { ethernet: 1, atm: 2 } as const;
const LARGEST = 0xffff;

/** @throws InputError below `path` */
export function writeStab(given: SizeTable, path: string): TcaStabAttrs {
  const { overhead = 0, mpu = 0, mtu = 2047, tsize = 512, linklayer } = given;
  const number = linklayer === undefined ? 0 : LINKLAYERS[linklayer];
  if (number === undefined) throw new InputError(`${path}linklayer`, "ethernet or atm", linklayer);
  const base = { overhead, linklayer: number };
  // The kernel adds the overhead itself.
  if (linklayer !== "atm" && mpu === 0) return { base };
  if (!Number.isInteger(tsize) || tsize < 1)
    throw new InputError(`${path}tsize`, "a number of entries", tsize);
  let cellLog = 0;
  while ((mtu - 1) >> cellLog > tsize - 1) cellLog++;
  const sizes = Array.from({ length: tsize }, (_, slot) =>
    framedSize((slot + 1) << cellLog, { mpu, linklayer }),
  );
  let sizeLog = 0;
  while (sizes.at(-1)! >> sizeLog > LARGEST) sizeLog++;
  return {
    base: { ...base, mpu, mtu, tsize, cellLog, sizeLog, cellAlign: -1 },
    data: sizes.map((size) => size >> sizeLog),
  };
}

export function readStab({ base }: TcaStabAttrs): SizeTable {
  const { overhead, linklayer, mpu, mtu, tsize } = base ?? {};
  return withoutUndefined({
    overhead,
    linklayer: (Object.keys(LINKLAYERS) as (keyof typeof LINKLAYERS)[]).find(
      (name) => LINKLAYERS[name] === linklayer,
    ),
    mpu: mpu || undefined,
    mtu: mtu || undefined,
    tsize: tsize || undefined,
  });
}
