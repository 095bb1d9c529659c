// The custom element, a file of its own without dependencies.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2022",
    outDir: ".cache/element",
    emptyOutDir: true,
    lib: { entry: "www/embed/element.ts", formats: ["es"], fileName: () => "distill-lab.js" },
  },
});
