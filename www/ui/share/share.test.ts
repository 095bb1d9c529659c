import jsqr from "jsqr";
import { expect, test } from "vitest";
import { type Embedding, embedCode, HOSTS } from "./embed_code";
import { qrPath } from "./qr";

const LINK = 'https://example.org/lab/?view=curves&T=4&soft-T=2&c={"data":{"train":500}}&lang=de';
const EMBEDDING: Embedding = { link: LINK, title: 'Curves & "more"', width: null, height: 420 };

/** What a browser would read: attributes of the first such tag. */
function attributes(code: string, tag: string): Record<string, string> {
  const inside = new RegExp(`<${tag}((?:\\s+[\\w-]+="[^"]*")*)>`).exec(code)?.[1] ?? "";
  const unescape = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return Object.fromEntries([...inside.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, k = "", v = ""]) => [k, unescape(v)]));
}

test.each(["iframe", "quarto", "mkdocs"] as const)("%s: a frame of the link, with its name and size", (host) => {
  const code = embedCode(host, EMBEDDING);
  expect(attributes(code, "iframe")).toMatchObject({
    src: LINK,
    title: 'Curves & "more"',
    width: "100%",
    height: "420",
    loading: "lazy",
  });
  // An ampersand as it stands begins an entity: `&lang=de` and `&alpha=1` are ones.
  expect(code).toContain("&amp;T=4");
  expect(code).not.toMatch(/&(?!amp;|quot;|lt;)/);
  expect(attributes(embedCode(host, { ...EMBEDDING, width: 640 }), "iframe").width).toBe("640");
});

test("Quarto is told that it is HTML, MyST and reveal.js get their own words", () => {
  expect(embedCode("quarto", EMBEDDING).split("\n")[0]).toBe("```{=html}");
  const myst = embedCode("myst", { ...EMBEDDING, width: 640 }).split("\n");
  expect(myst).toEqual([`\`\`\`{iframe} ${LINK}`, ":width: 640px", ':title: Curves & "more"', "```"]);
  const slide = attributes(embedCode("reveal", EMBEDDING), "iframe");
  expect(slide["data-src"]).toBe(LINK);
  expect(slide).not.toHaveProperty("src");
});

test("the element takes every parameter as an attribute, and its script from beside the page", () => {
  const code = embedCode("element", EMBEDDING);
  expect(attributes(code, "script")).toEqual({ type: "module", src: "https://example.org/lab/distill-lab.js" });
  expect(attributes(code, "distill-lab")).toEqual({
    view: "curves",
    t: "4",
    "soft-t": "2",
    c: '{"data":{"train":500}}',
    lang: "de",
  });
  expect(attributes(code, "a").href).toBe(LINK);
});

test("Jupyter gets Python that names the link and the size", () => {
  const code = embedCode("jupyter", EMBEDDING);
  const [, link, width, height] = /IFrame\(("(?:[^"\\]|\\.)*"), width="([^"]+)", height=(\d+)\)$/.exec(code) ?? [];
  expect(JSON.parse(link ?? "")).toBe(LINK);
  expect([width, height]).toEqual(["100%", "420"]);
});

test("no host gets a script it did not ask for", () => {
  const hostile = { ...EMBEDDING, link: `${LINK}&x="><script>alert(1)</script>` };
  for (const host of HOSTS.filter((one) => one !== "myst" && one !== "jupyter" && one !== "element")) {
    expect(embedCode(host, hostile)).not.toContain("<script");
  }
});

/** The path as a camera sees it: four pixels a module. */
function picture(d: string, side: number): { pixels: Uint8ClampedArray; size: number } {
  const size = side * 4;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [, x, y, n] of d.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * 4; row < Number(y) * 4 + 4; row++) {
      for (let at = Number(x) * 4; at < (Number(x) + Number(n)) * 4; at++) {
        pixels.fill(0, (row * size + at) * 4, (row * size + at) * 4 + 3);
      }
    }
  }
  return { pixels, size };
}

test.each([LINK, `https://example.org/${"a".repeat(900)}`])("a camera reads the link in its QR code: %.30s", (link) => {
  const code = qrPath(link);
  const { pixels, size } = picture(code?.d ?? "", code?.side ?? 0);
  // The package is CommonJS, whose default Node gives as an object.
  const read = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;
  expect(read(pixels, size, size)?.data).toBe(link);
});

test("a link too long for any QR code has none", () => {
  expect(qrPath(`https://example.org/${"a".repeat(4000)}`)).toBeNull();
});
