import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, as when that dies or the network does. */
export interface TcpProxy {
  /** The server's address by this way. */
  readonly url: string;
  /** Ends all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Takes what comes, but passes nothing on from now on, in either direction. */
  silence(): void;
  /** All is well again, for new connections. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Of a database whose address names none. */
const defaultPort = 5432;

/** Listens on a free port and passes everything on to the server of `url`. */
export async function createTcpProxy(url: string): Promise<TcpProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isSilent = false;

  function forward(client: Socket): void {
    const upstream = connect(Number(target.port || defaultPort), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => {
        if (!isSilent) to.write(bytes);
      });
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('error', () => to.destroy());
    }
  }

  async function listen(port: number): Promise<Server> {
    const server = createServer(forward);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }

  let server: Server | undefined = await listen(0);
  const { port } = addressOf(server);
  const through = new URL(url);
  through.host = `127.0.0.1:${port}`;

  async function cut(): Promise<void> {
    const closing = server;
    server = undefined;
    const closed = closing && once(closing, 'close');
    closing?.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    url: through.href,
    cut,
    silence: () => {
      isSilent = true;
    },
    mend: async () => {
      isSilent = false;
      server ??= await listen(port);
    },
    close: cut,
  };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return address;
}
