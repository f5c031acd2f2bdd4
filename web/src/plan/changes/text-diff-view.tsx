import { Empty } from '../../parts/note.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { type DiffLine, diffTexts } from './text-diff.ts'

const signs: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', added: '+', removed: '−' }
const words: Readonly<Record<DiffLine['kind'], string>> = {
  same: '',
  added: 'Added: ',
  removed: 'Removed: ',
}

function Line({ line }: { line: DiffLine }) {
  return (
    <tr className={`diff-${line.kind}`}>
      <td className="diff-number numbers">{line.before}</td>
      <td className="diff-number numbers">{line.after}</td>
      <td className="diff-text">
        <span aria-hidden="true">{signs[line.kind]} </span>
        <span className="unseen">{words[line.kind]}</span>
        {line.text}
      </td>
    </tr>
  )
}

interface TextDiffProps {
  /** What the texts are, for a screen reader. */
  label: string
  before: string
  after: string
}

/** Two texts line by line: what went and what came, with a little of what stayed. */
export function TextDiff({ label, before, after }: TextDiffProps) {
  const hunks = diffTexts(before, after)
  if (hunks === undefined) {
    return (
      <Empty title="Too different to compare line by line">
        <p>Open the two versions one after the other.</p>
      </Empty>
    )
  }
  if (hunks.length === 0) return <p className="small muted">No line differs.</p>
  return (
    <ScrollRegion className="diff" label={label}>
      {hunks.map((hunk) => (
        <table key={`${hunk[0]?.before} ${hunk[0]?.after}`}>
          <caption className="unseen">
            {label}, from line {hunk[0]?.after ?? hunk[0]?.before}
          </caption>
          <tbody>
            {hunk.map((line) => (
              <Line key={`${line.before} ${line.after}`} line={line} />
            ))}
          </tbody>
        </table>
      ))}
    </ScrollRegion>
  )
}
