/** Other libraries: what each does of the works, in the way that it has for them, and how to get it to run. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { Command } from "./child.ts";
import {
  type Compiled,
  compileC,
  goProgram,
  Missing,
  output,
  rustProgram,
  SOURCES,
  succeeds,
} from "./compile.ts";

/** A peer that is installed here. */
export interface Installed {
  readonly version: string | undefined;
  /** What runs it, but for the workload and the number of objects. May take a while, and throw {@link Missing}. */
  readonly command: () => Command;
}

export interface Peer {
  readonly works: readonly string[];
  /** For those that take minutes for more objects than these. */
  readonly limit?: number;
  /**
   * Throws {@link Missing} when it is not installed.
   *
   * @param folder for what is compiled and written.
   */
  readonly find: (folder: string) => Installed;
}

const script = (name: string): string => join(SOURCES, "peers", name);

const compiled = ({ version, compile }: Compiled): Installed => ({ version, command: () => [compile()] });

const inC = (library: string, source: string, ...flags: string[]): Peer["find"] => {
  return (folder) => {
    const program = compileC(folder, source, ...flags);
    return { version: output("pkg-config", "--modversion", library), command: () => [program] };
  };
};

const PYROUTE2_VERSION =
  "import importlib.metadata, platform;" +
  "print(importlib.metadata.version('pyroute2') + ', Python ' + platform.python_version())";

function pyroute2(): Installed {
  const python = ["python3", "/usr/bin/python3"].find((file) => succeeds(file, "-c", "import pyroute2"));
  if (!python) throw new Missing("no python3 that has it");
  const version = output(python, "-c", PYROUTE2_VERSION);
  return { version, command: () => [python, script("pyroute2_subject.py")] };
}

/** npm `netlink` is no dependency of ours; it may be installed beside them, or anywhere else. */
function npmNetlink(): Installed {
  const folder = resolve(process.env.NLKIT_BENCH_MODULES ?? SOURCES);
  let main: string;
  try {
    main = createRequire(`${folder}/`).resolve("netlink");
  } catch (error) {
    const remedy = "npm install --no-save netlink@0.3.0, in a folder that NLKIT_BENCH_MODULES names or here";
    throw new Missing(`not installed: ${remedy}`, { cause: error });
  }
  const { version } = JSON.parse(readFileSync(join(dirname(main), "../package.json"), "utf8")) as {
    version: string;
  };
  return { version, command: () => [process.execPath, script("npm-netlink.mjs"), folder] };
}

const ROUTES = ["route4", "route4-kept", "route6"];

export const PEERS: Readonly<Record<string, Peer>> = {
  libmnl: {
    works: ["route4-stream", "route6", "link", "get", "add"],
    find: inC("libmnl", "peers/mnl.c", "-lmnl"),
  },
  libnl: {
    works: [...ROUTES, "link", "get", "add"],
    limit: 100_000,
    find: inC("libnl-route-3.0", "peers/nl.c", "-I/usr/include/libnl3", "-lnl-route-3", "-lnl-3"),
  },
  pyroute2: { works: [...ROUTES, "link", "get", "add", "attach"], limit: 100_000, find: pyroute2 },
  // Its process aborts when notifications are lost.
  "npm netlink": { works: [...ROUTES, "link", "get", "add"], limit: 100_000, find: npmNetlink },
  // Subscriptions have no way to a larger buffer, lists none to stream them.
  "Go vishvananda/netlink": {
    works: [...ROUTES, "link", "get", "add", "mon", "attach"],
    find: (folder) =>
      compiled(goProgram(folder, ["clock.go", "vishvananda.go"], "golang-github-vishvananda-netlink-dev")),
  },
  // It moves no links to other namespaces.
  "Go jsimonetti/rtnetlink": {
    works: [...ROUTES, "link", "get", "add", "mon", "monbig"],
    find: (folder) =>
      compiled(goProgram(folder, ["clock.go", "jsimonetti.go"], "golang-github-jsimonetti-rtnetlink-dev")),
  },
  "Rust rtnetlink": {
    works: [...ROUTES, "route4-stream", "link", "get", "add", "mon", "monbig", "attach"],
    find: (folder) => compiled(rustProgram(folder, "rtnetlink.rs", "librust-rtnetlink+tokio-socket-dev")),
  },
};
