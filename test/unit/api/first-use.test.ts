import { expect, test, vi } from "vitest";
import { atFirstUse } from "../../../src/api/first-use.ts";

class Counter {
  readonly #calls: string[];

  constructor(calls: string[]) {
    this.#calls = calls;
  }

  async add(...names: string[]): Promise<number> {
    return this.#calls.push(...names);
  }

  async refuse(): Promise<void> {
    throw new RangeError("no");
  }
}

function counter() {
  const calls: string[] = [];
  const load = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return new Counter(calls);
  });
  return { calls, load, object: atFirstUse(load) };
}

test("an object is loaded once, when a verb is called", async () => {
  const { load, object } = counter();
  expect(typeof object.add).toBe("function");
  expect(load).not.toHaveBeenCalled();
  await Promise.all([object.add("a"), object.add("b")]);
  expect(await object.add("c", "d")).toBe(4);
  expect(load).toHaveBeenCalledOnce();
});

test("calls that wait for it are done in their order", async () => {
  const { calls, object } = counter();
  await Promise.all(["a", "b", "c", "d"].map((name) => object.add(name)));
  expect(calls).toEqual(["a", "b", "c", "d"]);
});

test("its errors are those of the promises, also where it cannot be loaded", async () => {
  const { object } = counter();
  await expect(object.refuse()).rejects.toThrow(RangeError);
  await expect(object.refuse()).rejects.toThrow(RangeError);
  const gone = atFirstUse<Counter>(async () => {
    throw new Error("no such file");
  });
  await expect(gone.add("a")).rejects.toThrow("no such file");
});

test("it may be awaited and printed without being loaded", async () => {
  const { load, object } = counter();
  expect(await object).toBe(object);
  expect(JSON.stringify({ object })).toBe('{"object":{}}');
  expect(String(object)).toBe("[object Object]");
  expect(load).not.toHaveBeenCalled();
});

test("a verb may be replaced, as tests do", async () => {
  const { load, object } = counter();
  object.add = async () => 7;
  expect(await object.add("a")).toBe(7);
  expect(load).not.toHaveBeenCalled();
});
