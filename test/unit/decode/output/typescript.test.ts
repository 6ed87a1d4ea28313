/** The program that an output gives compiles, and sends the bytes it was made from. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { typescript } from "../../../../src/decode/output/typescript.ts";
import * as genl from "../../../../src/genl/index.ts";
import { encodePayload } from "../../../../src/netlink/codec/message.ts";
import type { MessageType } from "../../../../src/netlink/codec/protocol.ts";
import * as netlink from "../../../../src/netlink/index.ts";
import * as nfnetlink from "../../../../src/nfnetlink/index.ts";
import * as nft from "../../../../src/nft/index.ts";
import * as rtnl from "../../../../src/rtnl/index.ts";
import * as sockdiag from "../../../../src/sockdiag/index.ts";
import * as xfrm from "../../../../src/xfrm/index.ts";
import { arbitraryMessage } from "../../../support/arbitrary.ts";
import { FakeChannel, type Sent } from "../../../support/fake-channel.ts";
import { bytes, hex, text, wire, zeros } from "../../../support/wire.ts";
import { ack, addressDump, captured, loAddress, tell, vxlanRequest } from "../datagrams.ts";

const order = netlink.hostByteOrder;
const { message, attr, u32 } = wire(order);
const modules: Record<string, object> = {
  "nlkit/netlink": netlink,
  "nlkit/rtnl": rtnl,
  "nlkit/genl": genl,
  "nlkit/nft": nft,
  "nlkit/nfnetlink": nfnetlink,
  "nlkit/sockdiag": sockdiag,
  "nlkit/xfrm": xfrm,
};
const ACK = 4;
const DUMP = 0x300;

/** Runs a program on a kernel that answers everything with an acknowledgement, and returns what it sent. */
async function run(program: string): Promise<Sent[]> {
  const channels: FakeChannel[] = [];
  const scope: Record<string, unknown> = {};
  const body = program.replace(/^import \{ (.*) \} from "(.*)";$/gm, (_, names: string, from: string) => {
    for (const name of names.split(", ")) {
      expect(modules[from], from).toHaveProperty(name);
      scope[name] = modules[from]![name as never];
    }
    return "";
  });
  scope.Client = class extends netlink.Client {
    constructor(options: netlink.ClientOptions) {
      const open = (channel: netlink.ChannelOptions) => {
        const fake = new FakeChannel(channel, ({ sequence, flags, bytes: request }) => [
          (flags & DUMP) === DUMP
            ? message({ type: 3, flags: 2, sequence }, u32(0))
            : message({ type: 2, flags: 0x100, sequence }, u32(0), request.slice(0, 16)),
        ]);
        channels.push(fake);
        return fake;
      };
      super({ ...options, open });
    }
  };
  const { outputText } = ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await new AsyncFunction(...Object.keys(scope), outputText)(...Object.values(scope));
  return channels.flatMap(({ sent }) => sent);
}

const hexOf = (data: Uint8Array) => Buffer.from(data).toString("hex");
/** Without sequence number and port id. */
const content = (data: Uint8Array) => hexOf(bytes(data.slice(0, 8), data.slice(16)));

const types: [string, MessageType<unknown>][] = [
  ...[...rtnl.rtnetlink.types.values()].filter((type) => !rtnl.rtnetlink.requests.has(type.type)),
  ...rtnl.rtnetlink.requests.values(),
].map((type) => [type.constant, type]);

describe("any request, as this library writes it", () => {
  test.each(types)("%s", async (constant, type) => {
    const isGet = constant.startsWith("RTM_GET");
    const flags = isGet ? fc.constantFrom(1, 5, 0x301, 0x305) : fc.constantFrom(5, 0x605, 0x105, 0x905);
    await fc.assert(
      fc.asyncProperty(arbitraryMessage(type.message), flags, async (value, flags) => {
        const request = message(
          { type: type.type, flags, sequence: 9 },
          encodePayload(type.message, value, order),
        );
        const program = typescript(tell(captured(request, { direction: "sent" })));
        expect(program).not.toContain("written otherwise");
        expect((await run(program)).map(({ bytes }) => content(bytes))).toEqual([content(request)]);
      }),
      { numRuns: 4 },
    );
  });
});

