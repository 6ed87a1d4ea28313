import { readFileSync } from "node:fs";
import { Netns, SystemError } from "nlkit";
import type { OpenChannel } from "nlkit/netlink";

/** Neither root nor in a user namespace. */
export class NotPermitted extends Error {}

/** Namespaces that go when this does: named ones, or, where /run/netns is not ours to write in, ones without a name. */
export class Namespaces implements AsyncDisposable {
  readonly #created: Netns[] = [];
  #nameless: string | undefined;

  async create(role: string, open: OpenChannel): Promise<Netns> {
    const netns = (await this.#named(role, open)) ?? (await anonymous(open));
    this.#created.push(netns);
    return netns;
  }

  async #named(role: string, open: OpenChannel): Promise<Netns | undefined> {
    if (this.#nameless !== undefined) return undefined;
    try {
      return await Netns.create(`nlkit-${role}-${process.pid}`, { open });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#nameless = `${error.syscall} ${error.subject} said ${error.code}`;
      return undefined;
    }
  }

  describe(): string {
    const names = this.#created.map(({ name }) => name).filter((name) => name !== undefined);
    return names.length > 0
      ? `Namespaces: ${names.join(", ")}`
      : `Three namespaces without names: ${this.#nameless}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const netns of this.#created.splice(0).reverse()) {
      netns.close();
      if (netns.name !== undefined) await Netns.delete(netns.name);
    }
  }
}

function isRefusal(error: unknown): error is SystemError {
  return error instanceof SystemError && ["EPERM", "EACCES", "EROFS"].includes(error.code);
}

async function anonymous(open: OpenChannel): Promise<Netns> {
  try {
    return await Netns.anonymous({ open });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new NotPermitted(
      [
        `Making a network namespace needs CAP_SYS_ADMIN, and configuring it CAP_NET_ADMIN, which this process (user ${process.geteuid?.()})`,
        `does not have: ${error.syscall} said ${error.code}.`,
        "Run it as root, or without any privilege in a user namespace of your own:",
        "  unshare -Urnm npm start",
        ...obstacles(),
      ].join("\n"),
    );
  }
}

/** What the system has against user namespaces. */
function obstacles(): string[] {
  const settings = [
    ["/proc/sys/user/max_user_namespaces", "0"],
    ["/proc/sys/kernel/unprivileged_userns_clone", "0"],
    ["/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"],
  ] as const;
  return settings
    .filter(([path, forbidding]) => setting(path) === forbidding)
    .map(([path, value]) => `This system does not let you: ${path} is ${value}.`);
}

function setting(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined; // this kernel does not have it
  }
}
