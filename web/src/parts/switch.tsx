import './switch.css'

interface SwitchProps<T extends string> {
  label: string
  options: Readonly<Record<T, string>>
  value: T
  onChange: (value: T) => void
}

/** A choice between a few ways to see the same thing. */
export function Switch<T extends string>({ label, options, value, onChange }: SwitchProps<T>) {
  return (
    <fieldset className="switch">
      <legend className="unseen">{label}</legend>
      {Object.entries<string>(options).map(([name, words]) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === value}
          onClick={() => {
            // The names of the options are all that the entries have.
            if (name !== value) onChange(name as T)
          }}
        >
          {words}
        </button>
      ))}
    </fieldset>
  )
}
