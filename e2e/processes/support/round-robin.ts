import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A plain balancer: each new connection goes to the next API process, and past one that does not answer. */
export class RoundRobin {
  private turn = 0;

  private constructor(
    readonly port: number,
    private readonly ports: number[],
    private readonly close: () => Promise<void>,
  ) {}

  static async open(): Promise<RoundRobin> {
    const ports: number[] = [];
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      keep(sockets, socket);
      made.forward(socket, ports.length, (target) => keep(sockets, target));
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    const made = new RoundRobin(port, ports, async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return made;
  }

  add(port: number): void {
    this.ports.push(port);
  }

  async stop(): Promise<void> {
    await this.close();
  }

  private forward(socket: Socket, triesLeft: number, opened: (target: Socket) => void): void {
    const port = this.ports[this.turn++ % Math.max(1, this.ports.length)];
    if (port === undefined || triesLeft === 0) return void socket.destroy();
    const target = connect(port, 'localhost');
    opened(target);
    let isConnected = false;
    target.once('connect', () => {
      isConnected = true;
      socket.pipe(target).pipe(socket);
    });
    target.once('close', () => isConnected && socket.destroy());
    target.once('error', () => (isConnected ? socket.destroy() : this.forward(socket, triesLeft - 1, opened)));
    socket.once('close', () => target.destroy());
  }
}

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => undefined);
  socket.once('close', () => sockets.delete(socket));
}