/** As ip(8) writes it: the kind without a NUL, nests without NLA_F_NESTED. */
const veth = message(
  { type: 16, flags: 0x605 },
  zeros(16),
  attr(3, text("veth0\0")),
  attr(18, attr(1, text("veth")), attr(2, attr(1, zeros(16), attr(3, text("veth1\0"))))),
);

describe("what other programs write otherwise", () => {
  test("the meaning by itself, and a remark", async () => {
    const program = typescript(tell(veth));
    expect(program).toBe(
      `
import { change, Client, NLM_F_CREATE, NLM_F_EXCL } from "nlkit/netlink";
import { RTM_NEWLINK_TYPE, rtnetlink } from "nlkit/rtnl";

await using client = new Client({ protocol: rtnetlink });
// linkinfo, byte 44, is written otherwise in the capture
await client.request(change(RTM_NEWLINK_TYPE, {
  ifname: "veth0",
  linkinfo: { kind: "veth", data: { peer: { ifname: "veth1" } } },
}, NLM_F_EXCL | NLM_F_CREATE));`.trimStart(),
    );
    const [sent] = await run(program);
    const said = tell(captured(sent!.bytes, { direction: "sent" })).messages[0]!.message;
    expect(said).toMatchObject({ constant: "RTM_NEWLINK", flags: 0x605, problems: [] });
  });

  test("the very bytes", async () => {
    const program = typescript(tell(veth), { exact: true });
    expect(program).toContain("// what it says: {");
    expect((await run(program)).map(({ bytes }) => content(bytes))).toEqual([content(veth)]);
  });

  test("no acknowledgement", async () => {
    const quiet = message({ type: 17, flags: 1 }, zeros(4), u32(7), zeros(8));
    const program = typescript(tell(quiet));
    expect(program).toContain("// the capture's asks for no acknowledgement\n");
    expect(content((await run(program))[0]!.bytes)).toBe(
      content(message({ type: 17, flags: 1 | ACK }, quiet.slice(16))),
    );
  });
});

/** Undefined where fields do not go together: an address and its family. */
function encoded({ message }: MessageType<unknown>, value: object): Uint8Array | undefined {
  try {
    return encodePayload(message, value, order);
  } catch (error) {
    if (error instanceof netlink.InputError) return undefined;
    throw error;
  }
}

describe.each([nft.netfilter, sockdiag.sockDiag, xfrm.xfrm])("$constant", (protocol) => {
  const all = new Map([...protocol.types, ...protocol.requests]);
  test.each([...all.values()].map((type) => [type.constant, type] as const))("%s", async (constant, type) => {
    const isGet =
      constant.includes("_GET") || constant.startsWith("SOCK_DIAG") || constant.startsWith("TCPDIAG");
    const flags = isGet ? fc.constantFrom(1, 0x301) : fc.constantFrom(5, 0x405);
    await fc.assert(
      fc.asyncProperty(arbitraryMessage(type.message), flags, async (value, flags) => {
        const payload = encoded(type, value);
        fc.pre(payload !== undefined);
        const request = message({ type: type.type, flags, sequence: 9 }, payload!);
        const said = captured(request, { direction: "sent", protocol: protocol.number });
        const sent = await run(typescript(tell(said), { exact: true }));
        expect(sent.map(({ bytes }) => content(bytes))).toEqual([content(request)]);
      }),
      { numRuns: 2 },
    );
  });
});

