import { useMemo } from 'react'
import { type Diagram, describeDiagram } from '../../../src/kiro/diagram/diagram.ts'
import { placeDiagram } from '../../../src/kiro/diagram/place-diagram.ts'
import type { PlacedLink, PlacedPart } from '../../../src/kiro/diagram/placed.ts'
import { useWidth } from '../build/use-width.ts'
import './diagram.css'

/** In pixels; the texts of a drawing keep their size, however wide the page is. */
const lineHeight = 16
const narrowSign = 7.6
const wideSign = 13
/** Room for lines and arrow heads at the border. */
const border = 2
/** Before it stands, and where there is no page. */
const usualWidth = 640

/** About how wide a text is: rather more than less, so that it stays within its box. */
function measure(text: string): number {
  let width = 0
  for (const sign of text) width += (sign.codePointAt(0) ?? 0) < 0x1100 ? narrowSign : wideSign
  return width
}

// What a drawing consists of never changes places, so that an index is a good key throughout.

function Lines({ lines, x, y }: { lines: readonly string[]; x: number; y: number }) {
  return lines.map((line, index) => (
    <text key={index} x={x} y={y + index * lineHeight}>
      {line}
    </text>
  ))
}

const corners = (points: PlacedLink['points']) => points.map(({ x, y }) => `${x},${y}`).join(' ')

function Link({ points, dashed, head }: PlacedLink) {
  return (
    <>
      <polyline
        className="diagram-line"
        points={corners(points)}
        strokeDasharray={dashed ? '4 3' : undefined}
      />
      {head.length > 0 && <polygon className="diagram-head" points={corners(head)} />}
    </>
  )
}

function Label({ label }: Pick<PlacedLink, 'label'>) {
  if (label === undefined) return null
  const { x, y, width, height, lines } = label
  return (
    <g className="diagram-label">
      <rect x={x} y={y} width={width} height={height} />
      <Lines lines={lines} x={x + width / 2} y={y + lineHeight * 0.75} />
    </g>
  )
}

function Part({ x, y, width, height, shape, title, rows }: PlacedPart) {
  const below = y + 10 + title.length * lineHeight
  return (
    <>
      <rect
        className="diagram-box"
        x={x}
        y={y}
        width={width}
        height={height}
        rx={shape === 'round' ? Math.min(height / 2, 16) : 4}
      />
      {shape === 'store' && (
        <line className="diagram-line" x1={x} x2={x + width} y1={y + 5} y2={y + 5} />
      )}
      <g className="diagram-title">
        <Lines lines={title} x={x + width / 2} y={y + 8 + lineHeight * 0.75} />
      </g>
      {rows.length > 0 && (
        <g className="diagram-rows">
          <line className="diagram-line" x1={x} x2={x + width} y1={below} y2={below} />
          <Lines lines={rows} x={x + 8} y={below + 4 + lineHeight * 0.75} />
        </g>
      )}
    </>
  )
}

/** A drawing as wide as there is room for, with all that it says in words for whoever does not see it. */
export function DiagramView({ diagram, source }: { diagram: Diagram; source: string }) {
  const [ref, room] = useWidth<HTMLElement>()
  const width = Math.max(160, (room || usualWidth) - 2 * border)
  const placed = useMemo(
    () => placeDiagram(diagram, { width, lineHeight, measure }),
    [diagram, width],
  )
  const [wide, high] = [placed.width + 2 * border, placed.height + 2 * border]
  return (
    <figure ref={ref} className="diagram">
      <figcaption className="unseen">Diagram: {describeDiagram(diagram).join('; ')}</figcaption>
      <svg
        aria-hidden="true"
        width={wide}
        height={high}
        viewBox={`${-border} ${-border} ${wide} ${high}`}
      >
        {placed.links.map((link, index) => (
          <Link key={index} {...link} />
        ))}
        {placed.parts.map((part) => (
          <Part key={part.id} {...part} />
        ))}
        {placed.links.map(({ label }, index) => (
          <Label key={index} label={label} />
        ))}
      </svg>
      <details className="small">
        <summary>As it is written</summary>
        <pre>
          <code>{source}</code>
        </pre>
      </details>
    </figure>
  )
}
