import { memo, type ReactNode } from 'react'
import './chunks.css'

const chunkSize = 100

interface ChunkProps {
  /** What the chunk begins with: another one means another list. */
  first: unknown
  size: number
  renderAll: () => ReactNode
}

/** A full chunk never changes again, so that it is not rendered again. */
const Chunk = memo(
  function Chunk({ renderAll }: ChunkProps) {
    return <ol className="chunk">{renderAll()}</ol>
  },
  (before, after) => before.size === after.size && before.first === after.first,
)

interface ChunksProps<T> {
  items: readonly T[]
  /** Gives each item its key and a list item, and depends on nothing but the item. */
  render: (item: T) => ReactNode
}

/**
 * A list that only grows, of any length: the browser lays out only the chunks that are in sight,
 * and a new item renders the last chunk alone.
 */
export function Chunks<T>({ items, render }: ChunksProps<T>) {
  const starts = Array.from(
    { length: Math.ceil(items.length / chunkSize) },
    (_, n) => n * chunkSize,
  )
  return starts.map((from) => (
    <Chunk
      key={from}
      first={items[from]}
      size={Math.min(items.length - from, chunkSize)}
      renderAll={() => items.slice(from, from + chunkSize).map(render)}
    />
  ))
}
