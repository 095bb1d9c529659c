import type { IncomingMessage, ServerResponse } from "node:http";
export function serve(
  folders: string | Record<string, string>,
  port: number,
  handle?: (request: IncomingMessage, response: ServerResponse) => boolean,
): Promise<number>;
