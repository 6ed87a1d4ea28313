/** What a program imports from this library. */
import * as genl from "../../genl/index.ts";
import type { Protocol } from "../../netlink/codec/protocol.ts";
import * as nfnetlink from "../../nfnetlink/index.ts";
import * as nft from "../../nft/index.ts";
import * as rtnl from "../../rtnl/index.ts";
import * as sockdiag from "../../sockdiag/index.ts";
import * as xfrm from "../../xfrm/index.ts";

/** Everything there is, so that names are found by what they are. */
const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "nlkit/rtnl": rtnl,
  "nlkit/genl": genl,
  "nlkit/nft": nft,
  "nlkit/nfnetlink": nfnetlink,
  "nlkit/sockdiag": sockdiag,
  "nlkit/xfrm": xfrm,
};

export class Imports {
  readonly #names = new Map<string, Set<string>>();

  /** Imports a name of `nlkit/netlink`, or of another module. */
  use(name: string, from = "nlkit/netlink"): string {
    const names = this.#names.get(from);
    if (names) names.add(name);
    else this.#names.set(from, new Set([name]));
    return name;
  }

  /** Imports what a module exports under whichever name; undefined where none does. */
  find(is: (value: unknown) => boolean): string | undefined {
    for (const [from, exported] of Object.entries(modules)) {
      for (const [name, value] of Object.entries(exported)) if (is(value)) return this.use(name, from);
    }
    return undefined;
  }

  findProtocol(number: number): string | undefined {
    return this.find((value) => isProtocol(value) && value.number === number);
  }

  lines(): string[] {
    return [...this.#names]
      .sort()
      .map(
        ([from, names]) =>
          `import { ${[...names].sort((a, b) => a.localeCompare(b, "en")).join(", ")} } from "${from}";`,
      );
  }
}

function isProtocol(value: unknown): value is Protocol {
  return typeof value === "object" && value !== null && "requests" in value && "number" in value;
}
