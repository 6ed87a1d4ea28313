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

type Export = readonly [from: string, name: string];
let exported: Map<unknown, Export> | undefined;
let protocols: Map<number, Export> | undefined;

/** Every export by what it is; made when it is first asked for. */
function all(): Map<unknown, Export> {
  exported ??= new Map(
    Object.entries(modules).flatMap(([from, names]) =>
      Object.entries(names).map(([name, value]): [unknown, Export] => [value, [from, name]]),
    ),
  );
  return exported;
}

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
  find(value: object): string | undefined {
    return this.#use(all().get(value));
  }

  findProtocol(number: number): string | undefined {
    protocols ??= new Map(
      [...all()].flatMap(([value, from]): [number, Export][] =>
        isProtocol(value) ? [[value.number, from]] : [],
      ),
    );
    return this.#use(protocols.get(number));
  }

  #use(found: Export | undefined): string | undefined {
    return found && this.use(found[1], found[0]);
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
