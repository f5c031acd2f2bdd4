import { describe, expect, it } from 'vitest'
import { parseEars, renderEars } from './ears.ts'
import type { Ears } from './tree.ts'

function ears(conditions: [Ears['conditions'][number]['keyword'], string][], system: string): Ears {
  return {
    conditions: conditions.map(([keyword, text]) => ({ keyword, text })),
    system,
    response: 'do r',
  }
}

const forms: [string, Ears][] = [
  ['THE Parser SHALL do r.', ears([], 'Parser')],
  ['The system shall do r', ears([], 'system')],
  ['WHEN x, THE Sys SHALL do r', ears([['WHEN', 'x']], 'Sys')],
  ['WHEN x and y, THE Sys SHALL do r', ears([['WHEN', 'x and y']], 'Sys')],
  ['WHEN a, b, or c, THE Sys SHALL do r', ears([['WHEN', 'a, b, or c']], 'Sys')],
  ['WHEN x THEN the system SHALL do r', ears([['WHEN', 'x']], 'system')],
  ['WHEN x THEN The System SHALL do r', ears([['WHEN', 'x']], 'System')],
  ['When x, the booking service shall do r', ears([['WHEN', 'x']], 'booking service')],
  ['WHEN x THE Sys SHALL do r', ears([['WHEN', 'x']], 'Sys')],
  ['IF x, THEN THE Sys SHALL do r', ears([['IF', 'x']], 'Sys')],
  ['WHERE f, THE Sys SHALL do r', ears([['WHERE', 'f']], 'Sys')],
  [
    'WHILE s, WHEN x, THE Sys SHALL do r',
    ears(
      [
        ['WHILE', 's'],
        ['WHEN', 'x'],
      ],
      'Sys',
    ),
  ],
  [
    'WHILE s, IF x, THEN THE Sys SHALL do r',
    ears(
      [
        ['WHILE', 's'],
        ['IF', 'x'],
      ],
      'Sys',
    ),
  ],
  ['WHEN x, if any, THE Sys SHALL do r', ears([['WHEN', 'x, if any']], 'Sys')],
  ['FOR ALL rows, THE Sys SHALL do r', ears([['FOR ALL', 'rows']], 'Sys')],
  [
    'FOR ALL rows of THE Parser, the set SHALL do r',
    ears([['FOR ALL', 'rows of THE Parser']], 'the set'),
  ],
  [
    'FOR ALL rows of THE Parser, parsing them SHALL do r',
    ears([['FOR ALL', 'rows of THE Parser']], 'parsing them'),
  ],
]

describe('parseEars', () => {
  it.each(forms)('reads "%s"', (text, expected) => {
    expect(parseEars(text)).toEqual(expected)
  })

  it.each(forms)('gives the same parts again after rendering "%s"', (text, expected) => {
    expect(parseEars(renderEars(parseEars(text) ?? ears([], 'none')))).toEqual(expected)
  })

  it('keeps a second SHALL in the response', () => {
    const text = 'IF x, THEN THE Parser SHALL report it and THE CLI SHALL exit with code 1'
    expect(parseEars(text)?.response).toBe('report it and THE CLI SHALL exit with code 1')
  })

  it.each([
    '',
    'SHALL',
    'The page is fast',
    'THE SHALL do r',
    'THE Sys SHALL',
    'WHEN , THE Sys SHALL do r',
    'WHEN x, Sys SHALL do r',
    'Users SHALL be happy',
    'THE Sys, when asked, SHALL do r',
    'WHEN x, the system should do r',
  ])('refuses "%s"', (text) => {
    expect(parseEars(text)).toBeUndefined()
  })
})

describe('renderEars', () => {
  it('writes the form that Kiro writes', () => {
    expect(renderEars(ears([['IF', 'x']], 'CLI'))).toBe('IF x, THEN THE CLI SHALL do r')
    expect(
      renderEars(
        ears(
          [
            ['WHILE', 's'],
            ['WHEN', 'x'],
          ],
          'CLI',
        ),
      ),
    ).toBe('WHILE s, WHEN x, THE CLI SHALL do r')
  })
})
