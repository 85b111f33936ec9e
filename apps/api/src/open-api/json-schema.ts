import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A zod schema as OpenAPI 3.1 has it (JSON Schema 2020-12). What only makes it longer is left out: the pattern behind a named
 * format, and the bounds of a whole number. An object does not forbid further members: readers pass over what they do not know.
 * @param io whether it describes what is taken or what is given
 */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output', components = z.registry<{ id?: string }>()) {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    metadata: components,
    unrepresentable: 'any',
    override: ({ jsonSchema: made }) => simplify(made),
  });
  return rest as JsonSchema;
}

export function simplify(made: Record<string, unknown>): void {
  if (made['format'] !== undefined) delete made['pattern'];
  if (made['additionalProperties'] === false) delete made['additionalProperties'];
  if (made['maximum'] === Number.MAX_SAFE_INTEGER) delete made['maximum'];
  if (made['minimum'] === Number.MIN_SAFE_INTEGER) delete made['minimum'];
}
