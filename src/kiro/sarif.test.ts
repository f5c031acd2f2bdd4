import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { lintSpec } from './lint.ts'
import { lintRules } from './lint/rules.ts'
import { sarifOf } from './sarif.ts'
import { markdown } from './testing/texts.ts'

const text = z.strictObject({ text: z.string().min(1) })
const level = z.enum(['none', 'note', 'warning', 'error'])

/** The parts of a SARIF 2.1.0 log that are written here, with what its schema demands of them. */
const Log = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string(),
            version: z.string(),
            rules: z.array(
              z.strictObject({
                id: z.string(),
                shortDescription: text,
                defaultConfiguration: z.strictObject({ level }),
              }),
            ),
          }),
        }),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            level,
            message: text,
            locations: z.array(
              z.strictObject({
                physicalLocation: z.strictObject({
                  artifactLocation: z.strictObject({
                    uri: z.string().regex(/^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/),
                  }),
                  region: z.strictObject({
                    startLine: z.int().min(1),
                    startColumn: z.int().min(1),
                  }),
                }),
              }),
            ),
          }),
        ),
      }),
    )
    .length(1),
})

it('is a SARIF log whatever was linted', () => {
  fc.assert(
    fc.property(markdown, fc.string({ minLength: 1 }), (content, folder) => {
      const findings = ['requirements.md', 'tasks.md', 'design.md', 'bugfix.md'].flatMap((name) =>
        lintSpec([{ path: `${folder}/${name}`, content }]),
      )
      const log = sarifOf(findings, '1.0.0')
      const [run] = Log.parse(log).runs
      expect(run?.results).toHaveLength(findings.length)
      expect(run?.tool.driver.rules).toHaveLength(Object.keys(lintRules).length)
      for (const { ruleId, ruleIndex } of run?.results ?? []) {
        expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
      }
    }),
  )
})

it.each([
  ['.kiro/specs/a b/tasks.md', '.kiro/specs/a%20b/tasks.md'],
  ['a\\tasks.md', 'a/tasks.md'],
  ['/srv/tasks.md', 'file:///srv/tasks.md'],
  ['C:\\x\\tasks.md', 'file:///C%3A/x/tasks.md'],
])('writes the path %s as %s', (path, uri) => {
  const [first] = sarifOf(lintSpec([{ path, content: '' }]), '1.0.0').runs[0].results
  expect(first?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri)
})
