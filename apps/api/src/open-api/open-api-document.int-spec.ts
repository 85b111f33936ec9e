import { SwaggerModule } from '@nestjs/swagger';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { openApiDocument } from './open-api-document';

const routesOf = (paths: object) =>
  Object.entries(paths).flatMap(([path, item]) => Object.keys(item as object).map((method) => `${method} ${path}`));

describe('the OpenAPI document', () => {
  let one: AppUnderTest;

  beforeAll(async () => {
    one = await startApp();
  });
  afterAll(() => one.close());

  it('has the routes that Nest itself finds in the running API, and no other', () => {
    const found = SwaggerModule.createDocument(one.app, { openapi: '3.1.0', info: { title: '', version: '' } }).paths;
    expect(routesOf(openApiDocument().paths).sort()).toEqual(routesOf(found).sort());
  });
});
