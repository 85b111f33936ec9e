import type { ApiErrorCode } from '@matterline/contracts';
import type { z } from 'zod';
import { type ComponentName, refTo } from './components';
import { type JsonSchema, jsonSchema } from './json-schema';
import type { SecurityScheme } from './security';

/** Media types with the schema of what is sent under each; without any there is no body. */
export type Content = Readonly<Record<string, JsonSchema>>;

export interface AnswerDescription {
  readonly description: string;
  readonly content?: Content;
  /** Headers besides those of every answer, with what they say. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface BodyDescription {
  readonly description?: string;
  readonly isRequired: boolean;
  readonly content: Content;
}

/** What a route's decorators do not say: its name, its answers, and which errors it can give besides those of its kind. */
export interface RouteDescription {
  /** Stable: generated clients name their functions by it. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: z.ZodObject;
  /** The list has pages. */
  readonly isPaged?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyDescription;
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  readonly errors?: readonly ApiErrorCode[];
  /** How a caller proves itself where the route judges that by itself: any one of these. */
  readonly security?: readonly SecurityScheme[];
  /** Says the same to everybody and needs nothing: it can fail for no reason but a fault of ours. */
  readonly isFixed?: boolean;
  /** Also answers errors as an empty text. */
  readonly hasTextErrors?: boolean;
}

const TEXT: JsonSchema = { type: 'string' };
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

const json = (description: string, schema: JsonSchema): AnswerDescription => ({
  description,
  content: { 'application/json': schema },
});

/** `{"data": …}` */
export const one = (name: ComponentName, description: string) => json(description, object({ data: refTo(name) }));

/** `{"data": […]}`, all of them. */
export const all = (name: ComponentName, description: string) =>
  json(description, object({ data: { type: 'array', items: refTo(name) } }));

/** `{"data": […], "pagination": …}` */
export const page = (name: ComponentName, description: string) =>
  json(description, object({ data: { type: 'array', items: refTo(name) }, pagination: refTo('Pagination') }));

/** Without `data` around it, as a PBX reads it. */
export const bare = (name: ComponentName, description: string) => json(description, refTo(name));

export const text = (mediaType: string, description: string): AnswerDescription => ({
  description,
  content: { [mediaType]: TEXT },
});

/** Bytes of whatever kind, to be kept as a file. */
export const file = (description: string): AnswerDescription => ({
  description,
  content: { 'application/octet-stream': { type: 'string', format: 'binary' } },
  headers: { 'Content-Disposition': 'The name of the file.' },
});

export const nothing = (description: string): AnswerDescription => ({ description });

export const redirect = (description: string): AnswerDescription => ({
  description,
  headers: { Location: 'Where the browser goes.' },
});

/** The same status in one form or the other. */
export const either = (first: AnswerDescription, second: AnswerDescription): AnswerDescription => ({
  description: `${first.description} Or: ${second.description}`,
  content: { ...first.content, ...second.content },
});

export const jsonBody = (schema: z.ZodType, description?: string): BodyDescription => ({
  description,
  isRequired: true,
  content: { 'application/json': jsonSchema(schema, 'input') },
});

/** JSON or form fields, as a PBX sends them. */
export const pbxBody = (schema: z.ZodType, description: string): BodyDescription => ({
  description,
  isRequired: true,
  content: {
    'application/json': jsonSchema(schema, 'input'),
    'application/x-www-form-urlencoded': jsonSchema(schema, 'input'),
  },
});
