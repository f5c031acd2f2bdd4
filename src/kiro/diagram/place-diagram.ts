import type { Diagram, DiagramLink, DiagramPart } from './diagram.ts'
import { placeLinks } from './place-links.ts'
import type { PlacedDiagram, PlacedPart, PlaceOptions } from './placed.ts'
import { ranksOf } from './ranks.ts'
import { wrapText } from './wrap-text.ts'

const pad = 8
const gap = { beside: 20, below: 34, between: 64 } as const
const widest = 170
const narrowest = 84

type Unplaced = Omit<PlacedPart, 'x' | 'y'>

function sized(part: DiagramPart, width: number, { lineHeight, measure }: PlaceOptions): Unplaced {
  const room = width - 2 * pad
  const title = wrapText(part.title, room, measure)
  const rows = part.rows.flatMap((row) => wrapText(row, room, measure))
  const lines = title.length + rows.length
  const height = lines * lineHeight + 2 * pad + (rows.length > 0 ? pad : 0)
  return { id: part.id, shape: part.shape, title, rows, width, height }
}

/** Ranks as columns, from left to right, each in the middle of the height. */
function inColumns(ranks: readonly DiagramPart[][], options: PlaceOptions): PlacedPart[] {
  const width = Math.min(widest, (options.width - (ranks.length - 1) * gap.between) / ranks.length)
  const columns = ranks.map((rank) => rank.map((part) => sized(part, width, options)))
  const heightOf = (column: readonly Unplaced[]) =>
    column.reduce((sum, { height }) => sum + height + gap.beside, -gap.beside)
  const tallest = Math.max(...columns.map(heightOf))
  return columns.flatMap((column, index) => {
    let y = (tallest - heightOf(column)) / 2
    return column.map((part) => {
      const placed = { ...part, x: index * (width + gap.between), y }
      y += part.height + gap.beside
      return placed
    })
  })
}

/** Ranks as rows, from the top down, each over as many rows as it needs. */
function inRows(ranks: readonly DiagramPart[][], options: PlaceOptions): PlacedPart[] {
  const most = Math.max(1, Math.floor((options.width + gap.beside) / (widest * 0.8 + gap.beside)))
  const rows = ranks.flatMap((rank) =>
    Array.from({ length: Math.ceil(rank.length / most) }, (_, n) =>
      rank.slice(n * most, (n + 1) * most),
    ),
  )
  const columns = Math.max(...rows.map((row) => row.length))
  const width = Math.min(widest, (options.width - (columns - 1) * gap.beside) / columns)
  const all = columns * (width + gap.beside) - gap.beside
  let y = 0
  return rows.flatMap((row) => {
    const parts = row.map((part) => sized(part, width, options))
    const left = (all - (row.length * (width + gap.beside) - gap.beside)) / 2
    const placed = parts.map((part, index) => ({
      ...part,
      x: left + index * (width + gap.beside),
      y,
    }))
    y += Math.max(...parts.map(({ height }) => height)) + gap.below
    return placed
  })
}

/** A link from a part to itself is a row of it, as there is no line to be seen. */
function withOwnLinks({ parts, links, direction }: Diagram): Diagram {
  const isOwn = ({ from, to }: DiagramLink) => from === to
  return {
    direction,
    links: links.filter((link) => !isOwn(link)),
    parts: parts.map((part) => {
      const own = links.filter((link) => isOwn(link) && link.from === part.id)
      return { ...part, rows: [...part.rows, ...own.map(({ label }) => `↺ ${label}`.trim())] }
    }),
  }
}

/** Places the parts of a diagram by how they follow on each other, and the links between them. */
export function placeDiagram(whole: Diagram, options: PlaceOptions): PlacedDiagram {
  const diagram = withOwnLinks(whole)
  const ranks = ranksOf(diagram)
  const fits = ranks.length * (narrowest + gap.between) - gap.between <= options.width
  const parts =
    diagram.direction === 'right' && fits ? inColumns(ranks, options) : inRows(ranks, options)
  const links = placeLinks(diagram.links, parts, options)
  // Lines and labels may stand out beyond the boxes.
  const labels = links.flatMap(({ label }) => (label === undefined ? [] : [label]))
  const corners = [...parts, ...labels].map(({ x, y, width, height }) => ({
    x: x + width,
    y: y + height,
  }))
  const all = [...corners, ...links.flatMap(({ points }) => points)]
  return {
    width: Math.max(...all.map(({ x }) => x)),
    height: Math.max(...all.map(({ y }) => y)),
    links,
    parts,
  }
}
