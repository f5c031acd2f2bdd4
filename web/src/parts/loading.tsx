import './loading.css'

/** Stands where something is on its way; what comes soon comes without a word. */
export function Loading() {
  return <output className="loading small muted">Loading …</output>
}
