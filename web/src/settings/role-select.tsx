import type { Role } from '../../../src/domain/principal.ts'
import { Field } from '../parts/field.tsx'
import { rolesUpTo } from './roles.ts'

interface RoleSelectProps {
  /** The role of who hands it out. */
  mine: Role
  value: Role
  onChange: (role: Role) => void
}

/** A role to be handed out, with what it lets do. */
export function RoleSelect({ mine, value, onChange }: RoleSelectProps) {
  const options = rolesUpTo(mine)
  const hint = options.find((option) => option.value === value)?.hint
  return (
    <Field name="Role" {...(hint !== undefined && { hint })}>
      <select
        className="select"
        value={value}
        onChange={({ target }) => {
          const chosen = options.find((option) => option.value === target.value)
          if (chosen !== undefined) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </Field>
  )
}
