/** Compilers, and what else is installed here. What is made goes to a temporary folder, never beside its source. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const SOURCES = fileURLToPath(new URL("../../bench", import.meta.url));

/** Why a program is left out. */
export class Missing extends Error {}

function spawn(file: string, args: readonly string[], env?: NodeJS.ProcessEnv): SpawnSyncReturns<string> {
  return spawnSync(file, args, { encoding: "utf8", env: { ...process.env, ...env } });
}

export const succeeds = (file: string, ...args: string[]): boolean => spawn(file, args).status === 0;

/** What a command prints, or undefined when it is not there or fails. */
export function output(file: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawn(file, args);
  return status === 0 ? stdout.trim() || undefined : undefined;
}

/** @param source in `bench`. */
export function compileC(folder: string, source: string, ...flags: string[]): string {
  const target = join(folder, basename(source, ".c"));
  const { error, status, stderr } = spawn("gcc", ["-O2", "-o", target, join(SOURCES, source), ...flags]);
  if (error) throw new Missing("no gcc");
  if (status !== 0) {
    throw new Missing(`no headers or library: ${/(?:error: |cannot find ).*/.exec(stderr)?.[0] ?? stderr}`);
  }
  return target;
}

/** Where Debian's packages put sources. */
const DEBIAN_GO = "/usr/share/gocode";
const DEBIAN_CRATES = "/usr/share/cargo/registry";

const debianVersion = (name: string) => output("dpkg-query", "-W", "-f", `\${source:Upstream-Version}`, name);

/** A library's version, and that of what compiles it. */
export interface Compiled {
  readonly version: string;
  /** Takes a while. */
  readonly compile: () => string;
}

/**
 * A program in Go, of packages that are in the GOPATH or are Debian's; nothing is downloaded.
 *
 * @param sources in `bench/peers`; the last gives the program its name.
 * @param debian the package that has the library.
 */
export function goProgram(folder: string, sources: readonly string[], debian: string): Compiled {
  const own = output("go", "env", "GOPATH");
  if (!own) throw new Missing("no go");
  const paths = sources.map((source) => join(SOURCES, "peers", source));
  const env = {
    GO111MODULE: "off",
    GOFLAGS: "",
    GOPATH: [own, DEBIAN_GO].join(delimiter),
    GOCACHE: join(folder, "go-cache"),
  };
  const { stderr } = spawn("go", ["list", "-deps", ...paths], env);
  const absent = /cannot find package "[^"]*"/.exec(stderr)?.[0];
  if (absent) throw new Missing(`${absent} in ${env.GOPATH} (Debian: ${debian})`);
  const compile = () => {
    const target = join(folder, basename(sources.at(-1)!, ".go"));
    const { status, stderr } = spawn("go", ["build", "-o", target, ...paths], env);
    if (status !== 0) throw new Missing(`it does not compile: ${stderr.trim()}`);
    return target;
  };
  return { version: listed(debianVersion(debian), output("go", "env", "GOVERSION")), compile };
}

/**
 * A program in Rust, of Debian's crates or, where there are none, of those that Cargo has downloaded before.
 *
 * @param source in `bench/peers`, beside its Cargo.toml; named like the library.
 * @param debian the package that has the library.
 */
export function rustProgram(folder: string, source: string, debian: string): Compiled {
  const cargo = output("cargo", "--version");
  if (!cargo) throw new Missing("no cargo");
  // Cargo writes a file beside the manifest.
  const crate = join(folder, "rust");
  const manifest = join(crate, "Cargo.toml");
  mkdirSync(crate, { recursive: true });
  for (const file of ["Cargo.toml", source]) copyFileSync(join(SOURCES, "peers", file), join(crate, file));
  const instead = ['source.crates-io.replace-with="debian"', `source.debian.directory="${DEBIAN_CRATES}"`];
  const options = existsSync(DEBIAN_CRATES) ? instead.flatMap((setting) => ["--config", setting]) : [];
  /** Returns why it failed. */
  const failure = (...command: string[]): string | undefined => {
    const args = [...command, "--offline", "--manifest-path", manifest, ...options];
    const { status, stderr } = spawn("cargo", args, { CARGO_TARGET_DIR: join(crate, "target") });
    return status === 0 ? undefined : (/^error.*/m.exec(stderr)?.[0] ?? stderr);
  };
  const absent = failure("generate-lockfile");
  if (absent) throw new Missing(`${absent} (Debian: ${debian})`);
  const compile = () => {
    const error = failure("build", "--release");
    if (error) throw new Missing(`it does not compile: ${error}`);
    return join(crate, "target", "release", basename(source, ".rs"));
  };
  const lock = readFileSync(join(crate, "Cargo.lock"), "utf8");
  const library = new RegExp(`^name = "${basename(source, ".rs")}"\nversion = "(.*)"`, "m").exec(lock)?.[1];
  return { version: listed(library, cargo.replace(/ \(.*/, "")), compile };
}

const listed = (...versions: (string | undefined)[]): string => versions.filter(Boolean).join(", ");
