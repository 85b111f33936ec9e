import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, createFastifyAdapter, Log, Metrics, nestLogger } from '@matterline/platform';
import type { FastifyInstance } from 'fastify';
import { ApiModule } from './app.module';
import { serveConsole } from './console-files';
import { serveOpenApi } from './open-api';

/** The API, ready to listen. */
export async function createApi(config: Config): Promise<NestFastifyApplication> {
  const log = new Log(config.logLevel);
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.forRoot(config),
    createFastifyAdapter(config),
    {
      bodyParser: false,
      bufferLogs: false,
      abortOnError: false,
      logger: nestLogger(log),
    },
  );
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: config.publicUrl.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    referrerPolicy: { policy: 'same-origin' },
  });
  await fastify.register(fastifyMultipart);
  observe(fastify, app.get(Metrics));
  serveConsole(fastify, process.cwd());
  serveOpenApi(app);
  app.enableShutdownHooks();
  return app;
}

function observe(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.request(request.method, request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}
