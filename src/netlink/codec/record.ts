/** Whether a value is an object with fields, rather than a list, bytes or null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    isPlain(value) ||
    (typeof value === "object" &&
      value !== null &&
      !(Symbol.iterator in value) &&
      !ArrayBuffer.isView(value) &&
      !(value instanceof ArrayBuffer))
  );
}

/** What nearly all are: told with one look. */
function isPlain(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
