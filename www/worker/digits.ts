/** The digits, a file beside the engine: a new engine does not bring them again. */
import digits from "../../pkg/digits.bin?url";

export async function fetchDigits(): Promise<Uint8Array> {
  // In the page that is one file they are in the script: decoded here, since a strict policy forbids to fetch them.
  const data = /^data:[^,]*;base64,/.exec(digits);
  if (data) return Uint8Array.from(atob(digits.slice(data[0].length)), (letter) => letter.charCodeAt(0));
  const response = await fetch(new URL(digits, self.location.href));
  if (!response.ok) throw new Error(`${digits}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
