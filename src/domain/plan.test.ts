import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './json.ts'
import { PlanFile, planHash } from './plan.ts'

const file = fc.record({ path: fc.string(), content: fc.string() })

describe('the plan hash', () => {
  it('does not depend on the order of the files', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(file, { selector: (one) => one.path, maxLength: 6 }),
        async (files) => {
          expect(await planHash([...files].reverse())).toBe(await planHash(files))
        },
      ),
    )
  })

  it('changes with any character of any path or content', async () => {
    const base = [{ path: 'a', content: 'b' }]
    const others = [
      [{ path: 'a', content: 'b ' }],
      [{ path: 'b', content: 'a' }],
      [{ path: 'ab', content: '' }],
      [...base, { path: 'c', content: '' }],
    ]
    const hashes = await Promise.all([base, ...others].map(planHash))
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})

describe('a plan’s file', () => {
  it.each([
    '../etc/passwd',
    '.kiro/specs/../../x/y',
    '/etc/passwd',
    '.kiro/specs/a/b/c.md',
    '.kiro\\specs\\a',
    '.kiro/specs/a\u0000.md',
    '.kiro/hooks/run.json',
  ])('may not lie at %j', (path) => {
    expect(PlanFile.safeParse({ path, content: '' }).success).toBe(false)
  })
})

describe('canonical JSON', () => {
  it('gives equal text for equal values whatever the order of their keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const shuffled = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(shuffled)).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
