/** What has verbs alone, each of which returns a promise. */
type Verbs<T> = { readonly [K in keyof T]: (...args: never[]) => Promise<unknown> };

/** What JavaScript itself asks objects for, to await them or to print them. */
const NO_VERBS: readonly (string | symbol)[] = ["then", "toJSON"];

/**
 * An object whose code is loaded when one of its verbs is first called: programs use few of a namespace's objects, and
 * reading the code of all takes longer than most requests. Calls that wait for it are done in their order.
 */
export function atFirstUse<T extends Verbs<T>>(load: () => Promise<T>): T {
  let loading: Promise<T> | undefined;
  let loaded: T | undefined;
  const object = async (): Promise<T> => {
    loading ??= load();
    loaded = await loading;
    return loaded;
  };
  return new Proxy({} as T, {
    get(own, name) {
      // What a program has put in a verb's place stands.
      if (name in own || typeof name === "symbol" || NO_VERBS.includes(name)) return Reflect.get(own, name);
      const call = (on: T, args: never[]) => on[name as keyof T](...args);
      return (...args: never[]) => (loaded ? call(loaded, args) : object().then((on) => call(on, args)));
    },
  });
}
