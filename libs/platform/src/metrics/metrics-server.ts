import { createServer, type Server } from 'node:http';
import type { Metrics } from './metrics';

/** Metrics on a port of their own, for a network that only the monitoring reaches. */
export function startMetricsServer(metrics: Metrics, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    void metrics
      .text()
      .then((text) => response.writeHead(200, { 'Content-Type': metrics.registry.contentType }).end(text));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
