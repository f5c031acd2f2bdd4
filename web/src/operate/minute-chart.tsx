import { memo } from 'react'
import { count } from '../format/count.ts'

interface MinuteChartProps {
  /** What the figures are of. */
  name: string
  /** One figure a minute, the oldest first. */
  done: readonly number[]
  failed: readonly number[]
}

const size = { bar: 6, gap: 2, height: 44 } as const
const sum = (figures: readonly number[]) => figures.reduce((all, one) => all + one, 0)

/** A bar that is seen, however small its share is. */
function heightOf(figure: number, most: number): number {
  return figure === 0 ? 0 : Math.max(2, Math.round((figure / most) * size.height))
}

/** What ended in each of the last minutes, and below it in another colour what was given up. */
export const MinuteChart = memo(function MinuteChart({ name, done, failed }: MinuteChartProps) {
  const most = Math.max(1, ...done.map((figure, at) => figure + (failed[at] ?? 0)))
  const width = done.length * (size.bar + size.gap) - size.gap
  const words = `${name}: ${count(sum(done), 'job')} ended and ${sum(failed)} given up in ${count(done.length, 'minute')}, at most ${most} a minute`
  return (
    <svg
      className="minute-chart"
      viewBox={`0 0 ${width} ${size.height}`}
      preserveAspectRatio="none"
      aria-label={words}
    >
      <title>{words}</title>
      <path className="chart-base" d={`M0 ${size.height - 0.5}H${width}`} />
      {done.map((figure, at) => {
        const bad = heightOf(failed[at] ?? 0, most)
        const good = heightOf(figure, most)
        const x = at * (size.bar + size.gap)
        return (
          // A minute's place is what it is: the oldest is always the first.
          // oxlint-disable-next-line react/no-array-index-key
          <g key={at}>
            <rect
              className="chart-done"
              x={x}
              y={size.height - bad - good}
              width={size.bar}
              height={good}
            />
            <rect
              className="chart-failed"
              x={x}
              y={size.height - bad}
              width={size.bar}
              height={bad}
            />
          </g>
        )
      })}
    </svg>
  )
})
