import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeBodies } from './open-api-bodies';

/** Makes the OpenAPI document from the routes and the schemas of `libs/contracts`. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Matterline')
    .setDescription('Keeps CaseHug, Smokeball and a Vodia PBX in step for a law firm.')
    .setVersion('0.1.0')
    .addApiKey({ type: 'apiKey', name: 'X-Api-Key', in: 'header' }, 'key')
    .addCookieAuth('ml_session', { type: 'apiKey', in: 'cookie' }, 'session')
    .addBearerAuth({ type: 'http' }, 'tenant')
    .build();
  return describeBodies(SwaggerModule.createDocument(app, config));
}

/** Serves it as `GET /api/openapi.json` and to browse at `/api/docs`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Matterline API',
  });
}
