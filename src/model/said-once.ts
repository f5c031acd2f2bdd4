/** A check that says each fault once: what is not mended then is dropped by code and reported. */
export function saidOnce<T>(faults: (answer: T) => readonly string[]): (answer: T) => string[] {
  const said = new Set<string>()
  return (answer) => {
    const fresh = faults(answer).filter((fault) => !said.has(fault))
    for (const fault of fresh) said.add(fault)
    return fresh
  }
}
