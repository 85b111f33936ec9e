import type { z } from 'zod';

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** What a schema of an answer describes, as nobody may change it: the server builds it once, the console only shows it. */
export type Answer<Schema extends z.ZodType> = Frozen<z.output<Schema>>;
