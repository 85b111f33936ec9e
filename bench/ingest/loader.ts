import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { signedRequests, type Target } from './signed-requests';

export interface LoadOrder extends Target {
  readonly connections: number;
  readonly seconds: number;
  /** A second; absent: as many as are answered. */
  readonly rate?: number;
}

export interface LoadSeen {
  readonly calls: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** By status, all that were no 200; `0` stands for a connection that broke. */
  readonly failures: Readonly<Record<string, number>>;
  /** The loader's own, of all the time that passed: near 1, it was the limit. */
  readonly busy: number;
}

const HEAD_END = '\r\n\r\n';

/** A process of its own that reads its order from standard input and prints what it saw. Bare sockets, so that it is not the limit. */
async function main(): Promise<void> {
  const order = JSON.parse(await text(process.stdin)) as LoadOrder;
  process.stdout.write(JSON.stringify(await load(order)));
}

async function load(order: LoadOrder): Promise<LoadSeen> {
  const { host, port, connections, seconds, rate } = order;
  const next = signedRequests(order);
  const latenciesMs: number[] = [];
  const failures: Record<string, number> = {};
  const idle: Lane[] = [];
  /** The moments at which requests were due that no connection was free for. */
  const due: number[] = [];
  const lanes = await Promise.all(Array.from({ length: connections }, () => Lane.open(host, port)));
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  const send = (lane: Lane, sinceMs: number): void => {
    lane.send(next(), (status) => {
      const nowMs = performance.now();
      if (status === 200) latenciesMs.push(nowMs - sinceMs);
      else failures[status] = (failures[status] ?? 0) + 1;
      if (status === 0) return;
      const waited = rate === undefined ? nowMs : due.shift();
      if (waited === undefined || nowMs >= endMs) idle.push(lane);
      else send(lane, waited);
    });
  };
  if (rate === undefined) for (const lane of lanes) send(lane, startedMs);
  else {
    idle.push(...lanes);
    for (let sent = 0; performance.now() < endMs; await new Promise((resolve) => setTimeout(resolve, 1))) {
      for (const until = ((performance.now() - startedMs) / 1000) * rate; sent < until; sent += 1) {
        const dueMs = startedMs + (sent / rate) * 1000;
        const lane = idle.pop();
        if (lane) send(lane, dueMs);
        else due.push(dueMs);
      }
    }
  }
  while (idle.length < lanes.filter((lane) => lane.isOpen).length)
    await new Promise((resolve) => setTimeout(resolve, 5));
  const elapsedS = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  for (const lane of lanes) lane.close();
  latenciesMs.sort((a, b) => a - b);
  const share = (part: number): number => latenciesMs[Math.ceil(latenciesMs.length * part) - 1] ?? Number.NaN;
  return {
    calls: latenciesMs.length,
    perSecond: latenciesMs.length / elapsedS,
    p50Ms: share(0.5),
    p99Ms: share(0.99),
    failures,
    busy: (user + system) / 1e6 / elapsedS,
  };
}

/** One kept connection with one request under way at most. */
class Lane {
  isOpen = true;
  private answer = '';
  private answered: (status: number) => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (piece: string) => this.read(piece));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isOpen = false;
      this.answered(0);
    });
  }

  static open(host: string, port: number): Promise<Lane> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new Lane(socket)));
      socket.once('error', reject);
    });
  }

  send(request: string, answered: (status: number) => void): void {
    this.answered = answered;
    this.socket.write(request, 'latin1');
  }

  close(): void {
    this.answered = () => undefined;
    this.socket.destroy();
  }

  private read(piece: string): void {
    this.answer += piece;
    const headEnd = this.answer.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const length = Number(/\ncontent-length: (\d+)/i.exec(this.answer)?.[1] ?? Number.NaN);
    if (this.answer.length < headEnd + HEAD_END.length + length) return;
    const status = Number(this.answer.slice(9, 12));
    this.answer = '';
    this.answered(status);
  }
}

void main();
