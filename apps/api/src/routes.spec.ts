import 'reflect-metadata';
import { ROLES, SCOPES } from '@matterline/contracts';
import { CONTROLLERS } from './app.module';
import { walkRoutes } from './open-api/route-walk';

const routes = walkRoutes(CONTROLLERS).map((route) => ({
  ...route,
  name: `${route.method} ${route.path} (${route.handler})`,
}));
const words = (text: string) => text.trim().split(/\s+/).length;

describe('every route', () => {
  it('is found by this walk', () => {
    expect(routes.length).toBeGreaterThan(30);
    for (const controller of CONTROLLERS)
      expect([controller.name, walkRoutes([controller]).length]).not.toEqual([controller.name, 0]);
  });

  it('stands once', () => {
    const names = routes.map(({ name }) => name.replace(/ \(.*/, '').replaceAll(/\{\w+\}/g, '{}'));
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
