/** Throw-away namespaces of the real kernel, for tests without root. */
import { Netns, type NetnsOptions } from "../api/netns/netns.ts";
import { NetlinkError } from "../netlink/errors.ts";
import { KernelError } from "../netlink/kernel-error.ts";
import type { OpenChannel } from "../netlink/socket/channel.ts";
import { KoffiChannel } from "../netlink/socket/koffi-channel.ts";
import { close } from "../netlink/socket/libc.ts";
import {
  createNetnsIn,
  createUserNetns,
  socketIn,
  type UserNetns,
  whatForbids,
} from "../netlink/socket/user-netns.ts";
import { setLink } from "../rtnl/link/index.ts";

/** The system does not let this user have namespaces of his own; the message says why. */
export class SandboxError extends NetlinkError {
  constructor(cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    // The namespaces were made, but the kernel refused the change in them.
    const hint = cause instanceof KernelError ? whatForbids(cause.code) : undefined;
    const reason = hint === undefined ? message : `${message}: ${hint}`;
    super("ERR_NETLINK_SANDBOX", `no sandbox on this system: ${reason}`, { cause });
  }
}

/** A user namespace with network namespaces in it, which nobody else sees. */
export class Sandbox implements AsyncDisposable {
  /** The first network namespace. */
  readonly netns: Netns;
  readonly #namespaces: UserNetns;
  readonly #handles: Netns[] = [];
  #closed = false;

  private constructor(namespaces: UserNetns) {
    this.#namespaces = namespaces;
    this.netns = this.#handle(namespaces.net, "sandbox", {});
  }

  /** @throws SandboxError */
  static async create(): Promise<Sandbox> {
    let sandbox: Sandbox | undefined;
    try {
      sandbox = new Sandbox(createUserNetns());
      // Some systems give a user namespace, but no capabilities in it: a change that changes nothing finds out.
      await sandbox.netns.client.request(setLink({ ifiIndex: 1 }));
      return sandbox;
    } catch (error) {
      sandbox?.close();
      throw new SandboxError(error);
    }
  }

  /**
   * Opens sockets in the sandbox: for clients, and for `record` to record them. Without `netns` that is in its first
   * namespace.
   */
  readonly open: OpenChannel = (options) => {
    const { user } = this.#namespaces;
    const net = options.netns ?? this.netns.fd;
    const because = "a child opens the sockets of a sandbox";
    return new KoffiChannel(options, because, ({ protocol }) => socketIn({ user, net }, protocol));
  };

  /**
   * Another network namespace of the sandbox.
   *
   * @param name - for messages; nothing in /run/netns has it.
   */
  readonly namespace = async (name?: string, options: NetnsOptions = {}): Promise<Netns> =>
    this.#handle(createNetnsIn(this.#namespaces.user), name, options);

  #handle(fd: number, name: string | undefined, options: NetnsOptions): Netns {
    const handle = Netns.over({ fd, name }, { open: this.open, ...options });
    this.#handles.push(handle);
    return handle;
  }

  /** Closes its namespaces; the kernel then removes what is in them. */
  close(): void {
    for (const handle of this.#handles.splice(0)) handle.close();
    if (!this.#closed) close(this.#namespaces.user);
    this.#closed = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

/**
 * Runs `fn` with a network namespace of its own, without root and without any other program. Everything is gone
 * afterwards, whatever `fn` did.
 *
 * What takes netlink works, the rest of a `Netns` (`exec`, `run`) needs root all the same.
 *
 * @throws SandboxError the system forbids it: `message` says what.
 * @example
 * await withSandbox(async ({ netns }) => {
 *   await netns.link.add({ ifname: "veth0", kind: "veth" });
 * });
 */
export async function withSandbox<T>(fn: (sandbox: Sandbox) => T | Promise<T>): Promise<T> {
  await using sandbox = await Sandbox.create();
  return await fn(sandbox);
}

/** Why there is no sandbox here; undefined where there is: for `test.skipIf`. */
export async function whyNoSandbox(): Promise<string | undefined> {
  try {
    await withSandbox(() => undefined);
    return undefined;
  } catch (error) {
    if (error instanceof SandboxError) return error.message;
    throw error;
  }
}
