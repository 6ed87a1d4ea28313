/** The command line of `nlkit`. What a command needs is loaded when it runs. */
import { Command, CommanderError } from "commander";
import { NetlinkError } from "../netlink/errors.ts";
import type { CaptureFlags } from "./capture.ts";
import type { DecodeFlags } from "./decode.ts";
import type { DiffFlags } from "./diff.ts";
import { Failure, type Io, OutputClosed } from "./io.ts";
import type { MonitorFlags } from "./monitor.ts";
import { monitorHelp } from "./monitor-objects.ts";
import {
  colorOption,
  familyOption,
  gather,
  gatherIntegers,
  inputOptions,
  limitOptions,
  outputOptions,
  selectOptions,
  verifyOption,
} from "./options.ts";
import type { RecordFlags } from "./record.ts";
import type { TraceFlags } from "./trace.ts";

const FAILED = 2;

/**
 * Runs a command.
 *
 * @param args - those behind the program's name.
 * @returns the exit status: 0 all well, 1 problems found or a difference, 2 the command could not be done; of `trace`
 *   the traced command's own. Nothing is thrown.
 */
export async function main(args: readonly string[], io: Io, version: string): Promise<number> {
  let status = 0;
  const program = commands(io, version, (result) => {
    status = result;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    return failed(error, io);
  }
}

function failed(error: unknown, io: Io): number {
  // --help and --version end this way, too. Commander has said what is wrong.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAILED;
  if (error instanceof OutputClosed) return 0;
  if (error instanceof Failure) {
    io.stderr.write(`nlkit: ${error.message}\n`);
    return error.status;
  }
  const isKnown = error instanceof NetlinkError || (error instanceof Error && "syscall" in error);
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(isKnown ? `nlkit: ${message}\n` : `nlkit: a mistake in nlkit itself: ${message}\n`);
  if (io.env.NLKIT_DEBUG && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return FAILED;
}

type Done = (status: number) => void;

function commands(io: Io, version: string, done: Done): Command {
  const program = new Command("nlkit")
    .description("Says what netlink traffic means: of captures, of programs, of the kernel's notifications.")
    .version(version, "-V, --version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "nlkit: ")),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .enablePositionalOptions()
    .addHelpText("after", "\nExit status: 0 all well, 1 problems found, 2 it could not be done.");
  for (const add of [addDecode, addTrace, addMonitor, addCapture, addRecord, addDiff]) add(program, io, done);
  return program;
}

function addDecode(program: Command, io: Io, done: Done): void {
  const command = program
    .command("decode")
    .summary("explain a capture")
    .description(
      "Explains a capture: hex, binary, base64, strace's output, pcap, pcapng, a recorded fixture.",
    )
    .argument("[file]", "- or nothing for standard input", "-");
  having(command, inputOptions, outputOptions, familyOption, verifyOption, selectOptions).action(
    async (file: string, flags: DecodeFlags) => {
      done(await (await import("./decode.ts")).decode(file, flags, io));
    },
  );
}

function addTrace(program: Command, io: Io, done: Done): void {
  const command = program
    .command("trace")
    .summary("explain what a program exchanges with the kernel, as it happens")
    .description(
      "Runs a command, or attaches to a process, through strace and explains its netlink traffic: on standard error, or where --write says. The exit status is the command's.",
    )
    .usage("[options] [--] COMMAND [ARGUMENT…] | -p PID")
    .argument("[command...]", "what to run")
    .option("-p, --attach <pid>", "attach to this process, until it ends or ^C (repeatable)", gatherIntegers)
    .option("-w, --write <file>", "write the explanation there; - is standard output")
    .passThroughOptions();
  having(command, outputOptions, familyOption, verifyOption, selectOptions).action(
    async (words: string[], flags: TraceFlags) => {
      done(await (await import("./trace.ts")).trace(words, flags, io));
    },
  );
}

function addMonitor(program: Command, io: Io, done: Done): void {
  const command = program
    .command("monitor")
    .summary("explain the kernel's notifications as they come")
    .description("Explains the notifications of these objects, of all by default, until ^C.")
    .argument("[object...]", monitorHelp)
    .option("--netns <name>", "in this network namespace")
    .option("--all-nsid", "also in every namespace that has an id there (ip netns set)");
  having(command, limitOptions, outputOptions, verifyOption, selectOptions).action(
    async (objects: string[], flags: MonitorFlags) => {
      done(await (await import("./monitor.ts")).monitor(objects, flags, io));
    },
  );
}

function addCapture(program: Command, io: Io, done: Done): void {
  const command = program
    .command("capture")
    .summary("record all netlink traffic of a namespace, for nlkit decode and Wireshark")
    .description("Records what passes an nlmon device, which it makes and removes, until ^C. Needs root.")
    .requiredOption("-o, --output <file>", "pcapng file to write; - is standard output")
    .option("--netns <name>", "in this network namespace");
  having(command, limitOptions).action(async (flags: CaptureFlags) => {
    done(await (await import("./capture.ts")).capture(flags, io));
  });
}

function addRecord(program: Command, io: Io, done: Done): void {
  program
    .command("record")
    .summary("record a Node.js program's netlink traffic as a fixture for tests")
    .description(
      "Runs a program that uses nlkit and records what it and the kernel say to each other. The exit status is the program's.",
    )
    .usage("[options] FILE -- COMMAND [ARGUMENT…]")
    .argument("<file>", "the fixture to write; one that exists is replaced")
    .argument("<command...>", "what to run: node program.js")
    .option("--about <text>", "what happens in it, for people; default the command")
    .passThroughOptions()
    .action(async (file: string, words: string[], flags: RecordFlags) => {
      done(await (await import("./record.ts")).recordCommand(file, words, flags, io));
    });
}

function addDiff(program: Command, io: Io, done: Done): void {
  const command = program
    .command("diff")
    .summary("compare two captures field by field")
    .description(
      "Compares two captures, message by message and field by field. Sequence numbers, port ids and lengths do not count. Exit status 1 where they differ.",
    )
    .argument("<a>", "a file of any format that decode reads")
    .argument("<b>", "- is standard input")
    .option("--ignore <field>", "leave out a field: a path, name or constant, with * (repeatable)", gather);
  having(command, inputOptions, colorOption, familyOption, selectOptions).action(
    async (a: string, b: string, flags: DiffFlags) => {
      done(await (await import("./diff.ts")).diff(a, b, flags, io));
    },
  );
}

/** A command with groups of options. */
function having(command: Command, ...groups: readonly ((command: Command) => Command)[]): Command {
  for (const add of groups) add(command);
  return command;
}
