/** What the library asks for is what tc asks for with the same words: both requests decoded and compared. */
import { spawnSync } from "node:child_process";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { TcActions } from "../../../src/api/action/action.ts";
import { type TcClassAdd, TcClasses } from "../../../src/api/class/class.ts";
import { type TcFilterAdd, TcFilters } from "../../../src/api/filter/filter.ts";
import { Qdiscs } from "../../../src/api/qdisc/qdisc.ts";
import { Session } from "../../../src/api/session.ts";
import type { Requester } from "../../../src/netlink/batch.ts";
import type { Request } from "../../../src/netlink/request.ts";
import { missing } from "../../support/programs.ts";
import { full, onlyFull } from "../support/full.ts";
import { type Asked, asked, changesOf, type Difference, differences } from "../support/strace.ts";
import { actions, classes, filters, qdiscs } from "./tc-cases.ts";
import { argumentsOf, tcStage } from "./tc-stage.ts";

interface Reason {
  readonly path: RegExp;
  /** Of the values: whether this is all there is to it. */
  readonly only?: (difference: Difference) => boolean;
  readonly why: string;
}

/** A microsecond in ticks of 64 ns, and one by which ours are rounded up. */
const MICROSECOND = 17;

const near = ({ theirs, ours }: Difference) => Math.abs(Number(theirs) - Number(ours)) <= MICROSECOND;
const byOne = ({ theirs, ours }: Difference) => Math.abs(Number(theirs) - Number(ours)) === 1;
const zero = ({ theirs, ours }: Difference) => ours === undefined && Number(theirs) === 0;
const allOnes = ({ theirs, ours }: Difference) =>
  ours === undefined && [0xff, 0xffff, 0xffffffff].includes(theirs as number);

const reasons: readonly Reason[] = [
  { path: /(rtab|ptab|ctab|\.rate|\.peakrate)\.\d+$/, only: near, why: "tc 6.1 counts costs in whole µs" },
  { path: /parms\.(buffer|cbuffer|mtu)$|tbf\.burst$/, only: near, why: "tc 6.1 counts bursts in whole µs" },
  { path: /^options\.parms\.buffer$/, why: "the kernel goes by `burst`, which is the same" },
  { path: /^options\.autorate$/, only: zero, why: "off is the kernel's default" },
  { path: /^options\.(latency|jitter)(64)?$/, why: "only the attributes of 64 bits are exact" },
  { path: /^options\.trailing$/, why: "tc puts an empty attribute behind the struct of prio" },
  { path: /maxP(\.\d+)?$|p32$/, only: byOne, why: "fractions are rounded to the nearest, by tc down" },
  { path: /^options\.flags$/, only: ({ theirs }) => Array.isArray(theirs), why: "flower: no flags" },
  { path: /^options\.(parms\.flags\.0|flags)$/, why: "red: old kernels know the flags of the struct alone" },
  { path: /Mask$/, only: allOnes, why: "the kernel takes all bits where there is no mask" },
  { path: /Opts(Mask)?\.erspan\.(dir|hwid|index)$/, why: "of the other version of ERSPAN" },
  { path: /noCsum$/, only: ({ theirs }) => theirs === false, why: "a checksum is the kernel's default" },
  { path: /hwStats\.selector$/, why: "the kernel goes by the value" },
  { path: /options\.(data|unknown)$/, why: "simple: tc 6.1 sends 32 bytes, of which the text is the first" },
  { path: /parms\.flags$/, why: "skbmod: the kernel sets the bits of what is given itself" },
];

const skipped = full ? missing("strace") : onlyFull;

describe.skipIf(skipped !== "")(`requests of tc${skipped}`, () => {
  const it = tcStage("tcrequests");
  const sent: Asked[] = [];
  const used = new Set<Reason>();
  let session: Session;

  beforeAll(() => {
    // Finds links, and keeps what it is asked to send.
    const client = {
      request(request: Request<unknown>) {
        sent.push(asked(request));
        return Promise.resolve(undefined);
      },
    } as unknown as Requester;
    session = new Session(client, "test");
    session.indexOf = async (dev) => (await it.ns.link.get(dev)).ifindex;
  });

  afterEach(() => {
    for (const where of ["root", "clsact"]) it.tryTc(`qdisc del dev d0 ${where}`);
  });

  async function compare(command: string, ours: () => Promise<void>): Promise<void> {
    sent.length = 0;
    await ours();
    const theirs = changesOf("tc", ["-n", it.name, ...argumentsOf(command)]);
    expect(sent.map(({ type }) => type)).toEqual(theirs.map(({ type }) => type));
    const unexplained = differences(theirs[0]?.value, sent[0]?.value).filter((difference) => {
      const reason = reasons.find(
        ({ path, only }) => path.test(difference.path) && (only?.(difference) ?? true),
      );
      if (reason) used.add(reason);
      return !reason;
    });
    expect(unexplained).toEqual([]);
  }

  test.each(qdiscs)("qdisc $make", async ({ make, reads: _reads, differs: _differs, ...qdisc }) => {
    await compare(`qdisc add dev d0 root handle 1: ${make}`, () =>
      new Qdiscs(session).add("d0", { handle: "1:", ...qdisc }),
    );
  });

  test.each(classes)("class $make", async ({ below, make, reads: _reads, differs: _differs, ...tcClass }) => {
    it.tc(`qdisc add dev d0 root handle 1: ${below}`);
    await compare(`class add dev d0 parent 1: classid 1:1 ${make}`, () =>
      new TcClasses(session).add("d0", { classid: "1:1", ...tcClass } as TcClassAdd),
    );
  });

  test.each(filters)("filter $make", async ({ make, reads: _reads, differs: _differs, ...filter }) => {
    it.tc("qdisc add dev d0 clsact");
    await compare(`filter add dev d0 ingress protocol ${filter.protocol} prio 5 ${make}`, () =>
      new TcFilters(session).add("d0", { parent: "ingress", pref: 5, ...filter } as TcFilterAdd),
    );
  });

  test.each(actions)("action $make", async ({ make, action }) => {
    spawnSync("tc", ["-n", it.name, "actions", "flush", "action", action.kind]);
    await compare(`actions add action ${make}`, () => new TcActions(session).add(action));
  });

  test("every reason for a difference is needed", () => {
    expect(reasons.filter((reason) => !used.has(reason)).map(({ why }) => why)).toEqual([]);
  });
});
