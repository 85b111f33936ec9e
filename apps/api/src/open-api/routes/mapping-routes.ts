import { mappingPutSchema, mappingQuerySchema, matterTypeQuerySchema } from '@matterline/contracts';
import { jsonBody, nothing, one, type RouteDescription } from '../route-description';

const ROOT = '/api/v1/integrations/smokeball';

/** Source: docs/http-api.md#mapping. */
export const MAPPING_ROUTES: Readonly<Record<string, RouteDescription>> = {
  [`GET ${ROOT}/mappings`]: {
    id: 'listMappings',
    tag: 'mapping',
    summary: 'Case types seen and mapped, and what a new matter of each would become now',
    answers: { 200: one('Mappings', 'Those that wait for a decision first.') },
  },
  [`PUT ${ROOT}/mappings`]: {
    id: 'saveMapping',
    tag: 'mapping',
    summary: 'Decide what a case type becomes',
    description:
      'Matters that waited for this decision go on by themselves. Matters that exist already stay as they are.',
    body: jsonBody(mappingPutSchema),
    answers: { 200: one('MappingSaved', 'The mapping, and how many operations went on because of it.') },
    errors: ['conflict'],
  },
  [`DELETE ${ROOT}/mappings`]: {
    id: 'deleteMapping',
    tag: 'mapping',
    summary: 'Take a decision back',
    query: mappingQuerySchema,
    answers: { 204: nothing('It is gone.') },
    errors: ['not_found'],
  },
  [`GET ${ROOT}/matter-types`]: {
    id: 'searchMatterTypes',
    tag: 'mapping',
    summary: 'Smokeball’s matter types of one place, by words of their name or category',
    query: matterTypeQuerySchema,
    answers: { 200: one('MatterTypeChoices', 'The first that fit.') },
    errors: ['conflict'],
  },
};
