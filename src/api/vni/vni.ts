import { parseIpv4, parseIpv6 } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import {
  delVnifilter,
  listVnifilters,
  newVnifilter,
  type Vnifilter,
  type VnifilterEntry,
} from "../../rtnl/vnifilter/index.ts";
import { refuseOthers } from "../filter.ts";
import { asking } from "../refusal.ts";
import { type Dev, nameOf, type Session } from "../session.ts";
import { inWords, type Plain, withoutUndefined } from "../words.ts";

/** Network identifiers that a VXLAN lets in, as `bridge -j vni show` prints them. */
export interface Vnis {
  ifname: string;
  vnis: Vni[];
}

export interface VniRange {
  /** 1 to 16777215. */
  vni: number;
  /** The last one of a range. */
  vniEnd?: number;
}

/** Where frames go that no entry is for. */
export interface VniAdd extends VniRange {
  /** Multicast group. */
  group?: string;
  /** IP address of one far end. */
  remote?: string;
}

export interface Vni extends VniAdd {
  /** Counters, with `stats`. */
  stats?: Plain<Omit<NonNullable<VnifilterEntry["stats"]>, "unknown" | "trailing" | "pad">>;
}

/** Which VXLAN's; without anything all of them. */
export interface VniFilter {
  dev?: Dev;
}

export interface VniListOptions extends RequestOptions {
  /** With counters, as `bridge -s`; default false. */
  stats?: boolean;
}

/**
 * The filters of VXLANs that were made with `external` and `vnifilter`, with the verbs of `bridge vni` (kernel 5.18).
 */
export class VniFilters {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Lets network identifiers in.
   *
   * @throws KernelError `EEXIST` another VXLAN of the same port has it.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.vni.add("vxlan0", { vni: 100, remote: "10.0.0.2" });
   */
  async add(dev: Dev, vni: VniAdd, options?: RequestOptions): Promise<void> {
    await this.#change(dev, vni, newVnifilter, options);
  }

  /** @throws KernelError `ENOENT` there is none. */
  async delete(dev: Dev, vni: VniRange, options?: RequestOptions): Promise<void> {
    await this.#change(dev, vni, delVnifilter, options);
  }

  async list(filter: VniFilter = {}, options: VniListOptions = {}): Promise<Vnis[]> {
    const { dev, ...others } = filter;
    return asking(filter, { dev: "ifindex" }, async () => {
      refuseOthers(others, ["dev"]);
      const ifindex = dev === undefined ? 0 : await this.#session.indexOf(dev, "dev", options);
      const request = listVnifilters({ family: "bridge", ifindex, flags: options.stats ? ["stats"] : [] });
      const found = await this.#session.client.list(request, options);
      const names = await this.#session.names(options);
      return found.map((message) => ({
        ifname: nameOf(names, message.ifindex),
        vnis: (message.entry ?? []).map(readVni),
      }));
    });
  }

  async #change(
    dev: Dev,
    vni: VniAdd,
    request: (value: Partial<Vnifilter>) => ReturnType<typeof newVnifilter>,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await asking({ dev, ...vni }, { dev: "ifindex" }, async () => {
      const entry = [writeVni(vni)];
      const ifindex = await this.#session.indexOf(dev, "dev", options);
      await this.#session.client.request(request({ family: "bridge", ifindex, entry }), options);
    });
  }
}

function writeVni(given: VniAdd): VnifilterEntry {
  const { vni, vniEnd, group, remote, ...others } = given;
  for (const [field, value, low] of [["vni", vni, 1] as const, ["vniEnd", vniEnd ?? vni, vni] as const]) {
    if (!Number.isInteger(value) || value < low || value > 0xffffff)
      throw new InputError(field, `an integer ${low} to 16777215`, value);
  }
  if (group !== undefined && remote !== undefined)
    throw new InputError("remote", "none where there is a group", remote);
  const far = group ?? remote;
  const field = group === undefined ? "remote" : "group";
  if (far !== undefined && !parseIpv4(far) && !parseIpv6(far))
    throw new InputError(field, "an IP address", far);
  if (far !== undefined && isMulticast(far) !== (group !== undefined))
    throw new InputError(field, group === undefined ? "no multicast address" : "a multicast address", far);
  const six = far?.includes(":") === true;
  return { ...others, start: vni, end: vniEnd, group: six ? undefined : far, group6: six ? far : undefined };
}

function isMulticast(address: string): boolean {
  const four = parseIpv4(address);
  return four ? four[0]! >= 224 && four[0]! < 240 : parseIpv6(address)?.[0] === 0xff;
}

function readVni({ start, end, group, group6, stats }: VnifilterEntry): Vni {
  const far = [group, group6].find(
    (address) => address !== undefined && address !== "0.0.0.0" && address !== "::",
  );
  const { unknown: _unknown, trailing: _trailing, pad: _pad, ...counters } = stats ?? {};
  return withoutUndefined<Vni>({
    vni: start ?? 0,
    vniEnd: end === start ? undefined : end,
    group: far !== undefined && isMulticast(far) ? far : undefined,
    remote: far !== undefined && !isMulticast(far) ? far : undefined,
    stats: stats === undefined ? undefined : inWords(counters, {}),
  });
}
