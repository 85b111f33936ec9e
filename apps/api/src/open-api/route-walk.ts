import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ROUTE_POLICY, type RoutePolicy } from '@matterline/auth';

/** A route of a controller, as its decorators say. */
export interface WalkedRoute {
  /** Lower case, as OpenAPI writes it. */
  readonly method: string;
  /** With parameters in braces: `/api/v1/matters/{casehug_matter_id}`. */
  readonly path: string;
  /** `MattersController.get` */
  readonly handler: string;
  readonly policy: RoutePolicy | undefined;
}

type Handler = (...args: never[]) => unknown;

/** Every method of the controllers that Nest makes a route of. */
export function walkRoutes(controllers: readonly unknown[]): WalkedRoute[] {
  return (controllers as Type[]).flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    const root = String(Reflect.getMetadata(PATH_METADATA, controller));
    const members = Object.getOwnPropertyNames(prototype).filter((member) => member !== 'constructor');
    return members.flatMap((member) => {
      const handler = Object.getOwnPropertyDescriptor(prototype, member)?.value as Handler | undefined;
      if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod].toLowerCase();
      const paths = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
      const policy = Reflect.getMetadata(ROUTE_POLICY, handler) as RoutePolicy | undefined;
      const name = `${controller.name}.${member}`;
      return paths.map((path) => ({ method, path: openApiPath(`${root}/${path}`), handler: name, policy }));
    });
  });
}

const openApiPath = (path: string): string =>
  `/${path.split('/').filter(Boolean).join('/')}`.replaceAll(/:(\w+)/g, '{$1}');
