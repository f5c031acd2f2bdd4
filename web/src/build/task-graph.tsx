import { memo, useMemo } from 'react'
import type { BuildTask } from '../../../src/domain/build.ts'
import { taskStateWords } from '../parts/task-mark.tsx'
import { type GraphLayout, layOut, node, type PlacedBand, type PlacedNode } from './graph-layout.ts'
import type { TaskWay } from './task-waves.ts'
import { useWidth } from './use-width.ts'
import './task-graph.css'

function spoken({ id, title, state, optional, reason }: BuildTask): string {
  const open = state !== 'completed' && reason !== undefined ? `. ${reason}` : ''
  return `${taskStateWords[state]}: ${id} ${title}${optional ? ' (optional)' : ''}${open}`
}

/** The state as a sign too, never as a colour alone. */
function StateSign({ state }: { state: BuildTask['state'] }) {
  switch (state) {
    case 'completed':
      return <path className="graph-sign" d="m10 15 4 4 7-9" />
    case 'in_progress':
      return <circle className="graph-sign graph-sign-busy" cx="15" cy="15" r="5" />
    default:
      return <rect className="graph-sign" x="10" y="10" width="10" height="10" rx="2" />
  }
}

const Node = memo(function Node({ task, x, y, follows, width }: PlacedNode & { width: number }) {
  const { id, title, state, optional } = task
  return (
    <g
      role="graphics-symbol"
      aria-label={spoken(task)}
      className="graph-node"
      data-state={state}
      data-optional={optional}
      transform={`translate(${x} ${y})`}
    >
      <title>{spoken(task)}</title>
      {follows && (
        <path className="graph-line" d={`M${-node.gap} ${node.height / 2}h${node.gap}`} />
      )}
      <rect className="graph-box" width={width} height={node.height} rx="6" />
      <StateSign state={state} />
      <text className="graph-id" x="28" y="19">
        {id}
      </text>
      <foreignObject x="8" y="23" width={width - 16} height="34" aria-hidden="true">
        <div className="graph-title">{title}</div>
      </foreignObject>
    </g>
  )
})

interface BandProps {
  band: PlacedBand
  layout: GraphLayout
  isFirst: boolean
}

function Band({ band, layout: { width, nodeWidth }, isFirst }: BandProps) {
  const { name, y, height, nodes } = band
  return (
    <g>
      {!isFirst && <path className="graph-line" d={`M${width / 2} ${y - 28}v22m-5 -6 5 6 5 -6`} />}
      <rect className="graph-band" y={y} width={width} height={height} rx="8" />
      <text className="graph-name" x="12" y={y + 16}>
        {name}
      </text>
      {nodes.map((placed) => (
        <Node key={placed.task.id} {...placed} width={nodeWidth} />
      ))}
    </g>
  )
}

/** The tasks in the order that they need each other in, from the top down. */
export function TaskGraph({ way }: { way: TaskWay }) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const layout = useMemo(() => layOut(way, width), [way, width])
  return (
    <div className="graph">
      <div ref={ref}>
        {width > 0 && (
          <svg width={layout.width} height={layout.height} aria-label="Task graph">
            {layout.bands.map((band, index) => (
              <Band key={band.name} band={band} layout={layout} isFirst={index === 0} />
            ))}
          </svg>
        )}
      </div>
    </div>
  )
}
