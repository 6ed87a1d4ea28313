import { readCapture } from "../decode/capture/read.ts";
import { Conversation } from "../decode/conversation.ts";
import { diff as differences } from "../decode/diff.ts";
import { formatDiff } from "../decode/output/diff.ts";
import type { Told } from "../decode/told.ts";
import { bytesOf, type DecodeFlags } from "./decode.ts";
import { namedFamilies, selection } from "./display.ts";
import { Failure, type Io } from "./io.ts";
import { Printer } from "./printer.ts";
import { styleFor } from "./style.ts";

export interface DiffFlags extends DecodeFlags {
  readonly ignore?: readonly string[];
}

/** What is compared is kept in memory. */
const MOST = 50_000;

/** `nlkit diff`: 1 where they differ. */
export async function diff(a: string, b: string, flags: DiffFlags, io: Io): Promise<number> {
  if (a === "-" && b === "-") throw new Failure("diff: only one of the two can be standard input");
  const { ignore } = flags;
  const found = differences(await toldOf(a, flags, io), await toldOf(b, flags, io), { ignore });
  if (found.length === 0) return 0;
  const printer = new Printer(io.stdout);
  await printer.add(`${formatDiff(found, { style: styleFor(io.stdout, flags.color, io.env) })}\n`);
  await printer.finish();
  return 1;
}

async function toldOf(file: string, flags: DiffFlags, io: Io): Promise<Told[]> {
  const { format, protocol } = flags;
  const conversation = new Conversation({ families: namedFamilies(flags.family), protocol });
  const select = selection(flags);
  const all: Told[] = [];
  let messages = 0;
  for await (const captured of readCapture(bytesOf(file, io), { format, protocol })) {
    for (const told of select(conversation.take(captured))) {
      // What cannot be read cannot be equal, either.
      for (const { text } of told.problems)
        io.stderr.write(`nlkit: ${file}: datagram ${told.index}: ${text}\n`);
      all.push(told);
      messages += told.messages.length;
    }
    if (messages > MOST) {
      throw new Failure(`diff: ${file} has more than ${MOST} messages: choose with --type, --interface …`);
    }
  }
  return all;
}
