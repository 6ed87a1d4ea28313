/** What a piece of the output is. */
export type Role = "title" | "name" | "value" | "constant" | "dim" | "note" | "problem" | "added" | "removed";

/** Colours a piece of the output: for a terminal, for HTML. */
export type Style = (role: Role, text: string) => string;

export const plainStyle: Style = (_role, text) => text;

/** Control characters that could command a terminal, ends of lines, and those that turn the direction of text. */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text with such characters as `\u001b`. */
export function printable(text: string): string {
  return text.replace(unsafe, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The style, or none, of text that comes from a capture. */
export function safely(style: Style = plainStyle): Style {
  return (role, text) => style(role, printable(text));
}
