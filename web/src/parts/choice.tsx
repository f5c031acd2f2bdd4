import { useId } from 'react'
import './choice.css'

export interface Option<T extends string> {
  value: T
  words: string
  /** What follows from it. */
  hint: string
}

interface ChoiceProps<T extends string> {
  legend: string
  options: readonly Option<T>[]
  value: T
  onChange: (value: T) => void
}

/** One of a few, each with what follows from it. */
export function Choice<T extends string>({ legend, options, value, onChange }: ChoiceProps<T>) {
  const name = useId()
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="choice-option">
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.words}
            <span className="choice-hint">{option.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
