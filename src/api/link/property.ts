import type { RequestOptions } from "../../netlink/pending.ts";
import { delLinkprop, newLinkprop } from "../../rtnl/linkprop/index.ts";
import { asking } from "../refusal.ts";
import { type Dev, linkReference, type Session } from "../session.ts";

/** What `ip link property` adds and deletes. */
export interface LinkProperties {
  /** Alternative names, up to 127 bytes each. */
  altname: string | readonly string[];
}

const paths = { dev: "ifname", altname: "propList.altIfname" } as const;

/** The properties of links: their alternative names, with the verbs of `ip link property`. */
export class LinkProperty {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Gives a link alternative names.
   *
   * @throws KernelError `EEXIST` a link has the name; `ENODEV` with `path`: no such link.
   * @example
   * await ns.link.property.add("eth0", { altname: "uplink-to-the-core" });
   */
  async add(dev: Dev, properties: LinkProperties, options?: RequestOptions): Promise<void> {
    await this.#about(dev, properties, newLinkprop, options);
  }

  /** Takes alternative names away. */
  async delete(dev: Dev, properties: LinkProperties, options?: RequestOptions): Promise<void> {
    await this.#about(dev, properties, delLinkprop, options);
  }

  async #about(
    dev: Dev,
    properties: LinkProperties,
    request: typeof newLinkprop,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await asking(
      { dev, ...properties },
      paths,
      async () => {
        const { altname, ...others } = properties;
        const altIfname = [altname].flat();
        const value = { ...linkReference(dev, "dev"), ...others, propList: { altIfname } };
        await this.#session.client.request(request(value), options);
      },
      (error) => {
        if (error.code === "ENODEV") return { path: "dev" };
        return error.code === "EEXIST" || error.code === "ENOENT" ? { path: "altname" } : undefined;
      },
    );
  }
}
