/** The start of every worker: "init" loads the engine, and messages that come before it is there wait in order. */
import type { EngineSource } from "../shared/protocol";

interface Init {
  type: "init";
  engine: EngineSource;
}

/** `start` loads the engine and returns what takes the messages; null when it could not, and has said so. */
export function serve<Message extends { type: string }>(
  start: (engine: EngineSource) => Promise<((message: Message) => void) | null>,
): void {
  const waiting: Message[] = [];
  let receive: ((message: Message) => void) | null = null;
  self.onmessage = async (event: MessageEvent<Message | Init>) => {
    const message = event.data;
    if (!isInit(message)) {
      if (receive === null) waiting.push(message);
      else receive(message);
      return;
    }
    const ready = await start(message.engine);
    if (ready === null) return;
    ready(message as unknown as Message);
    for (const early of waiting.splice(0)) ready(early);
    receive = ready;
  };
}

function isInit(message: { type: string }): message is Init {
  return message.type === "init";
}
