import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import { openApiDocument } from './open-api/open-api-document';

/** Serves the OpenAPI document as `GET /api/openapi.json` and to browse at `/api/docs`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, openApiDocument(), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Matterline API',
  });
}
