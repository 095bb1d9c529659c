// Runs one preset in every way to embed the lab and reports the digests.
const preset = new URLSearchParams(location.search).get("preset");
const query = `?preset=${preset}&view=curves`;

/** Runs the lab in a frame by messages; resolves to the digest. */
function inFrame(set) {
  const frame = document.createElement("iframe");
  frame.width = "300";
  frame.height = "200";
  set(frame);
  const digest = new Promise((done) => {
    addEventListener("message", ({ source, data }) => {
      if (source !== frame.contentWindow || typeof data !== "object") return;
      if (data.event === "height" && !frame.asked) {
        frame.asked = true;
        source.postMessage({ "distill-lab": 1, id: 1, call: "run", args: [] }, "*");
      }
      if (data.id === 1) done(data.ok ? data.value.digest : data.error.message);
    });
  });
  // Before the element, which grows: Chromium lets a frame of another origin rest while it is out of sight.
  document.body.prepend(frame);
  return digest;
}

const single = await (await fetch("/site/distill-lab.html")).text();
const element = document.createElement("distill-lab");
element.setAttribute("preset", preset);
element.setAttribute("view", "curves");
document.body.append(element);
await customElements.whenDefined("distill-lab");

const ways = {
  "the site in a frame": inFrame((frame) => {
    frame.src = `/site/index.html${query}`;
  }),
  "the element": element.run().then((result) => result.digest),
  "the file in a sandbox": inFrame((frame) => {
    frame.sandbox = "allow-scripts";
    frame.src = `/site/distill-lab.html${query}`;
  }),
  "the file in srcdoc": inFrame((frame) => {
    frame.sandbox = "allow-scripts";
    frame.name = query;
    frame.srcdoc = single;
  }),
};
/** One way that hangs is named, and hides no other. */
const PATIENCE_MS = 60_000;
const patience = new Promise((_, refuse) => setTimeout(() => refuse(new Error("no answer")), PATIENCE_MS));
patience.catch(() => undefined);
const told = {};
for (const [way, digest] of Object.entries(ways))
  told[way] = await Promise.race([digest, patience]).catch((error) => String(error));
await fetch("/report", { method: "POST", body: JSON.stringify({ ways: told }) });
