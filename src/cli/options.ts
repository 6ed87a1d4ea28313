/** Options that several commands have. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { captureFormats } from "../decode/capture/captured.ts";
import type { OutputName } from "../decode/output/index.ts";
import * as c from "../netlink/constants.ts";
import { type When, whens } from "./style.ts";

/** Those of nlkit/decode, which is not loaded for it. */
const outputNames = ["tree", "line", "json", "hex", "typescript"] as const satisfies readonly OutputName[];

/** How things are shown. */
export interface OutputFlags {
  readonly output?: OutputName;
  readonly bytes?: boolean;
  readonly exact?: boolean;
  readonly color: When;
}

/** What is shown. */
export interface SelectFlags {
  readonly type?: readonly string[];
  readonly family?: readonly string[];
  readonly interface?: readonly string[];
  readonly direction?: "sent" | "received";
  readonly pid?: readonly number[];
  readonly errors?: boolean;
}

/** What the input does not say. */
export interface MeaningFlags {
  readonly protocol?: number;
  readonly family?: readonly string[];
  readonly verify?: boolean;
}

/** Of commands that read files. */
export function inputOptions(command: Command): Command {
  return command
    .addOption(
      new Option("-f, --format <format>", "the input's; else it is found out").choices(captureFormats),
    )
    .option(
      "-p, --protocol <protocol>",
      "where the input does not say: route, generic, netfilter, sock-diag, xfrm, 16",
      parseProtocol,
    );
}

/** Of commands that go on for ever. */
export function limitOptions(command: Command): Command {
  return command
    .option("--count <number>", "end after so many datagrams", parseCount)
    .option("--duration <time>", "end after this time: 10, 1.5s, 2m", parseDuration);
}

export function outputOptions(command: Command): Command {
  return colorOption(command)
    .addOption(
      new Option(
        "--output <form>",
        "tree: a field a line; line: a message a line; json: JSON Lines; hex: bytes; typescript: the calls that send them (default: tree on a terminal, else line)",
      ).choices(outputNames),
    )
    .option("--bytes", "with tree: the bytes beside each field")
    .option("--exact", "with typescript: the very bytes, not only what they mean");
}

export function colorOption(command: Command): Command {
  return command.addOption(new Option("--color <when>", "colours").choices(whens).default("auto"));
}

export function selectOptions(command: Command): Command {
  return command
    .option(
      "-t, --type <type>",
      "only messages of this type: RTM_NEWLINK, RTM_*ROUTE, 16 (repeatable)",
      gather,
    )
    .option("-i, --interface <name>", "only messages about this interface, or index (repeatable)", gather)
    .addOption(
      new Option("--direction <direction>", "only what was sent, or received").choices(["sent", "received"]),
    )
    .option("--pid <pid>", "only this process (repeatable)", gatherIntegers)
    .option("--errors", "only errors, each behind its request");
}

/** Names families, and selects. */
export function familyOption(command: Command): Command {
  return command.option(
    "--family <family>",
    "ID=NAME names a generic netlink family (31=ethtool); NAME alone: only this protocol or family (repeatable)",
    gather,
  );
}

export function verifyOption(command: Command): Command {
  return command.option("--verify", "encode every message again and report the first byte that differs");
}

const protocols: Readonly<Record<string, number>> = {
  route: c.NETLINK_ROUTE,
  generic: c.NETLINK_GENERIC,
  netfilter: c.NETLINK_NETFILTER,
  "sock-diag": c.NETLINK_SOCK_DIAG,
  xfrm: c.NETLINK_XFRM,
  audit: c.NETLINK_AUDIT,
  connector: c.NETLINK_CONNECTOR,
  uevent: c.NETLINK_KOBJECT_UEVENT,
};

/** `route`, `NETLINK_ROUTE`, `0` */
function parseProtocol(text: string): number {
  const name = text
    .toLowerCase()
    .replace(/^netlink_/, "")
    .replaceAll("_", "-");
  const number = protocols[name] ?? (/^\d+$/.test(text) ? Number(text) : undefined);
  if (number !== undefined && number < 256) return number;
  throw new InvalidArgumentError(`It is one of ${Object.keys(protocols).join(", ")}, or a number.`);
}

function parseInteger(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("It is a whole number.");
}

function parseCount(text: string): number {
  const number = parseInteger(text);
  if (number > 0) return number;
  throw new InvalidArgumentError("It is at least 1.");
}

/** What a timer takes, in milliseconds: 2³¹ and more would end at once. */
const LONGEST = 2 ** 31 - 1;

/** `90`, `1.5s`, `2m`, `500ms`: in milliseconds. */
function parseDuration(text: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  if (!found) throw new InvalidArgumentError("It is a time: 10, 1.5s, 500ms, 2m.");
  const time = Number(found[1]) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[found[2] ?? "s"]!;
  if (time > LONGEST) throw new InvalidArgumentError("It is at most 596h.");
  return time;
}

export function gather(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

export function gatherIntegers(text: string, before: readonly number[] = []): number[] {
  return [...before, parseInteger(text)];
}
