/**
 * System calls made by a child process of this thread, one after the other, without a program.
 *
 * What this process must not do itself, because it would not come back from it: entering a user namespace, which a
 * process with several threads cannot. The child shares our memory (CLONE_VM), so it costs no copy of it, and walks a
 * chain of contexts (makecontext(3)), each of which calls one function of libc and continues with the next.
 */
import { hostByteOrder } from "../codec/byte-order.ts";
import { ERRNO } from "../errno.ts";
import { NetlinkError, SystemError } from "../errors.ts";
import { is64Bit, loadKoffi } from "./libc.ts";

const CLONE_VM = 0x100;
const CLONE_VFORK = 0x4000;
/** Also children that end without a signal, which libuv does not hear of. */
const WAIT_ALL = 0x40000000;

/** Where struct ucontext_t has its members, with glibc on every 64-bit machine; the rest is the machine's own. */
const LINK = 8;
const STACK = 16;
const STACK_SIZE = 32;
const little = hostByteOrder === "little";
const CONTEXT_BYTES = 16_384;
const STACK_BYTES = 65_536;

/** A function of libc, and its arguments: numbers are ints. */
export type LibcCall = readonly [name: string, ...args: readonly (number | Uint8Array)[]];

type Call = (...args: unknown[]) => number;
interface Binding {
  readonly getcontext: Call;
  readonly makecontext: Call;
  readonly clone: Call;
  readonly waitpid: Call;
  symbol(name: string): unknown;
  address(bytes: Uint8Array): bigint;
  errno(): number;
}

let bound: Binding | undefined;

function binding(): Binding {
  if (bound) return bound;
  const koffi = loadKoffi();
  if (!is64Bit()) throw unsupported("this machine has no 64 bits");
  const library = koffi.load(null);
  const func = (prototype: string) => library.func(prototype) as unknown as Call;
  try {
    const symbol = library.func("void *dlsym(void *, const char *)") as unknown as (
      h: null,
      n: string,
    ) => unknown;
    bound = {
      getcontext: func("int getcontext(void *)"),
      makecontext: func("void makecontext(void *, void *, int, ...)"),
      clone: func("int clone(void *, void *, int, void *)"),
      waitpid: func("int waitpid(int, void *, int)"),
      symbol: (name) => symbol(null, name),
      address: (bytes) => BigInt(koffi.address(bytes)),
      errno: () => koffi.errno(),
    };
  } catch (cause) {
    throw unsupported("this C library has no makecontext: it takes glibc", cause);
  }
  return bound;
}

const unsupported = (reason: string, cause?: unknown): NetlinkError =>
  new NetlinkError("ERR_NETLINK_UNSUPPORTED", `child processes without a program: ${reason}`, { cause });

/** A child that makes calls. Its memory must stay until it has ended: call {@link ended}. */
export class ChildCalls {
  readonly pid: number;
  readonly #binding = binding();
  readonly #memory: Uint8Array[] = [];

  /**
   * @param flags - of clone(2). The chain should end with `_exit`.
   * @throws SystemError
   */
  constructor(calls: readonly LibcCall[], flags: number) {
    const { clone, symbol, errno } = this.#binding;
    const chain = this.#chain(calls);
    const stack = this.#bytes(STACK_BYTES);
    const top = (this.#binding.address(stack) + BigInt(STACK_BYTES)) & ~15n;
    this.pid = clone(symbol("setcontext"), top, flags | CLONE_VM, chain);
    if (this.pid < 0) throw new SystemError("clone", errno());
  }

  #chain(calls: readonly LibcCall[]): Uint8Array {
    const { getcontext, makecontext, symbol, address } = this.#binding;
    let next: Uint8Array | undefined;
    for (const [name, ...args] of calls.toReversed()) {
      const context = this.#bytes(CONTEXT_BYTES);
      const view = new DataView(context.buffer, context.byteOffset);
      getcontext(context);
      view.setBigUint64(LINK, next ? address(next) : 0n, little);
      view.setBigUint64(STACK, address(this.#bytes(STACK_BYTES)), little);
      view.setBigUint64(STACK_SIZE, BigInt(STACK_BYTES), little);
      const typed = args.flatMap((arg): unknown[] => [typeof arg === "number" ? "int" : "void *", arg]);
      makecontext(context, symbol(name), args.length, ...typed);
      for (const arg of args) if (typeof arg !== "number") this.#memory.push(arg);
      next = context;
    }
    return next!;
  }

  #bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#memory.push(bytes);
    return bytes;
  }

  /** Waits until it has ended. */
  ended(): void {
    const { waitpid, errno } = this.#binding;
    while (waitpid(this.pid, new Int32Array(1), WAIT_ALL) < 0) {
      const number = errno();
      if (number !== ERRNO.EINTR) throw new SystemError("waitpid", number);
    }
    this.#memory.length = 0;
  }
}

/** Lets a child make calls, and waits for its end: the calling thread stands still meanwhile. */
export function callInChild(calls: readonly LibcCall[]): void {
  new ChildCalls([...calls, ["_exit", 0]], CLONE_VFORK).ended();
}
