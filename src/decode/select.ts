/** Which messages of a conversation to show. */
import type { ExplainedMessage } from "./explain.ts";
import { interfaceIndex, interfaceName } from "./interface-index.ts";
import type { Told, ToldMessage } from "./told.ts";
import { walk } from "./walk.ts";

/** What a message has to be; where several are given, all of it, and one of each list. */
export interface SelectOptions {
  /**
   * Constants of message types: `RTM_NEWLINK`, `newlink`, `new*`, `error`, `newlink,dellink`; commands of generic netlink,
   * `getfamily`; numbers. Acknowledgements and errors are of the type that they answer, too.
   */
  readonly types?: readonly string[] | undefined;
  /** Protocols, and families of generic netlink: `route`, `NETLINK_SOCK_DIAG`, `sock-diag`, `ethtool`. */
  readonly families?: readonly string[] | undefined;
  /** Names, also those that only the rest of the capture tells, or indexes; answers are about what was asked. */
  readonly interfaces?: readonly string[] | undefined;
  readonly direction?: "sent" | "received" | undefined;
  readonly pids?: readonly number[] | undefined;
  /** Errors alone, each behind its request; and system calls that failed. */
  readonly errors?: boolean | undefined;
}

type Test<T> = (value: T, told: Told) => boolean;

/** @returns what is to be shown for each datagram: nothing, some of its messages, or a request and the error it met. */
export function selector(options: SelectOptions): (told: Told) => readonly Told[] {
  const { direction, pids, errors = false } = options;
  const tests: Test<ToldMessage>[] = [];
  const types = split(options.types).map(typeTest);
  const families = split(options.families).map(familyTest);
  const interfaces = split(options.interfaces).map(interfaceTest);
  if (types.length > 0) tests.push((entry) => types.some((test) => test(entry)));
  if (families.length > 0)
    tests.push(({ message: { constant } }, told) => families.some((test) => test(told, constant)));
  if (interfaces.length > 0) tests.push((entry, told) => interfaces.some((test) => test(entry, told)));
  if (direction !== undefined) tests.push(({ message }) => message.direction === direction);
  if (errors) tests.push(({ message: { answer } }) => answer?.code !== undefined);

  /** A datagram without messages: a system call that failed, or bytes that are none. */
  const isShown = (told: Told): boolean =>
    types.length === 0 &&
    interfaces.length === 0 &&
    (families.length === 0 || families.some((test) => test(told, undefined))) &&
    (direction === undefined || told.captured.direction === direction) &&
    (!errors || told.problems.length > 0);

  return (told) => {
    const { pid } = told.captured;
    if (pids && (pid === undefined || !pids.includes(pid))) return [];
    if (told.messages.length === 0) return isShown(told) ? [told] : [];
    const messages = told.messages.filter((entry) => tests.every((test) => test(entry, told)));
    if (messages.length === 0) return [];
    const shown = messages.length === told.messages.length ? told : { ...told, messages };
    if (!errors) return [shown];
    return [...messages.flatMap(({ request }) => (request ? [request.tell()] : [])), shown];
  };
}

const split = (words: readonly string[] = []): string[] =>
  words.flatMap((word) => word.split(",")).filter((word) => word !== "");

function pattern(word: string): RegExp {
  const text = word
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  // The kernel's prefixes may be left out.
  return new RegExp(`^(?:.*_)?${text}$`, "i");
}

function typeTest(word: string): (entry: ToldMessage) => boolean {
  const shape = pattern(word);
  const number = /^\d+$/.test(word) ? Number(word) : undefined;
  return ({ message, request }) => {
    if (namesOf(message).some((name) => shape.test(name)) || message.type === number) return true;
    if (!message.answer) return false;
    const type = request?.constant ?? message.answer.requestType;
    return typeof type === "string"
      ? shape.test(type)
      : (type ?? request?.type) === number && number !== undefined;
  };
}

/** Type, and the command of generic netlink. */
function namesOf({ constant, parts }: ExplainedMessage): string[] {
  const names = constant === undefined ? [] : [constant];
  const command = parts[0]?.name === "genlCmd" ? parts[0] : undefined;
  if (typeof command?.value === "string") names.push(command.value);
  if (command?.text !== undefined) names.push(command.text);
  return names;
}

/** The family that knows the others has a constant, not only a name. */
const familyName = (constant: string): string => (constant === "GENL_ID_CTRL" ? "nlctrl" : constant);

function familyTest(word: string): (told: Told, constant: string | undefined) => boolean {
  const plain = (name: string): string =>
    name
      .toLowerCase()
      .replaceAll("_", "-")
      .replace(/^netlink-/, "");
  const wanted = plain(word);
  return ({ protocol }, constant) =>
    plain(protocol.constant) === wanted || (constant !== undefined && plain(familyName(constant)) === wanted);
}

function interfaceTest(word: string): Test<ToldMessage> {
  const number = /^\d+$/.test(word) ? Number(word) : undefined;
  const mentions = ({ parts }: ExplainedMessage, told: Told): boolean => {
    for (const { part } of walk(parts)) {
      const index = interfaceIndex(part);
      if (index !== undefined && (index === number || told.nameOf(index) === word)) return true;
      if (interfaceName(part) === word) return true;
    }
    return false;
  };
  return ({ message, request }, told) => {
    if (!message.answer || !request) return mentions(message, told);
    const asked = request.tell();
    return asked.messages.some((entry) => mentions(entry.message, asked));
  };
}
