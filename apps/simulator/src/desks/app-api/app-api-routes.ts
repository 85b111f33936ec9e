import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SimulatorCore } from '../../core';
import { NotFoundError } from '../not-found-error';
import { contactHaystack, contactPage, contactRow } from './contact-view';
import type { FirmState } from './firm-state';
import { matterPage, matterRow, namesOf, partyIds, staffName } from './matter-view';
import { text, type Row } from './members';
import { TenantViews } from './tenant-views';

const ROWS_SHOWN = 200;

type Params = { readonly tenant: string; readonly id: string };
type Query = { readonly q?: string; readonly status?: string; readonly firm?: string };

/** `/{tenant}/app-api/…`: what the simulated Smokeball's own pages read. Every answer carries the tenant's `version`. */
export function appApiRoutes(scope: FastifyInstance, sim: SimulatorCore): void {
  const views = new TenantViews(sim);
  const firms = (request: FastifyRequest): readonly FirmState[] => {
    const state = views.state((request.params as Params).tenant);
    if (state === undefined) throw new NotFoundError('tenant');
    const { firm } = request.query as Query;
    return firm === undefined || firm === '' ? state.firms : state.firms.filter((one) => one.account_id === firm);
  };
  const answer = (request: FastifyRequest, reply: FastifyReply, body: Row): FastifyReply =>
    reply
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ version: views.version((request.params as Params).tenant), ...body }, bigintsAsText));

  scope.get('/:tenant/app-api/summary', (request, reply) => {
    const info = sim.tenants().find((one) => one.name === (request.params as Params).tenant);
    return answer(request, reply, { ...info, firms: firms(request).map(firmRow) });
  });

  scope.get('/:tenant/app-api/matters', (request, reply) => {
    const { status = '' } = request.query as Query;
    const all = firms(request).flatMap((firm) => {
      const names = namesOf(firm);
      return firm.matters.map((matter) => ({
        ...matterRow(matter, names),
        version_id: text(matter['versionId']),
        firm: firm.name,
      }));
    });
    const found = all
      .filter((matter) => status === '' || matter.status === status)
      .filter((matter) =>
        matches(
          request,
          [matter.number, matter.title, matter.description, ...matter.clients.map(({ name }) => name)].join('\n'),
        ),
      );
    const newest = found.sort((a, b) => newerFirst(a.version_id, b.version_id));
    return answer(request, reply, { total: newest.length, matters: newest.slice(0, ROWS_SHOWN) });
  });

  scope.get('/:tenant/app-api/matters/:id', (request, reply) => {
    const { firm, record } = find(firms(request), 'matters', (request.params as Params).id, 'matter');
    return answer(request, reply, { matter: { ...matterPage(record, firm, namesOf(firm)), firm: firm.name } });
  });

  scope.get('/:tenant/app-api/contacts', (request, reply) => {
    const all = firms(request).flatMap((firm) => firm.contacts.map((contact) => ({ firm, contact })));
    const found = all.filter(({ contact }) => matches(request, contactHaystack(contact)));
    const newest = found.sort((a, b) => newerFirst(text(a.contact['lastUpdated']), text(b.contact['lastUpdated'])));
    const shown = newest.slice(0, ROWS_SHOWN).map(({ firm, contact }) => ({ ...contactRow(contact), firm: firm.name }));
    return answer(request, reply, { total: newest.length, contacts: shown });
  });

  scope.get('/:tenant/app-api/contacts/:id', (request, reply) => {
    const { id } = request.params as Params;
    const { firm, record } = find(firms(request), 'contacts', id, 'contact');
    const matters = firm.matters
      .filter((matter) => partyIds(matter).includes(id))
      .map((matter) => matterRow(matter, namesOf(firm)));
    return answer(request, reply, { contact: { ...contactPage(record), firm: firm.name, matters } });
  });

  scope.get('/:tenant/app-api/staff', (request, reply) => {
    const staff = firms(request).flatMap((firm) =>
      firm.staff.map((one) => ({ ...one, name: staffName(one), firm: firm.name })),
    );
    const users = firms(request).flatMap((firm) => firm.users.map((user) => ({ ...user, firm: firm.name })));
    return answer(request, reply, { staff, users });
  });

  scope.get('/:tenant/app-api/webhooks', (request, reply) => {
    const hooks = firms(request).flatMap((firm) =>
      firm.webhooks.map(({ key, ...hook }) => ({ ...hook, signed: key !== null, firm: firm.name })),
    );
    return answer(request, reply, { webhooks: hooks });
  });
}

function firmRow(firm: FirmState): Row {
  const { account_id, name, contacts, matters, files } = firm;
  return { account_id, name, contacts: contacts.length, matters: matters.length, files: files.length };
}

function find(
  firms: readonly FirmState[],
  list: 'matters' | 'contacts',
  id: string,
  what: string,
): { firm: FirmState; record: Row } {
  const wanted = id.toLowerCase();
  for (const firm of firms) {
    const record = firm[list].find((one) => text(one['id']).toLowerCase() === wanted);
    if (record !== undefined) return { firm, record };
  }
  throw new NotFoundError(what);
}

function matches(request: FastifyRequest, haystack: string): boolean {
  const words = ((request.query as Query).q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const text = haystack.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Ticks as text: the longer one is the later one, and of the same length the greater text. */
function newerFirst(a: string, b: string): number {
  return b.length - a.length || (a < b ? 1 : a > b ? -1 : 0);
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
