import type { BuildTask } from '../../../src/domain/build.ts'
import type { TaskWay } from './task-waves.ts'

/** Sizes in pixels; the nodes of a row share out what room there is. */
export const node = { minWidth: 136, height: 58, gap: 12 } as const
const band = { padding: 12, head: 24, gap: 28 } as const

export interface PlacedNode {
  task: BuildTask
  x: number
  y: number
  /** Whether a line leads to it from the one before it. */
  follows: boolean
}

export interface PlacedBand {
  name: string
  y: number
  height: number
  nodes: readonly PlacedNode[]
}

export interface GraphLayout {
  width: number
  height: number
  /** Of each node. */
  nodeWidth: number
  bands: readonly PlacedBand[]
}

/**
 * Places the waves below each other, each as many rows high as the width asks for: whatever the
 * width is, nothing has to be moved sideways to be seen.
 */
export function layOut({ waves, isChain }: TaskWay, width: number): GraphLayout {
  const room = Math.max(node.minWidth, width - 2 * band.padding)
  const columns = Math.max(1, Math.floor((room + node.gap) / (node.minWidth + node.gap)))
  const nodeWidth = Math.floor((room + node.gap) / columns) - node.gap
  let y = 0
  const bands = waves.map(({ name, tasks }): PlacedBand => {
    const top = y
    const nodes = tasks.map((task, index) => ({
      task,
      x: band.padding + (index % columns) * (nodeWidth + node.gap),
      y: top + band.head + Math.floor(index / columns) * (node.height + node.gap),
      follows: isChain && index % columns > 0,
    }))
    const rows = Math.ceil(tasks.length / columns)
    const height = band.head + rows * (node.height + node.gap) - node.gap + band.padding
    y += height + band.gap
    return { name, y: top, height, nodes }
  })
  const used = room + 2 * band.padding
  return { width: used, height: Math.max(0, y - band.gap), nodeWidth, bands }
}
