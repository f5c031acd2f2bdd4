import { lintRules, type RuleId } from './lint/rules.ts'
import type { Finding } from './tree.ts'

const ids = Object.keys(lintRules) as RuleId[]
const schema = 'https://json.schemastore.org/sarif-2.1.0.json'

/**
 * The findings as a SARIF 2.1.0 log, which code hosts and editors read.
 *
 * @param version the version of this tool
 */
export function sarifOf(findings: readonly Finding[], version: string) {
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'talkwright', version, rules: ids.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(resultOf),
      },
    ],
  } as const
}

function ruleOf(id: RuleId) {
  const { severity, about } = lintRules[id]
  return { id, shortDescription: { text: about }, defaultConfiguration: { level: severity } }
}

function resultOf({ rule, severity, file, line, column, message }: Finding) {
  const artifactLocation = { uri: uriOf(file) }
  const region = { startLine: line, startColumn: column }
  return {
    ruleId: rule,
    ruleIndex: ids.findIndex((id) => id === rule),
    level: severity,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, region } }],
  }
}

/** A path as a relative URI reference, or an absolute one as a file URI. */
function uriOf(path: string): string {
  const parts = path.toWellFormed().replaceAll('\\', '/').split('/').map(encodeURIComponent)
  const uri = parts.join('/')
  if (uri.startsWith('/')) return `file://${uri}`
  return /^[A-Za-z]%3A\//.test(uri) ? `file:///${uri}` : uri
}
