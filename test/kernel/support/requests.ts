/** What the library asks for beside what iproute2 asks for, and why they differ where they do. */
import { expect } from "vitest";
import { NetnsObjects } from "../../../src/api/netns/objects.ts";
import { Session } from "../../../src/api/session.ts";
import type { FieldDifference } from "../../../src/decode/diff.ts";
import { formatFieldDifferences } from "../../../src/decode/output/diff.ts";
import type { Requester } from "../../../src/netlink/batch.ts";
import type { Request } from "../../../src/netlink/request.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { differences, fieldsOf } from "../../../src/testing/fields.ts";
import type { Stage } from "./observer.ts";
import { changesSentBy, type Sent, sent } from "./strace.ts";

/** Why requests differ: what iproute2 sends is `a` of a difference, what the library sends `b`. */
export interface Reason {
  readonly kind: FieldDifference["kind"] | readonly FieldDifference["kind"][];
  /** Of the field; all of it. */
  readonly path: RegExp;
  /** Of messages of this type alone. */
  readonly type?: RegExp;
  /** Whether the values are all there is to it. */
  readonly only?: (difference: FieldDifference) => boolean;
  readonly why: string;
}

/** A command, and the same in the library's words. */
export type RequestCase = readonly [command: string, ours: (ns: NetnsObjects) => Promise<unknown>];

/** Runs commands of iproute2 and the library's side by side. */
export class Comparison {
  readonly #stage: Stage;
  readonly #reasons: readonly Reason[];
  readonly #used = new Set<Reason>();

  constructor(stage: Stage, reasons: readonly Reason[]) {
    this.#stage = stage;
    this.#reasons = reasons;
  }

  /** What the library's verbs send; nothing of it reaches the kernel. */
  async #asked(ours: RequestCase[1]): Promise<Sent[]> {
    const messages: Sent[] = [];
    const finder = new Session(this.#stage.ns.client, "test");
    const client = {
      request(request: Request<unknown>) {
        messages.push(sent(request));
        return Promise.resolve(undefined);
      },
    } as unknown as Requester;
    const session = new Session(client, "test");
    session.indexOf = (dev, field) => finder.indexOf(dev, field);
    session.link = (dev, field) => finder.link(dev, field);
    await ours(new NetnsObjects(session));
    return messages;
  }

  /** What both ask for; the command is carried out. */
  async both(command: string, ours: RequestCase[1]): Promise<{ asked: Sent[]; theirs: Sent[] }> {
    const asked = await this.#asked(ours);
    const [program, ...args] = command.split(" ");
    return { asked, theirs: changesSentBy(program!, ["-n", this.#stage.name, ...args]) };
  }

  /** Fails with the differences that no reason explains. */
  async run(command: string, ours: RequestCase[1]): Promise<void> {
    const { asked, theirs } = await this.both(command, ours);
    expect(asked.map(({ type }) => type)).toEqual(theirs.map(({ type }) => type));
    const options = { protocol: rtnetlink, direction: "sent" } as const;
    const unexplained = theirs.flatMap(({ type, bytes }, index) =>
      differences(fieldsOf(bytes, options), fieldsOf(asked[index]!.bytes, options)).filter(
        (difference) => !this.#explains(type, difference),
      ),
    );
    expect(formatFieldDifferences(unexplained)).toEqual([]);
  }

  #explains(type: string, difference: FieldDifference): boolean {
    const reason = this.#reasons.find(
      (one) =>
        [one.kind].flat().includes(difference.kind) &&
        one.path.test(difference.path) &&
        (one.type?.test(type) ?? true) &&
        (one.only?.(difference) ?? true),
    );
    if (reason) this.#used.add(reason);
    return reason !== undefined;
  }

  /** Reasons that nothing needed. */
  get unused(): string[] {
    return this.#reasons.filter((reason) => !this.#used.has(reason)).map(({ why }) => why);
  }
}
