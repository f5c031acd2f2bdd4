/** Values of all kinds for an entity's own fields; the same seed gives the same ones. */
export function anyValues(entity, seed) {
  const random = randomFrom(seed)
  const own = entity.fields.filter(({ type }) => type !== 'reference')
  const chosen = own.filter(({ required }) => required || random() < 0.5)
  return Object.fromEntries(chosen.map((field) => [field.name, anyValue(field, random, seed)]))
}

const letters = ['a', 'Z', 'ß', 'é', '日', '🎈', ' ', '-', '"', "'", '<', '&', '\\', '{', '0']

function anyValue(field, random, seed) {
  const upTo = (count) => Math.floor(random() * count)
  const day = new Date(Date.UTC(2027, 0, 1 + upTo(700))).toISOString().slice(0, 10)
  switch (field.type) {
    case 'number':
      return upTo(2_000_000) - 1_000_000
    case 'money':
      return upTo(10_000_000) / 100
    case 'boolean':
      return random() < 0.5
    case 'date':
      return day
    case 'datetime':
      return `${day}T${String(upTo(24)).padStart(2, '0')}:30:00.000Z`
    case 'email':
      return `any${seed}.${upTo(1_000_000)}@example.org`
    case 'choice':
      return field.options[upTo(field.options.length)]
    default: {
      const text = Array.from({ length: 1 + upTo(30) }, () => letters[upTo(letters.length)])
      return `${text.join('')}${seed}`.trim()
    }
  }
}

/** Numbers from 0 to 1 by the mulberry32 generator. */
function randomFrom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
