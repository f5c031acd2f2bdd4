import { memo, type RefObject } from 'react'

type Severity = 'error' | 'warning'

interface LineProps {
  text: string
  mark: Severity | undefined
}

/** One line as the text area shows it, for its number and its mark. */
const Line = memo(function Line({ text, mark }: LineProps) {
  return (
    <li className="lined-line" data-mark={mark}>
      {text === '' ? ' ' : text}
    </li>
  )
})

interface LinedTextProps {
  label: string
  text: string
  /** The lines that something was found in, from 1. */
  marks: ReadonlyMap<number, Severity>
  describedBy: string
  onChange: (text: string) => void
  areaRef: RefObject<HTMLTextAreaElement | null>
}

/**
 * A text area with numbers and marks at its lines. The lines lie behind it in the same type, so
 * that long ones wrap alike and the height is theirs.
 */
export function LinedText(props: LinedTextProps) {
  const { label, text, marks, describedBy, onChange, areaRef } = props
  return (
    <div className="lined">
      <ol className="lined-lines" aria-hidden="true">
        {text.split('\n').map((line, index) => (
          <Line key={index} text={line} mark={marks.get(index + 1)} />
        ))}
      </ol>
      <textarea
        ref={areaRef}
        className="lined-area"
        aria-label={label}
        aria-describedby={describedBy}
        spellCheck={false}
        maxLength={2_000_000}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
