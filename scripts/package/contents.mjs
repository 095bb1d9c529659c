// What is in a package: the files of the plain one and of the SCORM 1.2 one, by name, as text.

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The page that holds the lab. `done` is the event that ends the work; without a platform there is nobody to tell. */
function page({ title, query, lang }, script) {
  return `<!doctype html>
<html lang="${lang}" data-done="${script ? escaped(script.done) : ""}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${escaped(title)}</title>
    <style>
      body { margin: 0; }
      iframe { display: block; width: 100%; height: 100vh; border: 0; }
    </style>
  </head>
  <body>
    <iframe src="distill-lab.html${query === "" ? "" : `?${escaped(query)}`}" title="${escaped(title)}"></iframe>
${script ? `    <script src="sco.js"></script>\n` : ""}  </body>
</html>
`;
}

/** ADL SCORM 1.2, Content Aggregation Model: one organisation, one item, one resource that is a shareable content object. */
function manifest({ title, id, version }, files) {
  const list = files.map((name) => `      <file href="${escaped(name)}"/>`).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${escaped(id)}" version="1"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <!-- distill-lab ${escaped(version)} -->
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>${escaped(title)}</title>
      <item identifier="item" identifierref="panel" isvisible="true">
        <title>${escaped(title)}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="panel" type="webcontent" adlcp:scormtype="sco" href="index.html">
${list}
    </resource>
  </resources>
</manifest>
`;
}

/**
 * Files by name. `what`: `title`; `query` without `?`; `lang`; `id`, a name for the manifest; `version` of the lab; `done`, the
 * event that ends the work ("result": a run has finished; "check": the chapter's question is answered).
 */
export function plain(what, lab) {
  return { "index.html": page(what), "distill-lab.html": lab };
}

export function scorm(what, lab, script) {
  const files = { "index.html": page(what, { done: what.done }), "sco.js": script, "distill-lab.html": lab };
  return { "imsmanifest.xml": manifest(what, Object.keys(files)), ...files };
}
