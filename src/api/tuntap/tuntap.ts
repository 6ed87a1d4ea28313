import { closeSync, readFileSync } from "node:fs";
import { InputError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { type Link, listLinks } from "../../rtnl/link/index.ts";
import type { TunAttrs } from "../../rtnl/link/kinds/tun.ts";
import type { Session } from "../session.ts";
import { withoutUndefined } from "../words.ts";
import { attach, setOwner, setPersist, type TuntapOptions } from "./device.ts";
import { TuntapQueue } from "./queue.ts";

export interface TuntapAdd extends TuntapOptions {
  /** Who may attach to it beside root: a name or an id. */
  user?: string | number;
  group?: string | number;
}

/** A TUN or TAP link as `ip -j tuntap` prints it, in camelCase. */
export interface Tuntap {
  ifname: string;
  /** `tun` or `tap`, `pi`, `multi_queue`, `vnet_hdr`, `persist`. */
  flags: string[];
  /** Ids of who may attach to it. */
  user?: number;
  group?: number;
}

/** TUN and TAP links of one namespace, with the verbs of `ip tuntap`, and what goes through them. */
export class Tuntaps {
  readonly #session: Session;
  readonly #netns: number;

  /** @param netns - descriptor of the namespace, which the caller owns. */
  constructor(session: Session, netns: number) {
    this.#session = session;
    this.#netns = netns;
  }

  /**
   * Makes a link that stays until it is deleted, and returns its name.
   *
   * @throws SystemError `EBUSY` the name is taken; `EPERM`, `EACCES`; `ENOENT` there is no /dev/net/tun.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.tuntap.add({ ifname: "tap0", mode: "tap", user: "libvirt-qemu" });
   */
  async add({ user, group, ...options }: TuntapAdd): Promise<string> {
    const owner = user === undefined ? undefined : idOf(user, "user", "/etc/passwd");
    const owners = group === undefined ? undefined : idOf(group, "group", "/etc/group");
    const attached = attach(this.#netns, options, true);
    try {
      setOwner(attached, owner, owners);
      setPersist(attached, true);
    } finally {
      closeSync(attached.fd);
    }
    return attached.ifname;
  }

  /**
   * Deletes a link; one that a program is attached to goes with that.
   *
   * @throws KernelError `ENODEV` with `path`: no such link.
   * @throws InputError it is neither TUN nor TAP.
   * @throws SystemError `EBUSY` a program is attached to it.
   */
  async delete(ifname: string, options?: RequestOptions): Promise<void> {
    const link = await this.#session.link(ifname, "ifname", options);
    const data = tunOf(link);
    if (!data) throw new InputError("ifname", "a TUN or TAP link", ifname);
    const { pi, vnetHdr, multiQueue, type } = data;
    const same = { mode: type as "tun", pi: !!pi, vnetHdr: !!vnetHdr, multiQueue: !!multiQueue };
    const attached = attach(this.#netns, { ifname: link.ifname!, ...same }, false);
    try {
      setPersist(attached, false);
    } finally {
      closeSync(attached.fd);
    }
  }

  async list(options?: RequestOptions): Promise<Tuntap[]> {
    const request = listLinks({ extMask: ["skip-stats"], linkinfo: { kind: "tun" } });
    const links = await this.#session.client.list(request, options);
    return links.flatMap((link) => {
      const data = tunOf(link);
      return data ? [readTuntap(link, data)] : [];
    });
  }

  /**
   * Opens a link to read what is sent over it, and to write what comes in by it. Makes one where there is none, which
   * goes when it is closed.
   *
   * @throws SystemError `EBUSY` another program is attached; `EINVAL` the link is of another mode.
   * @example
   * await using tun = await ns.tuntap.open({ ifname: "tun0", mode: "tun" });
   * await ns.link.set(tun.ifname, { up: true });
   * for await (const packet of tun.packets()) tun.write(answerTo(packet));
   */
  async open(options: TuntapOptions): Promise<TuntapQueue> {
    return new TuntapQueue(attach(this.#netns, options, false), options.mode);
  }
}

function tunOf({ linkinfo }: Link): TunAttrs | undefined {
  return linkinfo?.kind === "tun" ? (linkinfo.data as TunAttrs | undefined) : undefined;
}

function readTuntap(link: Link, data: TunAttrs): Tuntap {
  const flags: [word: string, isSet: unknown][] = [
    [String(data.type), true],
    ["pi", data.pi],
    ["multi_queue", data.multiQueue],
    ["vnet_hdr", data.vnetHdr],
    ["persist", data.persist],
  ];
  return withoutUndefined({
    ifname: link.ifname!,
    flags: flags.filter(([, isSet]) => isSet).map(([word]) => word),
    user: data.owner,
    group: data.group,
  });
}

/** The id in the third column of the line that begins with the name. */
function idOf(who: string | number, field: string, file: string): number {
  if (typeof who === "number" && Number.isInteger(who) && who >= 0 && who < 2 ** 32 - 1) return who;
  if (typeof who === "string") {
    const line = readFileSync(file, "utf8")
      .split("\n")
      .find((text) => text.startsWith(`${who}:`));
    const id = /^\d+$/.test(who) ? who : line?.split(":")[2];
    if (id !== undefined && who !== "") return Number(id);
  }
  throw new InputError(field, `an id, or a name of ${file}`, who);
}
