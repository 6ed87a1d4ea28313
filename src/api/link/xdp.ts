import { InputError } from "../../netlink/errors.ts";
import type { XdpAttrs } from "../../rtnl/link/xdp.ts";

/** Where a program runs: in the driver, on socket buffers (`xdpgeneric`), in the device (`xdpoffload`). */
export type XdpMode = "drv" | "skb" | "hw";

/** A program of bpf(2) that every packet coming in is shown to, as `ip link set xdp` attaches it. */
export interface XdpSettings {
  /** Descriptor of the loaded program, of type BPF_PROG_TYPE_XDP; `null` detaches (`xdp off`). */
  fd: number | null;
  /** Default: `drv` where the driver can, else `skb`. The mode it was attached in, to detach or replace it. */
  mode?: XdpMode;
  /** Take the place of a program that is attached (`ip -force`). */
  force?: boolean;
  /** Only if this program is attached. */
  expectedFd?: number;
}

/** The programs that are attached. */
export interface Xdp {
  /** `multi`: several, in different modes. */
  mode: XdpMode | "multi";
  prog?: { id: number };
  attached: { mode: XdpMode; prog: { id: number } }[];
}

const modeFlags = { drv: "drv-mode", skb: "skb-mode", hw: "hw-mode" } as const;
const words = ["fd", "mode", "force", "expectedFd"];

export function writeXdp(given: XdpSettings): XdpAttrs {
  const { fd, mode, force = false, expectedFd, ...others } = given;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new InputError(`xdp.${other}`, `one of ${words.join(", ")}`, given);
  if (fd !== null && (!Number.isInteger(fd) || fd < 0))
    throw new InputError("xdp.fd", "a descriptor, or null", fd);
  if (mode !== undefined && !Object.hasOwn(modeFlags, mode))
    throw new InputError("xdp.mode", "drv, skb or hw", mode);
  const isNew = fd !== null && !force && expectedFd === undefined;
  const flags = [
    ...(isNew ? ["update-if-noexist" as const] : []),
    ...(mode === undefined ? [] : [modeFlags[mode]]),
    ...(expectedFd === undefined ? [] : ["replace" as const]),
  ];
  return { fd: fd ?? -1, flags, expectedFd };
}

/** Undefined where nothing is attached. */
export function readXdp(xdp: XdpAttrs | undefined): Xdp | undefined {
  if (xdp?.attached === undefined || xdp.attached === "none") return undefined;
  const ids = { drv: xdp.drvProgId, skb: xdp.skbProgId, hw: xdp.hwProgId };
  const attached = (Object.keys(ids) as XdpMode[]).flatMap((mode) => {
    const id = ids[mode];
    return id === undefined ? [] : [{ mode, prog: { id } }];
  });
  const read: Xdp = { mode: xdp.attached as Xdp["mode"], attached };
  if (xdp.progId) read.prog = { id: xdp.progId };
  return read;
}
