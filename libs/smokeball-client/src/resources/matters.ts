import { z } from 'zod';
import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { acceptedSchema, createdSchema, linkSchema, type Created, type Link } from '../wire/link';
import { matterSchema, matterTagSchema, type Matter, type MatterStatus, type MatterTag } from '../wire/matter';
import { matterRolesSchema, type MatterRole } from '../wire/matter-role';
import {
  matterPatchSchema,
  matterTagWriteSchema,
  matterWriteSchema,
  type MatterPatch,
  type MatterTagWrite,
  type MatterWrite,
} from '../wire/matter-write';
import { collectionSchema, pageSchema, type Page, type PageRequest } from '../wire/page';
import { secondsIso } from './date-filter';
import { pageQuery } from './paging';

interface MatterFilter extends PageRequest {
  /** Plain words over client names, other sides, description and number. Structured terms find nothing here, silently. */
  readonly search?: string;
  /** Matters to which this contact is a party. */
  readonly contactId?: string;
  readonly statuses?: readonly MatterStatus[];
  readonly matterTypeId?: string;
  /** Default: matters only. */
  readonly type?: 'Matters' | 'Leads' | 'Matters,Leads';
  /** e.g. `asc(LastUpdated)` */
  readonly sort?: string;
  readonly fields?: readonly ('items' | 'tags')[];
}

/** Changed since a moment (cut to the second) or since some ticks; Smokeball refuses both together. */
export type MatterListFilter = MatterFilter &
  (
    | { readonly lastUpdated?: Date; readonly updatedSince?: undefined }
    | { readonly lastUpdated?: undefined; readonly updatedSince?: bigint }
  );

/** Matters and leads: one resource, told apart by `isLead`. docs/smokeball-api.md#matters */
export class MattersResource {
  constructor(private readonly transport: SmokeballTransport) {}

  /** 404 right after a create means: not readable yet. */
  get(matterId: string, context: CallContext): Promise<CallResult<Matter>> {
    return this.transport.call({ ...at('GET', '', matterId), answer: matterSchema }, context);
  }

  /** Filter by status yourself where it matters: whether deleted matters are left out is not documented. */
  list(filter: MatterListFilter, context: CallContext): Promise<CallResult<Page<Matter>>> {
    const query = {
      ...pageQuery(filter),
      Search: filter.search,
      MatterTypeId: filter.matterTypeId,
      ContactId: filter.contactId,
      Status: filter.statuses,
      Type: filter.type,
      UpdatedSince: filter.updatedSince,
      LastUpdated: filter.lastUpdated === undefined ? undefined : secondsIso(filter.lastUpdated),
      Sort: filter.sort,
      Fields: filter.fields?.join(','),
    };
    return this.transport.call(
      { method: 'GET', route: '/matters', query, answer: pageSchema(matterSchema, filter) },
      context,
    );
  }

  /** Accepted, not done: the id is final; number and title come later, a late refusal comes only as an `error` webhook. */
  create(matter: MatterWrite, context: CallContext): Promise<CallResult<Created>> {
    const body = { schema: matterWriteSchema, value: matter };
    return this.transport.call({ method: 'POST', route: '/matters', body, answer: createdSchema }, context);
  }

  /** A partial change; absent members stay. Accepted, not done. */
  patch(matterId: string, patch: MatterPatch, context: CallContext): Promise<CallResult<void>> {
    const body = { schema: matterPatchSchema, value: patch };
    return this.transport.call({ ...at('PATCH', '', matterId), body, answer: acceptedSchema }, context);
  }

  /** Every party with its role, other sides included. */
  roles(matterId: string, context: CallContext): Promise<CallResult<readonly MatterRole[]>> {
    return this.transport.call({ ...at('GET', '/roles', matterId), answer: matterRolesSchema }, context);
  }

  listTags(matterId: string, context: CallContext): Promise<CallResult<readonly MatterTag[]>> {
    return this.transport.call({ ...at('GET', '/tags', matterId), answer: collectionSchema(matterTagSchema) }, context);
  }

  /** Done at once (201). */
  addTags(matterId: string, tags: readonly MatterTagWrite[], context: CallContext): Promise<CallResult<Link>> {
    const body = { schema: z.array(matterTagWriteSchema).min(1), value: tags };
    return this.transport.call({ ...at('POST', '/tags', matterId), body, answer: linkSchema }, context);
  }

  /** Takes the tag off this matter only. */
  removeTag(matterId: string, tagId: string, context: CallContext): Promise<CallResult<void>> {
    const route = '/matters/{matterId}/tags/{tagId}';
    const uuids = ['matterId', 'tagId'];
    return this.transport.call(
      { method: 'DELETE', route, path: { matterId, tagId }, uuids, answer: acceptedSchema },
      context,
    );
  }
}

function at<M extends 'GET' | 'POST' | 'PATCH'>(method: M, below: '' | '/tags' | '/roles', matterId: string) {
  return { method, route: `/matters/{matterId}${below}`, path: { matterId }, uuids: ['matterId'] };
}
