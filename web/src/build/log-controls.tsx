import { type LogFilter, type LogKind, logKinds } from './log-filter.ts'

interface LogControlsProps {
  filter: LogFilter
  onChange: (changes: Readonly<Record<string, string | null>>) => void
}

/** Which lines of the log are shown: some kinds, or those that hold a text. */
export function LogControls({ filter, onChange }: LogControlsProps) {
  const toggle = (kind: LogKind) => {
    const { kinds } = filter
    const next = logKinds.filter((one) => kinds.includes(one) !== (one === kind))
    onChange({ log: next.join(',') })
  }
  return (
    <div className="log-controls">
      <fieldset className="log-kinds">
        <legend className="unseen">Kinds of lines</legend>
        {logKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className={`log-toggle log-${kind}`}
            aria-pressed={filter.kinds.includes(kind)}
            onClick={() => toggle(kind)}
          >
            {kind}
          </button>
        ))}
      </fieldset>
      <label className="log-find">
        <span className="unseen">Search the log</span>
        <input
          type="search"
          placeholder="Search the log"
          maxLength={200}
          value={filter.text}
          onChange={(event) => onChange({ find: event.target.value })}
        />
      </label>
    </div>
  )
}
