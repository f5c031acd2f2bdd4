import { type Diagram, DiagramDraft, labelText } from './diagram.ts'

/** How many there may be at an end, by the signs at the line's left and at its right. */
const counts: Readonly<Record<string, string>> = {
  '|o': '0 or 1',
  'o|': '0 or 1',
  '||': '1',
  '}o': 'any',
  'o{': 'any',
  '}|': '1 or more',
  '|{': '1 or more',
}

const name = String.raw`([\p{L}\p{N}_-]+)(?:\["([^"]*)"\]|\[([^\]]*)\])?`
const relation = new RegExp(
  String.raw`^${name}\s+([|}][o|])(--|\.\.)([o|][|{])\s+${name}\s*(?::\s*(.*))?$`,
  'u',
)
const entity = new RegExp(String.raw`^${name}\s*(\{)?$`, 'u')
const attribute =
  /^([^\s"]+)\s+([^\s"]+)(?:\s+((?:PK|FK|UK)(?:\s*,\s*(?:PK|FK|UK))*))?(?:\s+"([^"]*)")?$/

function readRelation(line: string, draft: DiagramDraft): boolean {
  const found = relation.exec(line)
  if (found === null) return false
  const [, from = '', title, other, left = '', stroke, right = '', to = ''] = found
  const [, , , , , , , , toTitle, toOther, label = ''] = found
  const first = draft.part(from)
  const second = draft.part(to)
  if ((title ?? other) !== undefined) first.title = labelText(title ?? other ?? '') || from
  if ((toTitle ?? toOther) !== undefined) second.title = labelText(toTitle ?? toOther ?? '') || to
  const words = labelText(label)
  draft.link({
    from,
    to,
    label: `${words === '' ? '' : `${words}: `}${counts[left]} to ${counts[right]}`,
    dashed: stroke === '..',
    arrow: false,
  })
  return true
}

/** Reads an entity relationship diagram from its trimmed lines; undefined where a line of it is not understood. */
export function readErDiagram(lines: readonly string[]): Diagram | undefined {
  const draft = new DiagramDraft()
  let rows: string[] | undefined
  for (const line of lines) {
    if (rows !== undefined) {
      const field = attribute.exec(line)
      if (line === '}') rows = undefined
      else if (field === null) return undefined
      else rows.push(labelText(`${field[2]}: ${field[1]}${field[3] ? ` (${field[3]})` : ''}`))
    } else if (!readRelation(line, draft)) {
      const found = entity.exec(line)
      if (found === null) return undefined
      const [, id = '', title, other, opens] = found
      const part = draft.part(id)
      part.title = labelText(title ?? other ?? part.title) || id
      if (opens !== undefined) rows = part.rows
    }
  }
  return rows === undefined ? draft.finished() : undefined
}
