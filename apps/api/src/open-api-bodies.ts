import type { OpenAPIObject } from '@nestjs/swagger';
import {
  documentMetadataSchema,
  errorBodySchema,
  matterPutSchema,
  operationFilterSchema,
  pageQuerySchema,
  retryRequestSchema,
  statusPatchSchema,
  syncRequestSchema,
  webhookCreateSchema,
} from '@matterline/contracts';
import { z } from 'zod';

type Schema = Record<string, unknown>;
interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

const json = (schema: z.ZodType): Schema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: 'input',
    unrepresentable: 'any',
  }) as Schema;
  return rest;
};

const BODIES: Readonly<Record<string, z.ZodType>> = {
  'put /api/v1/matters/{matterId}': matterPutSchema,
  'post /api/v1/integrations/smokeball/sync': syncRequestSchema,
  'post /api/v1/integrations/smokeball/sync/retry': retryRequestSchema,
  'patch /api/v1/integrations/smokeball/status': statusPatchSchema,
  'post /api/v1/webhooks': webhookCreateSchema,
};

const PAGED: Readonly<Record<string, z.ZodObject | null>> = {
  'get /api/v1/matters': z.object({ state: z.string().optional(), q: z.string().optional() }),
  'get /api/v1/matters/{matterId}/documents': null,
  'get /api/v1/integrations/smokeball/sync': operationFilterSchema,
  'get /api/v1/webhooks': null,
  'get /api/v1/console/events': null,
};

/** Adds what Nest cannot know from our handlers: bodies and queries that zod reads, and the one shape of every error. */
export function describeBodies(document: OpenAPIObject): OpenAPIObject {
  const paths = document.paths as Record<string, Record<string, Operation>>;
  const at = (key: string): Operation | undefined => {
    const [method = '', path = ''] = key.split(' ');
    return paths[path]?.[method];
  };
  for (const [key, schema] of Object.entries(BODIES)) {
    const operation = at(key);
    if (operation)
      operation.requestBody = { required: true, content: { 'application/json': { schema: json(schema) } } };
  }
  for (const [key, filter] of Object.entries(PAGED)) {
    const operation = at(key);
    if (operation)
      operation.parameters = [
        ...pathParameters(operation),
        ...queryParameters(pageQuerySchema),
        ...(filter ? queryParameters(filter) : []),
      ];
  }
  describeUpload(at('post /api/v1/matters/{matterId}/documents'));
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Error: json(errorBodySchema) },
  };
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    operation.responses['default'] = {
      description: 'What went wrong',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    };
  }
  return document;
}

const pathParameters = (operation: Operation) => (operation.parameters ?? []).filter((one) => one.in === 'path');

function queryParameters(schema: z.ZodObject): NonNullable<Operation['parameters']> {
  const { properties } = json(schema) as { properties?: Record<string, Schema> };
  return Object.entries(properties ?? {}).map(([name, one]) => ({ name, in: 'query', required: false, schema: one }));
}

function describeUpload(operation: Operation | undefined): void {
  if (!operation) return;
  operation.requestBody = {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          required: ['metadata', 'file'],
          properties: {
            metadata: { type: 'string', description: 'Document metadata as JSON; comes first.' },
            file: { type: 'string', format: 'binary' },
          },
        },
      },
      'application/json': { schema: json(documentMetadataSchema) },
    },
  };
}
