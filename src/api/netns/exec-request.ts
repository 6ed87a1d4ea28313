/** What the parent and the helper process of {@link spawnInNetns} say to each other. */

/** Parent to helper, as JSON, then end of file. */
export interface ExecRequest {
  file: string;
  /** With the name the program is told it has, `argv[0]`. */
  argv: string[];
  /** `NAME=value` */
  env: string[];
  /** Where the program looks for `file`: the PATH of `env`. */
  path: string | undefined;
  cwd: string | undefined;
  uid: number | undefined;
  gid: number | undefined;
  /** The descriptors the program gets; Node closes all of its own when a program takes its place. */
  descriptors: number[];
  /** Whose files in /etc/netns/NAME cover those in /etc. */
  name: string | undefined;
}

/** Helper to parent, as a line of JSON; end of file alone means that the program runs. */
export interface ExecFailure {
  syscall: string;
  errno: number;
  subject: string | undefined;
  message: string;
}
