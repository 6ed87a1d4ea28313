import type { Captured } from "../decode/capture/captured.ts";
import { Conversation } from "../decode/conversation.ts";
import { Families } from "../decode/families.ts";
import { type OutputName, type OutputOptions, outputs, unfinished } from "../decode/output/index.ts";
import { selector } from "../decode/select.ts";
import type { Told } from "../decode/told.ts";
import { NETLINK_GENERIC } from "../netlink/constants.ts";
import { NetlinkError } from "../netlink/errors.ts";
import { Failure, type Io } from "./io.ts";
import type { MeaningFlags, OutputFlags, SelectFlags } from "./options.ts";
import type { Printer } from "./printer.ts";
import { styleFor } from "./style.ts";

export type DisplayFlags = OutputFlags & SelectFlags & MeaningFlags;

/** Captured datagrams in, text out. */
export class Display {
  readonly printer: Printer;
  readonly #io: Io;
  readonly #conversation: Conversation;
  readonly #protocol: number | undefined;
  readonly #name: OutputName;
  readonly #options: OutputOptions;
  readonly #select: (told: Told) => readonly Told[];
  /** Datagrams that were taken for what they teach. */
  #unseen = 0;
  #problems = 0;
  #asked = false;

  constructor(printer: Printer, flags: DisplayFlags, io: Io) {
    const { protocol, verify, bytes, exact } = flags;
    const { stream } = printer;
    this.printer = printer;
    this.#io = io;
    this.#conversation = new Conversation({ families: namedFamilies(flags.family), verify, protocol });
    this.#protocol = protocol;
    this.#name = flags.output ?? (stream.isTTY ? "tree" : "line");
    this.#options = { style: styleFor(stream, flags.color, io.env), bytes, exact };
    this.#select = selection(flags);
  }

  /** How many problems there were in what was shown. */
  get problems(): number {
    return this.#problems;
  }

  /** Takes names from a datagram without showing it. */
  learn(captured: Captured): void {
    this.#conversation.take(captured);
    this.#unseen++;
  }

  /** Explains a datagram. What it says is not written until the printer is flushed, or full. */
  async take(captured: Captured): Promise<void> {
    await this.#nameFamilies(captured);
    const all = this.#conversation.take(captured);
    for (const told of this.#select(this.#renumbered(all))) {
      this.#problems += told.problems.length;
      for (const { problems } of told.messages) this.#problems += problems.length;
      await this.#print(outputs[this.#name](told, this.#options));
    }
  }

  /** Without those that were not to be seen. */
  #renumbered(told: Told): Told {
    return this.#unseen === 0 ? told : { ...told, index: told.index - this.#unseen };
  }

  /** Tells what is missing, and writes what was not written yet. */
  async finish(): Promise<void> {
    for (const entry of this.#conversation.finish()) {
      this.#problems++;
      await this.#print(unfinished(entry, this.#name, this.#options));
    }
    await this.printer.finish();
  }

  async #print(text: string): Promise<void> {
    if (text === "") return;
    await this.printer.add(this.#name === "tree" ? `${text}\n\n` : `${text}\n`);
  }

  /** A family that the capture has not told of may have the number it has here. */
  async #nameFamilies(captured: Captured): Promise<void> {
    if (this.#asked || (captured.protocol ?? this.#protocol) !== NETLINK_GENERIC) return;
    const { families } = this.#conversation;
    families.learn(captured, NETLINK_GENERIC);
    if (families.unnamed.length === 0) return;
    this.#asked = true;
    const missing = families.unnamed;
    try {
      await (await import("./live/families.ts")).learnFamilies(families);
    } catch (error) {
      // Without a kernel to ask, they stay numbers.
      if (!(error instanceof NetlinkError)) throw error;
    }
    const found = missing.filter((id) => families.names.has(id));
    if (found.length === 0) return;
    const names = found.map((id) => `${id}=${families.names.get(id)}`).join(" ");
    this.#io.stderr.write(
      `nlkit: families that the input does not name are called as in this kernel: --family ${names}\n`,
    );
  }
}

/** `31=ethtool` of `--family`. */
export function namedFamilies(words: readonly string[] = []): Families {
  const families = new Families();
  for (const word of words) {
    if (!word.includes("=")) continue;
    const [, id, name] = /^(\d+|0x[\da-f]+)=(\S+)$/i.exec(word) ?? [];
    if (id === undefined || Number(id) > 0xffff) {
      throw new Failure(`--family ${word}: expected ID=NAME, as 31=ethtool`);
    }
    families.add(Number(id), name!);
  }
  return families;
}

/** What is to be shown of what is told. */
export function selection(flags: SelectFlags): (told: Told) => readonly Told[] {
  const { type, family, direction, pid, errors } = flags;
  const families = family?.filter((word) => !word.includes("="));
  return selector({ types: type, families, interfaces: flags.interface, direction, pids: pid, errors });
}
