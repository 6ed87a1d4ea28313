import { InputError } from "../../netlink/errors.ts";
import type { NftFamily, NftRule, Statement } from "../nft/json.ts";
import { familyOfAddress, matches } from "../nft/matches.ts";
import type { Nft } from "../nft/nft.ts";
import { ensureRules, type OwnChain, type OwnRule, ownRules, removeRule } from "../nft/own-rules.ts";

/** Source NAT to the address of the link that packets leave by. */
export interface Masquerade {
  /** Network whose packets it is for; its family is the rule's, default IPv4. */
  source?: string;
  /** Not for packets to there. */
  except?: string;
  /** Name of the link they leave by. */
  out?: string;
}

/** Destination NAT: a port of this machine leads to another. */
export interface PortForward {
  proto: "tcp" | "udp" | "sctp" | "dccp" | "udplite";
  /** The port, or the first and the last of several. */
  port: number | [number, number];
  /** Address, and port where it is another: `10.0.0.2:80`, `[fd00::2]:80`. */
  to: string;
  /** Name of the link that packets come in by. */
  in?: string;
  /** The address that they are for. */
  destination?: string;
  /** Also for connections that this machine itself opens. Default false. */
  local?: boolean;
}

/**
 * Network address translation of one namespace, through nf_tables.
 *
 * The rules stand in a table of their own, `nlkit`, and leave those of others alone. Making a rule that is there
 * already changes nothing; {@link Nat.delete} takes it away.
 *
 * @throws InputError with `path`: a value that cannot be sent.
 * @throws BatchError the kernel refused a rule: `EPERM`, `EOPNOTSUPP`.
 */
export class Nat {
  readonly #nft: Nft;

  constructor(nft: Nft) {
    this.#nft = nft;
  }

  /**
   * @example
   * await ns.nat.masquerade({ source: "10.0.0.0/24", out: "eth0" });   // iptables -t nat -A POSTROUTING -s … -o … -j MASQUERADE
   */
  async masquerade(masquerade: Masquerade): Promise<void> {
    await ensureRules(this.#nft, masqueradeRule(masquerade));
  }

  /**
   * @example
   * await ns.nat.forward({ proto: "tcp", port: 8083, to: "10.0.0.2:80" });   // iptables -t nat -A PREROUTING … -j DNAT
   */
  async forward(forward: PortForward): Promise<void> {
    await ensureRules(this.#nft, ...forwardRules(forward));
  }

  /** Takes away what was made with the same words; whether it was there. */
  async delete(rule: { masquerade: Masquerade } | { forward: PortForward }): Promise<boolean> {
    const rules = "masquerade" in rule ? [masqueradeRule(rule.masquerade)] : forwardRules(rule.forward);
    let found = false;
    for (const { chain, expr } of rules) found = (await removeRule(this.#nft, chain, expr)) || found;
    return found;
  }

  /** The rules of this table, as `nft -j` prints them. */
  async list(): Promise<NftRule[]> {
    const chains = ["prerouting", "output-nat", "postrouting"];
    const rules = [...(await ownRules(this.#nft, "ip")), ...(await ownRules(this.#nft, "ip6"))];
    return rules.filter(({ chain }) => chains.includes(chain));
  }
}

const natChain = (family: NftFamily, name: string, hook: string, prio: number): OwnChain => ({
  family,
  name,
  type: "nat",
  hook,
  prio,
});

function masqueradeRule({ source, except, out, ...others }: Masquerade): OwnRule {
  refuseOthers(others, "source, except and out");
  const family = familyOfAddress((source ?? except ?? "").split("/")[0]!);
  const expr = matches({ ...(out !== undefined && { out }), ...(source !== undefined && { source }) });
  if (except !== undefined) {
    const [statement] = matches({ destination: except }) as [Extract<Statement, { match: unknown }>];
    expr.push({ match: { ...statement.match, op: "!=" } });
  }
  return {
    chain: natChain(family, "postrouting", "postrouting", 100),
    expr: [...expr, { masquerade: null }],
  };
}

function forwardRules({
  proto,
  port,
  to,
  in: dev,
  destination,
  local = false,
  ...others
}: PortForward): OwnRule[] {
  refuseOthers(others, "proto, port, to, in, destination and local");
  const { addr, port: toPort } = endpoint(to);
  const family = familyOfAddress(addr);
  const target: Statement = { dnat: { addr, ...(toPort !== undefined && { port: toPort }) } };
  const where = { proto, port, ...(destination !== undefined && { destination }) };
  const incoming = matches({ ...where, ...(dev !== undefined && { in: dev }) });
  const rules = [{ chain: natChain(family, "prerouting", "prerouting", -100), expr: [...incoming, target] }];
  if (local)
    rules.push({ chain: natChain(family, "output-nat", "output", -100), expr: [...matches(where), target] });
  return rules;
}

function endpoint(to: string): { addr: string; port?: number } {
  const [, bracketed, plain, port] =
    /^(?:\[([^\]]+)\]|([^:]+|[0-9a-f:]*::?[0-9a-f:.]*))(?::(\d+))?$/i.exec(to) ?? [];
  const bare = to.includes("::") && bracketed === undefined ? to : (bracketed ?? plain);
  if (bare === undefined) throw new InputError("to", "an address, or an address and a port: 10.0.0.2:80", to);
  return { addr: bare, ...(port !== undefined && bare !== to && { port: Number(port) }) };
}

function refuseOthers(others: object, expected: string): void {
  const [name] = Object.keys(others);
  if (name !== undefined) throw new InputError(name, `nothing but ${expected}`, others[name as never]);
}
