import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { delRule, listRules, newRule, type Rule as RtnlRule } from "../../rtnl/rule/index.ts";
import { refuseEmpty, refuseOthers } from "../filter.ts";
import { flushAll } from "../flush.ts";
import { type Advice, asking } from "../refusal.ts";
import type { Session } from "../session.ts";
import { type Rule, readRule } from "./read.ts";
import {
  familiesOf,
  type RuleSelector,
  type RuleSettings,
  rulePaths,
  ruleTest,
  selectorWords,
  writeRule,
} from "./write.ts";

/** Rules that choose the routing table, in one namespace, with the verbs of ip-rule(8). */
export class Rules {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Adds a rule; without an action it looks into `table`, by default `main`.
   *
   * @throws KernelError `EEXIST` there is one like it.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.rule.add({ from: "10.0.0.0/8", table: 100 });
   * await ns.rule.add({ fwmark: "0x10/0xff", action: "blackhole", priority: 50 });
   */
  async add(rule: RuleSettings, options?: RequestOptions): Promise<void> {
    await asking(
      rule,
      rulePaths,
      async () => void (await this.#session.client.request(newRule(writeRule(rule, true)), options)),
      advice,
    );
  }

  /**
   * Deletes the first rule that has all that is given.
   *
   * @throws KernelError `ENOENT` there is none.
   * @throws InputError nothing is given.
   */
  async delete(rule: RuleSettings, options?: RequestOptions): Promise<void> {
    await asking(
      rule,
      rulePaths,
      async () => {
        refuseEmpty(rule, selectorWords);
        await this.#session.client.request(delRule(writeRule(rule, false)), options);
      },
      advice,
    );
  }

  /** The rules, or those that have all that is given; of IPv4 first, in the order they are asked in. */
  async list(filter: RuleSelector = {}, options?: RequestOptions): Promise<Rule[]> {
    return asking(filter, rulePaths, async () => (await this.#find(filter, options)).map(readRule));
  }

  /**
   * Deletes the rules that have all that is given, except those of priority 0.
   *
   * @throws InputError an empty filter.
   */
  async flush(filter: RuleSelector, options?: RequestOptions): Promise<void> {
    await asking(filter, rulePaths, async () => {
      refuseEmpty(filter, selectorWords);
      const find = async () =>
        (await this.#find(filter, options)).filter((rule) => (rule.priority ?? 0) !== 0);
      await flushAll(this.#session.client, find, deletion, "ENOENT", options);
    });
  }

  async #find(filter: RuleSelector, options: RequestOptions | undefined): Promise<RtnlRule[]> {
    const { ...others } = filter;
    for (const word of selectorWords) delete others[word];
    refuseOthers(others, selectorWords);
    const test = ruleTest(filter);
    const found: RtnlRule[] = [];
    for (const frhFamily of familiesOf(filter)) {
      found.push(...(await this.#session.client.list(listRules({ frhFamily }), options)));
    }
    // Another family's rules come where the kernel has none of this one's.
    const families: readonly unknown[] = familiesOf(filter);
    return found.filter((rule) => families.includes(rule.frhFamily) && test(rule));
  }
}

/** A rule is deleted by all that it is. */
function deletion(rule: RtnlRule): ReturnType<typeof delRule> {
  const { frhFlags, protocol, ...same } = rule;
  return delRule({ ...same, frhFlags: frhFlags.filter((flag) => flag === "invert"), protocol });
}

function advice(error: KernelError): Advice | undefined {
  if (error.code === "EEXIST") return { hint: "there is a rule like it" };
  if (error.code === "ENOENT") return { hint: "no rule has all of this" };
  return undefined;
}