test("several requests, and what is none", async () => {
  const get = message({ type: 18, flags: 1 }, zeros(4), u32(1), zeros(8));
  const program = typescript(tell(bytes(get, veth)), { exact: true });
  expect((await run(program)).map(({ bytes }) => content(bytes))).toEqual([content(get), content(veth)]);
  expect(program).toContain("client.pipeline");
  const quiet = message({ type: 17, flags: 1 }, zeros(4), u32(7), zeros(8));
  const row = bytes(quiet, veth, quiet);
  expect((await run(typescript(tell(row), { exact: true }))).map(({ bytes }) => content(bytes))).toEqual([
    content(quiet),
    content(veth),
    content(message({ type: 17, flags: 1 | ACK }, quiet.slice(16))),
  ]);
  expect(typescript(tell(bytes(veth, addressDump)))).not.toContain("pipeline");
  expect(typescript(tell(ack))).toMatch(/^\/\/ ← ack #/);
  expect(typescript(tell(message({ type: 999, flags: 1 }, zeros(4))))).toMatch(
    /^\/\/ → type 999 #0 payload=0x00000000/,
  );
});

test("generic netlink", async () => {
  const family = attr(2, text("ethtool\0"));
  const request = message({ type: 16, flags: 1 }, Uint8Array.of(3, 2, 0, 0), family);
  const other = message({ type: 31, flags: 5 }, Uint8Array.of(7, 1, 0, 0), attr(1, u32(5)));
  for (const one of [request, other]) {
    const program = typescript(tell(captured(one, { protocol: 16, direction: "sent" })));
    expect((await run(program)).map(({ bytes }) => content(bytes))).toEqual([content(one)]);
  }
});

test("the programs compile", () => {
  const route = message(
    { type: 24, flags: 0x605 },
    Uint8Array.of(2, 24, 0, 0, 254, 4, 0, 1, 0, 0, 0, 0),
    attr(1, [10, 0, 0, 0]),
    attr(9, hex(order === "little" ? "10000000030000000800050a000001" : "00100000000000030008000a00000100")),
    attr(77, [1, 2, 3]),
  );
  const neigh = message({ type: 30, flags: 0x301 }, Uint8Array.of(7, 0, 0, 0), zeros(8), attr(9, u32(3)));
  const mdb = message({ type: 84, flags: 5 }, zeros(4), u32(3));
  const programs = [vxlanRequest, veth, addressDump, route, neigh, mdb, bytes(veth, addressDump)].flatMap(
    (data) => [
      typescript(tell(captured(data, { direction: "sent" }))),
      typescript(tell(captured(data, { direction: "sent" })), { exact: true }),
    ],
  );
  const table = message({ type: 10 << 8, flags: 0x401 }, Uint8Array.of(1, 0, 0, 0), attr(1, text("t\0")));
  const begin = message({ type: 16, flags: 1 }, Uint8Array.of(0, 0, 0, 10));
  const batch = bytes(begin, table, message({ type: 17, flags: 1 }, Uint8Array.of(0, 0, 0, 10)));
  programs.push(typescript(tell(captured(batch, { direction: "sent", protocol: 12 }))));
  const policy = message({ type: 21, flags: 0x301 });
  programs.push(typescript(tell(captured(policy, { direction: "sent", protocol: 6 }))));
  expect(programs.at(-2)).toContain(
    'change(NFT_MSG_NEWTABLE_TYPE, { nfgenFamily: "inet", name: "t" }, NLM_F_CREATE)',
  );
  programs.push(typescript(tell(bytes(veth, vxlanRequest))));
  programs.push(typescript(tell(captured(loAddress, { direction: "sent" }))));
  const root = resolve(import.meta.dirname, "../../../..");
  const folder = mkdtempSync(join(root, "test/unit/decode/output/.programs-"));
  try {
    const files = programs.map((_, index) => join(folder, `${index}.ts`));
    files.forEach((file, index) => {
      writeFileSync(file, programs[index]!);
    });
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
    const program = ts.createProgram(files, options);
    const wrong = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
    expect(
      wrong.map(
        ({ file, messageText }) => `${file?.text}\n${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      ),
    ).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
