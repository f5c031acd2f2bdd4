import { describe, expect, it } from 'vitest'
import { parseBugfix, renderBugfix } from './bugfix.ts'
import { parseConfig, renderConfig } from './config.ts'
import { parseSteering, renderSteering } from './steering.ts'

describe('.config.kiro', () => {
  const config = {
    specId: '0b6a1f0e-6d5f-4c5c-9a55-0d6d1a3c2b11',
    workflowType: 'requirements-first',
    specType: 'feature',
  } as const

  it('is one line of JSON', () => {
    expect(renderConfig(config)).toBe(
      '{"specId":"0b6a1f0e-6d5f-4c5c-9a55-0d6d1a3c2b11","workflowType":"requirements-first","specType":"feature"}',
    )
    expect(parseConfig(`${renderConfig(config)}\n`)).toEqual(config)
  })

  it.each(['', '{', '[]', '{"specId":"a","workflowType":"none","specType":"feature"}'])(
    'is refused as %s',
    (text) => {
      expect(() => parseConfig(text)).toThrow('.config.kiro must be JSON')
    },
  )

  it('is refused above 64 KiB', () => {
    expect(() => parseConfig(' '.repeat(64 * 1024 + 1))).toThrow('at most 65536')
  })
})

describe('bugfix.md', () => {
  const text = `# Bugfix Requirements Document

## Introduction

It breaks.

## Bug Analysis

### Current Behavior (Defect)

1.1 WHEN the list is empty THEN the system crashes

1.2 WHEN the list is long THEN the system hangs

### Expected Behavior (Correct)

2.1 WHEN the list is empty THEN the system SHALL show a hint

### Unchanged Behavior (Regression Prevention)

3.1 WHEN the list has items THEN the system SHALL CONTINUE TO show them
`

  it('is read and given back', () => {
    const doc = parseBugfix(text)
    expect(doc.introduction).toBe('It breaks.')
    expect(doc.current.map(({ number }) => number)).toEqual(['1.1', '1.2'])
    expect(doc.expected).toEqual([
      { number: '2.1', text: 'WHEN the list is empty THEN the system SHALL show a hint' },
    ])
    expect(doc.unchanged).toHaveLength(1)
    expect(renderBugfix(doc)).toBe(text)
  })
})

describe('steering files', () => {
  it('are always read without front matter', () => {
    expect(parseSteering('# Product\n\nWords.\n')).toEqual({
      inclusion: 'always',
      body: '# Product\n\nWords.',
    })
    expect(renderSteering({ inclusion: 'always', body: '# Product' })).toBe('# Product\n')
  })

  it('name the files that they are for', () => {
    const front = '---\ninclusion: fileMatch\nfileMatchPattern: "src/**/*.ts"\n---\n\nUse types.\n'
    const steering = parseSteering(front)
    expect(steering).toEqual({
      inclusion: 'fileMatch',
      fileMatchPattern: ['src/**/*.ts'],
      body: 'Use types.',
    })
    expect(renderSteering(steering)).toBe(front)
  })

  it.each([
    `fileMatchPattern: ["**/*.{ts,tsx}", '*.js', c]`,
    'fileMatchPattern:\n  - "**/*.{ts,tsx}"\n  - \'*.js\'\n  - c',
  ])('take a list of patterns: %s', (field) => {
    const { fileMatchPattern } = parseSteering(`---\ninclusion: 'fileMatch'\n${field}\n---\n`)
    expect(fileMatchPattern).toEqual(['**/*.{ts,tsx}', '*.js', 'c'])
  })

  it('are refused with an unknown inclusion', () => {
    expect(() => parseSteering('---\ninclusion: sometimes\n---\n')).toThrow('inclusion must be')
  })
})
