import { InputError } from "../../netlink/errors.ts";
import { type IpFamily, type Prefix, parseAddress, parsePrefix } from "../prefix.ts";

const spoken = { inet: "IPv4", inet6: "IPv6" };

/** The family that the addresses of a route or filter have: the first one says it, the others must be the same. */
export class FamilyOfRoute {
  #family: IpFamily | undefined;
  #because = "family";

  /** @throws InputError no family of IP */
  constructor(asked: IpFamily | undefined) {
    if (asked !== undefined && asked !== "inet" && asked !== "inet6") {
      throw new InputError("family", "inet or inet6", asked);
    }
    this.#family = asked;
  }

  /** Undefined when no address was seen. */
  get known(): IpFamily | undefined {
    return this.#family;
  }

  destination(text: unknown, field: string): Prefix {
    return this.prefix(text, field);
  }

  prefix(text: unknown, field: string): Prefix {
    return this.#same(parsePrefix(text, field), text, field);
  }

  address(text: unknown, field: string): Prefix {
    return this.#same(parseAddress(text, field), text, field);
  }

  gateway(text: unknown, field: string): Prefix {
    const family = this.#family;
    const other = family === "inet" ? `; one of IPv6 goes into via: { family: "inet6", host }` : "";
    return this.#same(parseAddress(text, field), text, field, other);
  }

  #same(prefix: Prefix, text: unknown, field: string, more = ""): Prefix {
    if (this.#family === undefined) {
      this.#family = prefix.family;
      this.#because = field;
    } else if (this.#family !== prefix.family) {
      throw new InputError(
        field,
        `an ${spoken[this.#family]} address, because of ${this.#because}${more},`,
        text,
      );
    }
    return prefix;
  }
}
