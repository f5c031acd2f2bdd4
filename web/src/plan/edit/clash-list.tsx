import { useId } from 'react'
import { count } from '../../format/count.ts'
import type { Clash, Side } from './merge.ts'

interface SideProps {
  name: string
  words: string
  lines?: readonly string[]
  checked: boolean
  onChoose: () => void
}

function SideOption({ name, words, lines, checked, onChoose }: SideProps) {
  return (
    <label className="choice-option clash-side">
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span>
        {words}
        {lines !== undefined && (
          <span className="clash-lines mono">
            {lines.length === 0 ? <em>These lines are taken out.</em> : lines.join('\n')}
          </span>
        )}
      </span>
    </label>
  )
}

interface ClashListProps {
  clashes: readonly Clash[]
  version: number
  sideOf: (clash: Clash) => Side | undefined
  onChoose: (clash: Clash, side: Side) => void
}

/** The lines that both have changed, side by side, each with a choice. */
export function ClashList({ clashes, version, sideOf, onChoose }: ClashListProps) {
  const id = useId()
  return (
    <ol className="clashes">
      {clashes.map((clash, index) => {
        const name = `${id}-${index}`
        const side = sideOf(clash)
        const option = (which: Side, words: string, lines?: readonly string[]) => (
          <SideOption
            name={name}
            words={words}
            {...(lines && { lines })}
            checked={side === which}
            onChoose={() => onChoose(clash, which)}
          />
        )
        return (
          <li key={name}>
            <fieldset className="choice clash">
              <legend>
                {index + 1} of {count(clashes.length, 'place')} that both have changed
              </legend>
              {option('mine', 'Yours', clash.mine)}
              {option('theirs', `Version ${version}`, clash.theirs)}
              {option('both', 'Both, yours first')}
            </fieldset>
          </li>
        )
      })}
    </ol>
  )
}
