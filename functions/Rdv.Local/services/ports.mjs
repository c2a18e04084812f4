import { createServer } from 'node:net';

/** The usual port when it is free, else one that the system chooses; 0 asks for the latter at once. */
export async function freePort(usual) {
  return (usual && (await bind(usual))) || bind(0);
}

function bind(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: bound } = server.address();
      server.close(() => resolve(bound));
    });
  });
}
