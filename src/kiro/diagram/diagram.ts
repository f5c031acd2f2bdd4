/** How a part of a diagram is drawn. */
export type PartShape = 'box' | 'round' | 'store'

/** A box of a diagram. */
export interface DiagramPart {
  id: string
  title: string
  shape: PartShape
  /** What stands below its title, such as the fields of a record. */
  rows: string[]
}

/** A line between two boxes, by their ids. */
export interface DiagramLink {
  from: string
  to: string
  /** Empty where nothing is said. */
  label: string
  dashed: boolean
  /** Whether it points to its second end. */
  arrow: boolean
}

/** What a drawing in Mermaid's language says. */
export interface Diagram {
  /** Whether what follows stands to the right, or below. */
  direction: 'right' | 'down'
  parts: DiagramPart[]
  links: DiagramLink[]
}

/** More than this nobody could read on a page. */
const most = { parts: 60, links: 120, label: 200 } as const

/** The parts and links of a diagram while it is read; a part is there from when it is first named. */
export class DiagramDraft {
  private readonly parts = new Map<string, DiagramPart>()
  private readonly links: DiagramLink[] = []
  direction: Diagram['direction'] = 'down'

  part(id: string): DiagramPart {
    const known = this.parts.get(id) ?? { id, title: id, shape: 'box', rows: [] }
    this.parts.set(id, known)
    return known
  }

  link(link: DiagramLink): void {
    this.links.push(link)
  }

  /** Undefined when there is nothing, or too much to be read. */
  finished(): Diagram | undefined {
    const { parts, links, direction } = this
    const isReadable = parts.size <= most.parts && links.length <= most.links
    if (parts.size === 0 || !isReadable) return undefined
    return { direction, parts: [...parts.values()], links }
  }
}

/** A label as its reader sees it: without quotes and line breaks, and not endless. */
export function labelText(text: string): string {
  const plain = text
    .replace(/^"(.*)"$/, '$1')
    .replaceAll(/<br\s*\/?>/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return plain.length > most.label ? `${plain.slice(0, most.label - 1)}…` : plain
}

/** What a diagram says, a line for each link and for each part that has none. */
export function describeDiagram({ parts, links }: Diagram): string[] {
  const titles = new Map(parts.map(({ id, title }) => [id, title]))
  const linked = new Set(links.flatMap(({ from, to }) => [from, to]))
  const alone = parts.filter(({ id }) => !linked.has(id)).map(({ title }) => title)
  const lines = links.map(({ from, to, label, arrow }) => {
    const said = label === '' ? '' : ` (${label})`
    return `${titles.get(from) ?? from} ${arrow ? '→' : '–'} ${titles.get(to) ?? to}${said}`
  })
  return [...lines, ...alone]
}
