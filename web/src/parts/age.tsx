import { formatAge } from '../format/time.ts'
import { useNow } from '../format/use-now.ts'

const everyMs = 20_000

/** How long ago something was; the exact time is in its title. */
export function Age({ at }: { at: string }) {
  const now = useNow(everyMs)
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {formatAge(at, now)}
    </time>
  )
}
