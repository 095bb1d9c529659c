// Lets a worker run every config and sends the digests home. Needs no driver: any browser that opens the page is asked.
const worker = new Worker("/worker.js", { type: "module" });
const send = (report) => fetch("/report", { method: "POST", body: JSON.stringify(report) });
worker.onmessage = ({ data }) => send(data);
worker.onerror = (event) => send({ error: event.message ?? "the worker did not start" });
