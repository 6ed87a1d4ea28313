/** Routes of packets with an MPLS label beside those of IP. */
import { InputError } from "../../netlink/errors.ts";
import { addressBits, type IpFamily, type Prefix } from "../prefix.ts";
import { FamilyOfRoute } from "./family.ts";

export type RouteFamily = IpFamily | "mpls";

/** Length of a whole destination, bits; an MPLS route's is a label. */
export const destinationBits: Readonly<Record<RouteFamily, number>> = { ...addressBits, mpls: 20 };

/** What the addresses of a route, or of a filter, are read with. */
export interface RouteAddresses {
  /** Undefined when no address was seen. */
  readonly known: RouteFamily | undefined;
  /** A prefix, or a label. */
  destination(text: unknown, field: string): Pick<Prefix, "address" | "length">;
  prefix(text: unknown, field: string): Prefix;
  address(text: unknown, field: string): Prefix;
  gateway(text: unknown, field: string): Prefix;
}

/** @throws InputError no family that has routes */
export function addressesOf(family: RouteFamily | undefined): RouteAddresses {
  return family === "mpls" ? mpls : new FamilyOfRoute(family);
}

const mpls: RouteAddresses = {
  known: "mpls",
  destination: (text, field) => {
    const length = destinationBits.mpls;
    if (typeof text === "string" && /^(0|[1-9]\d*)$/.test(text) && Number(text) < 2 ** length)
      return { address: text, length };
    throw new InputError(field, `an MPLS label up to ${2 ** length - 1}, as text`, text);
  },
  prefix: none,
  address: none,
  gateway: none,
};

function none(text: unknown, field: string): never {
  throw new InputError(
    field,
    `none in an MPLS route, whose next hop is via: { family: "inet", host },`,
    text,
  );
}
