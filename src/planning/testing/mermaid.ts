import DOMPurify from 'dompurify'

// The parser wants to clean labels for a page; without a page there is nothing to clean.
Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (text: string) => text })
const { default: mermaid } = await import('mermaid')

/** Mermaid's own parser. Gives the kind of each diagram in a Markdown text; rejects when one does not parse. */
export async function diagramsIn(markdown: string): Promise<string[]> {
  const kinds: string[] = []
  for (const [, diagram = ''] of markdown.matchAll(/^```mermaid\n(.*?)\n```$/gms)) {
    kinds.push((await mermaid.parse(diagram)).diagramType)
  }
  return kinds
}
