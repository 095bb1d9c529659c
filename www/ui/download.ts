/** Hands a file to the reader; nothing is sent anywhere. */
export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has the file's address by the next task; the memory is given back then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
