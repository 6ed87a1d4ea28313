import { InputError } from "../../netlink/errors.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import {
  delAddrlabel,
  getAddrlabel,
  listAddrlabels,
  newAddrlabel,
  type Addrlabel as RtnlAddrlabel,
} from "../../rtnl/addrlabel/index.ts";
import { refuseOthers } from "../filter.ts";
import { flushAll } from "../flush.ts";
import { parsePrefix } from "../prefix.ts";
import { type Advice, asking } from "../refusal.ts";
import { type Dev, type LinkName, nameOf, type Session } from "../session.ts";
import type { Words } from "../words.ts";

/** A label as `ip -j addrlabel` prints it. */
export interface Addrlabel {
  address: string;
  prefixlen: number;
  /** Name of the link it is for. */
  ifname?: string;
  label: number;
}

/** Which prefix. */
export interface AddrlabelKey {
  /** IPv6 prefix. */
  prefix: string;
  /** For addresses of one link. */
  dev?: Dev;
}

export interface AddrlabelAdd extends AddrlabelKey {
  /** 0 to 4294967294. */
  label: number;
}

const paths = { prefix: "address", dev: "ifalIndex" } as const satisfies Words;

/** The kernel has it for "no label". */
const NO_LABEL = 0xffffffff;

/** Labels of IPv6 addresses in one namespace, with the verbs of ip-addrlabel(8). */
export class Addrlabels {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Gives a prefix a label.
   *
   * @throws KernelError `EEXIST` it has one.
   * @example
   * await ns.addrlabel.add({ prefix: "2001:db8::/32", label: 99 });
   */
  async add(label: AddrlabelAdd, options?: RequestOptions): Promise<void> {
    await asking(
      label,
      paths,
      async () => {
        const { label: number, ...key } = label;
        if (!Number.isInteger(number) || number < 0 || number >= NO_LABEL) {
          throw new InputError("label", `an integer 0 to ${NO_LABEL - 1}`, number);
        }
        const value = { ...(await this.#key(key, options)), label: number };
        await this.#session.client.request(newAddrlabel(value), options);
      },
      advice,
    );
  }

  /**
   * Deletes the label of a prefix.
   *
   * @throws KernelError `ESRCH` it has none.
   */
  async delete(key: AddrlabelKey, options?: RequestOptions): Promise<void> {
    await asking(
      key,
      paths,
      async () =>
        void (await this.#session.client.request(delAddrlabel(await this.#key(key, options)), options)),
      advice,
    );
  }

  /** The label that an address has. */
  async get(address: string, { dev }: { dev?: Dev } = {}, options?: RequestOptions): Promise<Addrlabel> {
    const asked = { prefix: address, dev };
    return asking(asked, paths, async () => {
      const key = await this.#key(asked, options);
      if (key.ifalPrefixlen !== 128) throw new InputError("prefix", "an address", address);
      const found = await this.#session.client.request(getAddrlabel(key), options);
      return read(found!, await this.#session.namesOf([found!.ifalIndex], options));
    });
  }

  /** All labels. */
  async list(options?: RequestOptions): Promise<Addrlabel[]> {
    const labels = await this.#session.client.list(listAddrlabels({ ifalFamily: "inet6" }), options);
    const names = await this.#session.names(options);
    return labels.map((label) => read(label, names));
  }

  /** Deletes all labels, also those that the kernel began with. */
  async flush(options?: RequestOptions): Promise<void> {
    const { client } = this.#session;
    await flushAll(
      client,
      () => client.list(listAddrlabels({ ifalFamily: "inet6" }), options),
      ({ ifalFamily, ifalPrefixlen, ifalIndex, address }) =>
        delAddrlabel({ ifalFamily, ifalPrefixlen, ifalIndex, address }),
      "ESRCH",
      options,
    );
  }

  async #key(key: AddrlabelKey, options: RequestOptions | undefined): Promise<Partial<RtnlAddrlabel>> {
    const { prefix, dev, ...others } = key;
    refuseOthers(others, ["prefix", "dev", "label"]);
    const parsed = parsePrefix(prefix, "prefix");
    if (parsed.family !== "inet6") throw new InputError("prefix", "an IPv6 prefix", prefix);
    return {
      ifalFamily: "inet6",
      ifalPrefixlen: parsed.length,
      ifalIndex: dev === undefined ? 0 : await this.#session.indexOf(dev, "dev", options),
      address: parsed.address,
    };
  }
}

function read(label: RtnlAddrlabel, names: ReadonlyMap<number, LinkName>): Addrlabel {
  return {
    address: label.address ?? "::",
    prefixlen: label.ifalPrefixlen,
    ...(label.ifalIndex !== 0 && { ifname: nameOf(names, label.ifalIndex) }),
    label: label.label ?? 0,
  };
}

function advice(error: KernelError): Advice | undefined {
  if (error.code === "EEXIST") return { path: "prefix", hint: "it has a label: delete that first" };
  if (error.code === "ESRCH") return { path: "prefix", hint: "it has no label of its own" };
  return undefined;
}
