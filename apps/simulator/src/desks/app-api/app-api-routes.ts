import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Firm } from '../../model/firm';
import type { ContactRecord, MatterRecord } from '../../model/records';
import type { Tenant } from '../../model/tenant';
import { contactView } from '../../resources/contact-view';
import { Links } from '../../resources/links';
import { matterView } from '../../resources/matter-view';
import { staffView } from '../../resources/staff';
import { NotFoundError } from '../not-found-error';
import type { SmokeballBehind } from '../smokeball-behind';
import { contactPage, contactRow } from './contact-view';
import { foundElsewhere } from './found-elsewhere';
import { listQuery, type ListQuery } from './list-query';
import { matterPage, matterRow, namesOf, staffName } from './matter-view';
import type { Row } from './members';
import { mergedPage } from './merged-page';
import { TenantRows } from './tenant-rows';

const MATTERS_OF_A_CONTACT = 200;

type Params = { readonly tenant: string; readonly id: string };

/** `/{tenant}/app-api/…`: what the simulated Smokeball's own pages read. Every answer carries the tenant's `version`. */
export function appApiRoutes(scope: FastifyInstance, sim: SmokeballBehind): void {
  const rows = new TenantRows(sim);
  const tenantOf = (request: FastifyRequest): Tenant => {
    const tenant = sim.findTenant((request.params as Params).tenant);
    if (tenant === undefined) throw new NotFoundError('tenant');
    return tenant;
  };
  const answer = (request: FastifyRequest, reply: FastifyReply, body: Row): FastifyReply =>
    reply
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ version: rows.version((request.params as Params).tenant), ...body }, bigintsAsText));
  const isKnown = (request: FastifyRequest, query: ListQuery): boolean =>
    query.known === rows.version((request.params as Params).tenant);

  const contactOf = (tenant: Tenant, firm: Firm, record: ContactRecord): Row =>
    contactView(firm, record, new Links(tenant.info.apiUrl)) as Row;
  const matterOf = (tenant: Tenant, firm: Firm, record: MatterRecord): Row => {
    const options = { withItems: true, withTags: true };
    return matterView(firm, sim.catalogue(tenant.info.name), record, new Links(tenant.info.apiUrl), options);
  };
  const matterLine = (tenant: Tenant, firm: Firm, record: MatterRecord): Row => ({
    ...matterRow(matterOf(tenant, firm, record), namesOf(firm)),
    firm: firm.record().name,
  });

  scope.get('/:tenant/app-api/summary', (request, reply) => {
    const tenant = tenantOf(request);
    return answer(request, reply, { ...tenant.info, firms: [...tenant.firms.values()].map(firmRow) });
  });

  scope.get('/:tenant/app-api/matters', (request, reply) => {
    const tenant = tenantOf(request);
    const query = listQuery(request.query);
    if (isKnown(request, query)) return answer(request, reply, { same: true });
    const { total, found } = mergedPage(firmsOf(tenant, query.firm), query, {
      rows: (firm) => rows.of(firm).matters,
      record: (firm, id) => firm.matters.get(id),
      passes: unlessAll(
        query,
        (matter: MatterRecord) =>
          (query.status === '' || matter.status === query.status) &&
          (query.kind === '' || matter.isLead === (query.kind === 'lead')),
      ),
    });
    const matters = found.map(({ firm, record }) => matterLine(tenant, firm, record));
    return answer(request, reply, { total, page: query.page, per_page: query.count, matters });
  });

  scope.get('/:tenant/app-api/matters/:id', (request, reply) => {
    const tenant = tenantOf(request);
    const { firm, record } = find(sim, tenant, 'matters', (request.params as Params).id);
    const page = matterPage(matterOf(tenant, firm, record), record, firm);
    const firmMembers = { firm: firm.record().name, account_id: firm.accountId };
    return answer(request, reply, { matter: { ...page, ...firmMembers } });
  });

  scope.get('/:tenant/app-api/contacts', (request, reply) => {
    const tenant = tenantOf(request);
    const query = listQuery(request.query);
    if (isKnown(request, query)) return answer(request, reply, { same: true });
    const { total, found } = mergedPage(firmsOf(tenant, query.firm), query, {
      rows: (firm) => rows.of(firm).contacts,
      record: (firm, id) => firm.contacts.get(id),
      passes: unlessAll(
        query,
        (contact: ContactRecord) =>
          (query.kind === '' || contact.kind === query.kind) &&
          (query.status === '' || contact.isDeleted === (query.status === 'deleted')),
      ),
    });
    const contacts = found.map(({ firm, record }) => ({
      ...contactRow(contactOf(tenant, firm, record)),
      firm: firm.record().name,
    }));
    return answer(request, reply, { total, page: query.page, per_page: query.count, contacts });
  });

  scope.get('/:tenant/app-api/contacts/:id', (request, reply) => {
    const tenant = tenantOf(request);
    const { firm, record } = find(sim, tenant, 'contacts', (request.params as Params).id);
    const all = firm.matters.listing.ofContact(record.id);
    const matters = all.slice(0, MATTERS_OF_A_CONTACT).map((matter) => matterLine(tenant, firm, matter));
    const page = contactPage(contactOf(tenant, firm, record), namesOf(firm));
    const firmMembers = { firm: firm.record().name, account_id: firm.accountId };
    return answer(request, reply, { contact: { ...page, ...firmMembers, matters, matters_total: all.length } });
  });

  scope.get('/:tenant/app-api/staff', (request, reply) => {
    const tenant = tenantOf(request);
    const firms = firmsOf(tenant, listQuery(request.query).firm);
    const links = new Links(tenant.info.apiUrl);
    const staff = firms.flatMap((firm) =>
      [...firm.staff.values()].map((one) => ({
        ...staffView(one, links, true),
        name: staffName(one.body),
        firm: firm.record().name,
        account_id: firm.accountId,
      })),
    );
    const users = firms.flatMap((firm) => [...firm.users.values()].map((user) => ({ ...user, userId: user.id })));
    return answer(request, reply, { staff, users });
  });

  scope.get('/:tenant/app-api/webhooks', (request, reply) => {
    const tenant = tenantOf(request);
    const firms = firmsOf(tenant, listQuery(request.query).firm);
    const hooks = [...tenant.subscriptions.values()].flatMap((hook) => {
      const firm = firms.find((one) => one.accountId === hook.accountId);
      if (firm === undefined) return [];
      const { id, clientId, name, eventTypes, eventNotificationUrl } = hook;
      const signed = hook.key !== null;
      return [{ id, clientId, name, eventTypes, eventNotificationUrl, signed, firm: firm.record().name }];
    });
    return answer(request, reply, { webhooks: hooks });
  });

  scope.get('/:tenant/app-api/matter-types', (request, reply) => {
    const { location = '', lead = '' } = request.query as { readonly location?: string; readonly lead?: string };
    const { types } = sim.catalogue(tenantOf(request).info.name);
    const wanted = lead === 'true' ? 1 : 0;
    const fitting = types.filter((type) => type.location === location && type.type === wanted);
    const matterTypes = fitting.map(({ id, name, category, representativeOptions }) => {
      return { id, name, category, roles: representativeOptions };
    });
    return answer(request, reply, {
      locations: [...new Set(types.map((type) => type.location))].sort(),
      matter_types: matterTypes,
    });
  });
}

