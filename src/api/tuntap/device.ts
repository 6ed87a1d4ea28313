/** /dev/net/tun: what TUN and TAP links are made through (linux/if_tun.h). */
import { closeSync, constants, openSync } from "node:fs";
import { InputError, SystemError } from "../../netlink/errors.ts";
import { ioctl } from "../../netlink/socket/libc.ts";
import { inNetns } from "../../netlink/socket/netns.ts";
import { explain, failureCode } from "../netns/system-error.ts";

const DEVICE = "/dev/net/tun";

/** `_IOW('T', number, int)`; some machines have another bit for it. */
const write = ["ppc", "ppc64", "mips", "mipsel"].includes(process.arch) ? 0x80000000 : 0x40000000;
const requests = {
  TUNSETIFF: write + 0x454ca,
  TUNSETPERSIST: write + 0x454cb,
  TUNSETOWNER: write + 0x454cc,
  TUNSETGROUP: write + 0x454ce,
};

const IFF = {
  tun: 1,
  tap: 2,
  multiQueue: 0x100,
  noPi: 0x1000,
  oneQueue: 0x2000,
  vnetHdr: 0x4000,
  excl: 0x8000,
};
const IFNAMSIZ = 16;
/** struct ifreq: the name, then a union with the flags. */
const IFREQ = 40;

/** What a TUN or TAP link is; a program that attaches to it has to say the same. */
export interface TuntapOptions {
  /** Its name; with `%d` in it, or without any, the kernel chooses a number. */
  ifname?: string;
  /** `tun`: IP packets, `tap`: Ethernet frames. */
  mode: "tun" | "tap";
  /** Each packet has struct tun_pi in front: u16 flags in host byte order, and the protocol, big endian. */
  pi?: boolean;
  /** Each packet has struct virtio_net_hdr in front, 10 bytes (behind that of `pi`). */
  vnetHdr?: boolean;
  /** Several programs may attach to it, each to a queue of its own. */
  multiQueue?: boolean;
  /** Nothing since Linux 3.8. */
  oneQueue?: boolean;
}

const words = ["ifname", "mode", "pi", "vnetHdr", "multiQueue", "oneQueue"];

/** The link that a descriptor is attached to. */
export interface Attached {
  readonly fd: number;
  readonly ifname: string;
}

/**
 * Makes a link, or attaches to the one of that name.
 *
 * @param netns - descriptor of the namespace.
 * @param exclusive - there must be none of that name yet.
 * @throws SystemError `EBUSY` there is one, or another program is attached; `EINVAL` it is of another mode.
 */
export function attach(netns: number, options: TuntapOptions, exclusive: boolean): Attached {
  const ifreq = ifreqOf(options, exclusive);
  const fd = open(netns);
  try {
    call(fd, "TUNSETIFF", ifreq, JSON.stringify(options.ifname ?? options.mode));
    const name = ifreq.subarray(0, ifreq.indexOf(0));
    return { fd, ifname: new TextDecoder().decode(name) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Whether the link stays when nothing is attached to it. */
export function setPersist({ fd, ifname }: Attached, persist: boolean): void {
  call(fd, "TUNSETPERSIST", BigInt(persist), ifname);
}

/** Who may attach to it beside root. */
export function setOwner(
  { fd, ifname }: Attached,
  user: number | undefined,
  group: number | undefined,
): void {
  if (user !== undefined) call(fd, "TUNSETOWNER", BigInt(user), ifname);
  if (group !== undefined) call(fd, "TUNSETGROUP", BigInt(group), ifname);
}

function open(netns: number): number {
  try {
    // A descriptor belongs to the namespace it was opened in.
    return inNetns(netns, () => openSync(DEVICE, constants.O_RDWR | constants.O_NONBLOCK));
  } catch (error) {
    const missing = ["ENOENT", "ENODEV", "ENXIO"].includes(failureCode(error) ?? "");
    throw explain(
      error,
      undefined,
      missing ? "this kernel has no TUN and TAP, or /dev lacks them" : undefined,
    );
  }
}

const hints: Readonly<Record<string, string>> = {
  EBUSY: "there is a link of that name, or another program is attached to it",
  EINVAL: "the link of that name is of another mode, or has other options",
  EPERM:
    "it needs CAP_NET_ADMIN in the user namespace that owns the network namespace, or to be the link's user",
};

function call(fd: number, name: keyof typeof requests, argument: Uint8Array | bigint, subject: string): void {
  try {
    ioctl(fd, requests[name], argument);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    throw new SystemError("ioctl", error.errno, `${name} ${subject}`, hints[error.code]);
  }
}

function ifreqOf(options: TuntapOptions, exclusive: boolean): Uint8Array {
  const { ifname = "", mode, pi, vnetHdr, multiQueue, oneQueue, ...others } = options;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new InputError(other, `one of ${words.join(", ")}`, options);
  if (mode !== "tun" && mode !== "tap") throw new InputError("mode", "tun or tap", mode);
  const name = typeof ifname === "string" ? new TextEncoder().encode(ifname) : undefined;
  if (!name || name.length >= IFNAMSIZ || name.includes(0))
    throw new InputError("ifname", `a name of at most ${IFNAMSIZ - 1} bytes`, ifname);
  const ifreq = new Uint8Array(IFREQ);
  ifreq.set(name);
  let flags = IFF[mode];
  if (!pi) flags |= IFF.noPi;
  if (vnetHdr) flags |= IFF.vnetHdr;
  if (multiQueue) flags |= IFF.multiQueue;
  if (oneQueue) flags |= IFF.oneQueue;
  if (exclusive) flags |= IFF.excl;
  new Uint16Array(ifreq.buffer, IFNAMSIZ, 1)[0] = flags;
  return ifreq;
}
