import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of this process. Labels are templates, kinds and codes; never an id or client data. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'matterline_http_request_seconds',
    help: 'Time to answer an HTTP request.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  private readonly runs = new Counter({
    name: 'matterline_work_total',
    help: 'Runs of operations, events and deliveries by how they ended.',
    labelNames: ['topic', 'kind', 'state', 'code'],
    registers: [this.registry],
  });

  private readonly calls = new Counter({
    name: 'matterline_smokeball_calls_total',
    help: 'Calls to Smokeball.',
    labelNames: ['method', 'route', 'outcome'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  request(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  run(topic: string, kind: string, state: string, code = ''): void {
    this.runs.inc({ topic, kind, state, code });
  }

  smokeballCall(method: string, route: string, outcome: string): void {
    this.calls.inc({ method, route, outcome });
  }

  async text(): Promise<string> {
    return await this.registry.metrics();
  }
}