/** A test that nothing asks for would only cost time. */
function unlessAll<T>(query: ListQuery, test: (record: T) => boolean): ((record: T) => boolean) | undefined {
  return query.status === '' && query.kind === '' ? undefined : test;
}

function firmsOf(tenant: Tenant, accountId: string): readonly Firm[] {
  return [...tenant.firms.values()].filter((firm) => accountId === '' || firm.accountId === accountId);
}

function firmRow(firm: Firm): Row {
  const { accountId, contacts, matters, files } = firm;
  const name = firm.record().name;
  return { account_id: accountId, name, contacts: contacts.size, matters: matters.size, files: files.size };
}

interface Found<T> {
  readonly firm: Firm;
  readonly record: T;
}

function find(sim: SmokeballBehind, tenant: Tenant, list: 'matters', id: string): Found<MatterRecord>;
function find(sim: SmokeballBehind, tenant: Tenant, list: 'contacts', id: string): Found<ContactRecord>;
function find(
  sim: SmokeballBehind,
  tenant: Tenant,
  list: 'matters' | 'contacts',
  id: string,
): Found<MatterRecord | ContactRecord> {
  for (const firm of tenant.firms.values()) {
    const record = firm[list].get(id) ?? firm[list].get(id.toLowerCase());
    if (record !== undefined) return { firm, record };
  }
  const what = list === 'matters' ? 'matter' : 'contact';
  throw new NotFoundError(what, foundElsewhere(sim, tenant.info.name, list, id));
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
