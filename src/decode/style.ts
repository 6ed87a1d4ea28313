/** What a piece of the output is. */
export type Role = "title" | "name" | "value" | "constant" | "dim" | "note" | "problem" | "added" | "removed";

/** Colours a piece of the output: for a terminal, for HTML. */
export type Style = (role: Role, text: string) => string;

export const plainStyle: Style = (_role, text) => text;
