import { connect, createServer } from 'node:net';
import { Problem } from './problem.mjs';

const CONNECT_LIMIT_MS = 500;

/**
 * Checks that a port is free on every address of this machine.
 * @param {number} port
 * @param {string} setting the environment variable that moves it
 * @param {string} purpose such as `the console`
 */
export async function requireFreePort(port, setting, purpose) {
  const code = (await listenCode(port)) ?? ((await answers(port)) ? 'EADDRINUSE' : null);
  if (code === null) return;
  if (code === 'EACCES') {
    throw new Problem(
      `This user may not use port ${port} for ${purpose}.`,
      `Choose one above 1023: ${setting}=3000 npm start`,
    );
  }
  if (code !== 'EADDRINUSE')
    throw new Problem(
      `Port ${port} for ${purpose} cannot be used (${code}).`,
      `Choose another: ${setting}=3100 npm start`,
    );
  throw new Problem(
    `Port ${port}, wanted for ${purpose}, is in use by another program.`,
    `Stop that program, or choose another port: ${setting}=${port + 100} npm start`,
  );
}

function listenCode(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen(port, () => server.close(() => resolve(null)));
  });
}

/** Where the system lets two programs listen on one port at different addresses, the loopback one would win over ours. */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: CONNECT_LIMIT_MS });
    const finish = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}
