/** A panel with a page of its own. */
import type { Component } from "svelte";

export interface GalleryPanel {
  /** In the address. */
  name: string;
  title: string;
  component: Component;
  props: Record<string, unknown>;
  /** The room that a picture of the stage is given, in pixels. */
  room?: { width: number; height: number };
}

/** Props are those of the component; the list forgets them. */
export function panel<P extends Record<string, unknown>>(
  name: string,
  title: string,
  component: Component<P>,
  props: P,
  room?: GalleryPanel["room"],
): GalleryPanel {
  return { name, title, component: component as unknown as Component, props, room };
}
