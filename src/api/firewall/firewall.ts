import { InputError } from "../../netlink/errors.ts";
import type { NftRule, Statement } from "../nft/json.ts";
import { matches, type PacketMatch } from "../nft/matches.ts";
import type { Nft } from "../nft/nft.ts";
import { ensureRules, type OwnChain, ownRules, removeEmpty, removeRule, TABLE } from "../nft/own-rules.ts";

/** Which way packets go: to this machine, through it, or from it. */
export type FirewallHook = "input" | "forward" | "output";

const hooks: readonly FirewallHook[] = ["input", "forward", "output"];

/**
 * Which packets of one namespace may pass, IPv4 and IPv6 alike, through nf_tables.
 *
 * The rules stand in a table of their own, `nlkit`, in their order, and leave those of others alone: a packet passes
 * when no table drops it. Making a rule that is there already changes nothing.
 *
 * @throws InputError with `path`: a value that cannot be sent.
 * @throws BatchError the kernel refused a rule: `EPERM`, `EOPNOTSUPP`.
 * @example
 * await ns.firewall.policy("forward", "drop");
 * await ns.firewall.accept("forward", { state: ["established", "related"] });
 * await ns.firewall.accept("forward", { in: "br0", out: "eth0" });
 */
export class Firewall {
  readonly #nft: Nft;

  constructor(nft: Nft) {
    this.#nft = nft;
  }

  /** Lets packets pass: the rules behind this one are not asked. */
  async accept(hook: FirewallHook, packet: PacketMatch = {}): Promise<void> {
    await ensureRules(this.#nft, { chain: chainOf(hook), expr: [...matches(packet), { accept: null }] });
  }

  /** Drops packets without a word. */
  async drop(hook: FirewallHook, packet: PacketMatch = {}): Promise<void> {
    await ensureRules(this.#nft, { chain: chainOf(hook), expr: [...matches(packet), { drop: null }] });
  }

  /** Drops packets and tells their senders, by ICMP. */
  async reject(hook: FirewallHook, packet: PacketMatch = {}): Promise<void> {
    await ensureRules(this.#nft, { chain: chainOf(hook), expr: [...matches(packet), rejected] });
  }

  /** What becomes of packets that no rule decides on; `accept` until it is said otherwise. */
  async policy(hook: FirewallHook, policy: "accept" | "drop"): Promise<void> {
    if (policy !== "accept" && policy !== "drop") throw new InputError("policy", "accept or drop", policy);
    await this.#nft.add(
      { table: { family: "inet", name: TABLE } },
      { chain: { ...chainOf(hook), table: TABLE, policy } },
    );
    if (policy === "accept") await removeEmpty(this.#nft, "inet");
  }

  /** Takes away the rule that was made with the same words; whether it was there. */
  async delete(
    verdict: "accept" | "drop" | "reject",
    hook: FirewallHook,
    packet: PacketMatch = {},
  ): Promise<boolean> {
    const last = { accept: { accept: null }, drop: { drop: null }, reject: rejected }[verdict] as
      | Statement
      | undefined;
    if (!last) throw new InputError("verdict", "accept, drop or reject", verdict);
    return removeRule(this.#nft, chainOf(hook), [...matches(packet), last]);
  }

  /** The rules of this table, as `nft -j` prints them. */
  async list(): Promise<NftRule[]> {
    return ownRules(this.#nft, "inet");
  }
}

const rejected: Statement = { reject: { type: "icmpx", expr: "port-unreachable" } };

function chainOf(hook: FirewallHook): OwnChain {
  if (!hooks.includes(hook)) throw new InputError("hook", `one of ${hooks.join(", ")}`, hook);
  return { family: "inet", name: hook, type: "filter", hook, prio: 0 };
}
