import { type Netns, SystemError } from "nlkit";

/** `ping` in a namespace, where it is installed. */
export async function ping(from: Netns, address: string, signal: AbortSignal): Promise<string> {
  try {
    const { stdout, stderr, exitCode } = await from.exec("ping", ["-c", "1", "-W", "5", address], { signal });
    if (exitCode !== 0) throw new Error(`ping ${address}: ${(stdout + stderr).trim()}`);
    return stdout.split("\n").slice(0, 2).join("\n");
  } catch (error) {
    // EACCES: not found either, and a directory of PATH was not readable.
    if (error instanceof SystemError && (error.code === "ENOENT" || error.code === "EACCES"))
      return `ping: not installed (${error.code})`;
    throw error;
  }
}
