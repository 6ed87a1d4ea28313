/** The command as a process of its own. */
import { type ChildProcessWithoutNullStreams, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));

// Compiled once for a test file: from source each start takes ten times as long. Inside the package, for what it imports.
const folder = mkdtempSync(join(root, "node_modules/.nlkit-test-cli-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
buildSync({
  entryPoints: [join(root, "src/cli/bin.ts")],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  outExtension: { ".js": ".mjs" },
  packages: "external",
});

/** The command's words, for a shell or for spawn. */
export const nlkitWords = [process.execPath, join(folder, "bin.mjs")] as const;

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running nlkit, whose output can be waited for. */
export class Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<unknown[]>;
  stdout = "";
  stderr = "";

  constructor(args: readonly string[], options: SpawnOptions = {}) {
    const [file, ...words] = nlkitWords;
    this.child = spawn(file, [...words, ...args], { ...options, stdio: "pipe" });
    this.child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.#closed = once(this.child, "close");
  }

  /** Waits until its output matches. */
  async until(stream: "stdout" | "stderr", pattern: RegExp): Promise<void> {
    while (!pattern.test(this[stream])) {
      if (this.child.exitCode !== null) throw new Error(`no ${pattern} in ${this.stdout}${this.stderr}`);
      await Promise.race([once(this.child[stream], "data"), this.#closed]);
    }
  }

  async end(signal?: NodeJS.Signals): Promise<Ended> {
    if (signal) this.child.kill(signal);
    const [status] = (await this.#closed) as [number | null];
    return { status, stdout: this.stdout, stderr: this.stderr };
  }
}

export async function nlkit(args: readonly string[], stdin = "", options: SpawnOptions = {}): Promise<Ended> {
  const running = new Running(args, options);
  running.child.stdin.end(stdin);
  return running.end();
}
