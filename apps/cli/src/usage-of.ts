/** How one command is used. */
export interface Usage {
  /** One sentence or two. */
  readonly does: string;
  /** What follows the options; empty when nothing does. */
  readonly words: string;
  /** Without `--json`, which every command has. */
  readonly options: readonly (readonly [option: string, text: string])[];
  /** Without the name of the program. */
  readonly example: string;
}
