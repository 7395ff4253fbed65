/** A text from `/bulk`, line by line. */
export async function readLines(path: string): Promise<string[]> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`The core answered ${response.status}.`);
  return (await response.text()).split('\n');
}
