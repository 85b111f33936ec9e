import 'reflect-metadata';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { type RequestMethod, type Type } from '@nestjs/common';
import { ROLES, SCOPES } from '@matterline/contracts';
import { ROUTE_POLICY, type RoutePolicy } from '@matterline/auth';
import { CONTROLLERS } from './app.module';

interface Route {
  readonly name: string;
  readonly policy: RoutePolicy | undefined;
}

type Method = (...args: never[]) => unknown;

/** Every method of a controller that Nest makes a route of. */
function routesOf(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const root = String(Reflect.getMetadata(PATH_METADATA, controller));
  const members = Object.getOwnPropertyNames(prototype).filter((member) => member !== 'constructor');
  return members.flatMap((member) => {
    const handler = Object.getOwnPropertyDescriptor(prototype, member)?.value as Method | undefined;
    if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod;
    const paths = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
    const policy = Reflect.getMetadata(ROUTE_POLICY, handler) as RoutePolicy | undefined;
    return paths.map((path) => ({ name: `${method} ${root}/${path} (${controller.name}.${member})`, policy }));
  });
}

const routes = CONTROLLERS.flatMap((controller) => routesOf(controller as Type));
const words = (text: string) => text.trim().split(/\s+/).length;

describe('every route', () => {
  it('is found by this walk', () => {
    expect(routes.length).toBeGreaterThan(30);
    for (const controller of CONTROLLERS)
      expect([controller.name, routesOf(controller as Type).length]).not.toEqual([controller.name, 0]);
  });

  it('stands once', () => {
    const names = routes.map(({ name }) => name.replace(/ \(.*/, '').replaceAll(/:\w+/g, ':id'));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it.each(routes)('$name declares who may call it', ({ policy }) => {
    const [[kind, value] = []] = Object.entries(policy?.allow ?? {});
    switch (kind) {
      case 'scope':
        expect(SCOPES).toContain(value);
        break;
      case 'role':
        expect(ROLES).toContain(value);
        break;
      case 'session':
        expect(value).toBe(true);
        break;
      case 'open':
      case 'elsewhere':
        expect(words(String(value))).toBeGreaterThan(2);
        break;
      default:
        throw new Error('no policy');
    }
  });

  it.each(routes)('$name says what it audits, or why nothing', ({ policy }) => {
    const audit = policy?.audit;
    if (typeof audit === 'string') expect(audit).toMatch(/^[a-z_]+\.[a-z_]+$/);
    else expect(words(audit?.none ?? '')).toBeGreaterThan(1);
  });
});
