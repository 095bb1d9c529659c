"""A panel of distill-lab as a widget: its settings and its result as values in Python.

    lab = DistillLab("https://example.org/distill-lab/", view="compare", T=4)
    lab                      # shows the panel
    lab.run()                # trains; returns at once
    lab.result["digest"]     # once the run is done

Keywords are those of the page's address. `lab.config` is the configuration that the panel has, complete; `lab.configure`
lays settings over it, and a value that cannot be used is told in `lab.error` (`code`, `path`, `message`).
"""

from urllib.parse import urlencode

import anywidget
import traitlets


class DistillLab(anywidget.AnyWidget):
    _esm = """
    export default {
      render({ model, el }) {
        const frame = document.createElement("iframe");
        frame.src = model.get("address");
        frame.title = "distill-lab";
        frame.style.cssText = `display: block; width: 100%; height: ${model.get("height")}px; border: 0`;
        const post = (id, call, args) =>
          frame.contentWindow?.postMessage({ "distill-lab": 1, id, call, args }, new URL(frame.src).origin);
        const put = (name, value) => {
          model.set(name, value);
          model.save_changes();
        };
        const hear = ({ source, data }) => {
          if (source !== frame.contentWindow || data?.["distill-lab"] !== 1) return;
          if (data.event === "height") frame.style.height = `${data.detail}px`;
          else if (data.event === "configchange") put("config", data.detail);
          else if (data.event === "result") put("result", data.detail);
          else if (data.event === "error") put("error", data.detail);
          else if (data.ok === false) put("error", data.error);
          else if (data.id === "config") put("config", data.value);
        };
        const ask = ({ call, args }) => post(call, call, args);
        const first = () => post("config", "config", []);
        addEventListener("message", hear);
        frame.addEventListener("load", first);
        model.on("msg:custom", ask);
        el.append(frame);
        return () => {
          removeEventListener("message", hear);
          model.off("msg:custom", ask);
        };
      },
    };
    """
    address = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(480).tag(sync=True)
    config = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    result = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    error = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, site, height=480, **query):
        super().__init__(address=f"{site}?{urlencode(query)}", height=height)

    def configure(self, **settings):
        """Lays settings over the configuration: `configure(distillation={"temperature": 8})`."""
        self.send({"call": "configure", "args": [settings]})

    def run(self):
        """Trains; `result` holds what came of it once it is done."""
        self.result = None
        self.send({"call": "run", "args": []})
