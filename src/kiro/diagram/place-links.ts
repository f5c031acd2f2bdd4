import type { DiagramLink } from './diagram.ts'
import type { Box, PlacedLink, PlacedPart, PlaceOptions, Point } from './placed.ts'
import { wrapText } from './wrap-text.ts'

const headLength = 8
const apart = 14
/** Between rows there is more room than between columns, where a label stands above its line. */
const labelRoom = { steep: 90, flat: 58 } as const
/** How far from what is in its way a line goes by. */
const clearance = 14

/** Whether a line between two boxes goes up or down more than to a side. */
function isSteepBetween(start: Box, end: Box): boolean {
  const [a, b] = [middle(start), middle(end)]
  return Math.abs(b.y - a.y) > Math.abs(b.x - a.x)
}

const middle = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 })

const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
})

/** Where the line from the middle of a box towards a point leaves it. */
function edge(box: Box, towards: Point): Point {
  const from = middle(box)
  const [dx, dy] = [towards.x - from.x, towards.y - from.y]
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : box.width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : box.height / 2 / Math.abs(dy),
  )
  return Number.isFinite(scale) ? between(from, towards, scale) : from
}

/** Whether a line goes through a box; looked at in as many places as it has room for boxes. */
function crosses(a: Point, b: Point, { x, y, width, height }: Box): boolean {
  return Array.from({ length: 39 }, (_, n) => between(a, b, (n + 1) / 40)).some(
    (at) => at.x > x && at.x < x + width && at.y > y && at.y < y + height,
  )
}

/** Where a line bends around what is in its way; nothing where nothing is. */
function bendOf(start: Box, end: Box, others: readonly Box[], room: number): Point[] {
  const [a, b] = [middle(start), middle(end)]
  const hit = others.filter((box) => crosses(a, b, box))
  if (hit.length === 0) return []
  const at = between(a, b, 0.5)
  if (!isSteepBetween(start, end)) {
    return [{ x: at.x, y: Math.max(...hit.map(({ y, height }) => y + height)) + clearance }]
  }
  const right = Math.max(...hit.map(({ x, width }) => x + width)) + clearance
  const left = Math.min(...hit.map(({ x }) => x)) - clearance
  return [{ x: right <= room ? right : Math.max(0, left), y: at.y }]
}

function headAt(from: Point, to: Point): Point[] {
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const corner = (turn: number): Point => ({
    x: to.x - headLength * Math.cos(angle + turn),
    y: to.y - headLength * Math.sin(angle + turn),
  })
  return [to, corner(0.42), corner(-0.42)]
}

function labelAt(at: Point, text: string, isSteep: boolean, options: PlaceOptions) {
  const { width: all, measure, lineHeight } = options
  if (text === '') return undefined
  const lines = wrapText(text, isSteep ? labelRoom.steep : labelRoom.flat, measure)
  const width = Math.max(...lines.map(measure)) + 6
  const height = lines.length * lineHeight
  const x = Math.max(0, Math.min(at.x - width / 2, all - width))
  const y = isSteep ? at.y - height / 2 : at.y - height - 2
  return { lines, width, height, x, y: Math.max(0, y) }
}

/** The straight or bent way of a line; the second and third between the same two go beside the first. */
function wayOf(start: Box, end: Box, bend: readonly Point[], before: number): Point[] {
  const [first = middle(end)] = bend
  const [last = middle(start)] = bend
  const way = [edge(start, first), ...bend, edge(end, last)]
  const isSteep = isSteepBetween(start, end)
  const shift = before * apart
  return way.map(({ x, y }) => (isSteep ? { x: x + shift, y } : { x, y: y + shift }))
}

/** The lines between placed parts, of which none leads from a part to itself. */
export function placeLinks(
  links: readonly DiagramLink[],
  parts: readonly PlacedPart[],
  options: PlaceOptions,
): PlacedLink[] {
  const byId = new Map(parts.map((part) => [part.id, part]))
  const drawn = new Map<string, number>()
  return links.flatMap((link) => {
    const [start, end] = [byId.get(link.from), byId.get(link.to)]
    if (start === undefined || end === undefined) return []
    const pair = [link.from, link.to].toSorted().join(' ')
    const before = drawn.get(pair) ?? 0
    drawn.set(pair, before + 1)
    const others = parts.filter((part) => part !== start && part !== end)
    const bend = bendOf(start, end, others, options.width)
    const points = wayOf(start, end, bend, before)
    const [from, to] = [points[0] ?? middle(start), points.at(-1) ?? middle(end)]
    // The labels of several lines would cover each other in the middle.
    const at = points[1] !== to ? points[1] : between(from, to, before % 2 === 0 ? 0.5 : 0.72)
    const { label, dashed, arrow } = link
    return [
      {
        points,
        dashed,
        head: arrow ? headAt(points.at(-2) ?? from, to) : [],
        label: labelAt(at ?? from, label, isSteepBetween(start, end), options),
      },
    ]
  })
}
