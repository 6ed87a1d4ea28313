import { InputError } from "../netlink/errors.ts";
import { KernelError } from "../netlink/kernel-error.ts";
import { pathInWords, type Words } from "./words.ts";

/** What can be said of an error beyond the kernel's own words. */
export interface Advice {
  /** The field it is about, where the kernel did not say. */
  readonly path?: string;
  /** What to do. */
  readonly hint?: string;
}

/**
 * Runs a request, so that errors speak of what the caller gave: their paths are in the words of `asked`.
 *
 * @param advise - what to say of an error, by its code.
 */
export async function asking<T>(
  asked: object,
  words: Words,
  request: () => Promise<T>,
  advise: (error: KernelError) => Advice | undefined = () => undefined,
): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof InputError) {
      throw new InputError(pathInWords(error.path, words), error.expected, error.received);
    }
    if (error instanceof KernelError) {
      const { request: name, errno, kernelMessage, attribute, policy } = error;
      const advice = advise(error);
      const path = error.path === undefined ? advice?.path : pathInWords(error.path, words);
      const missing = error.missing === undefined ? undefined : pathInWords(error.missing, words);
      const details = { message: kernelMessage, path, attribute, missing, policy };
      throw new KernelError(name, asked, errno, details, advice?.hint ?? commonHint(error.code));
    }
    throw error;
  }
}

function commonHint(code: string): string | undefined {
  if (code === "EPERM" || code === "EACCES") {
    return "it needs CAP_NET_ADMIN in the user namespace that owns the network namespace: run it as root";
  }
  return undefined;
}
