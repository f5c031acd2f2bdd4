import { expect, test } from 'vitest'
import { readingOf } from '../testing/reading.ts'

const size = 4_000_000
const fill = (piece: string) => piece.repeat(Math.floor(size / piece.length))
const cue = 'WEBVTT\n\n00:01.000 --> 00:02.000\n'

/** Inputs on which a parser that looks twice at anything takes minutes: the time limit is the check. */
test.each([
  ['open brackets', fill('[')],
  ['open braces and quotes', fill('{"a":')],
  ['spaces', `Client: a${fill(' ')}b`],
  ['colons', fill(':')],
  ['colons and spaces', fill(': ')],
  ['names', fill('A: ')],
  ['short lines', fill('A: b\n')],
  ['different names', Array.from({ length: 400_000 }, (_, at) => `N${at}: b`).join('\n')],
  ['stars', fill('**')],
  ['times', fill('[0:01] ')],
  ['digits and colons', fill('1:')],
  ['open marks', cue + fill('<v ')],
  ['open marks with classes', cue + fill('<v.a')],
  ['one open mark', `${cue}<v${fill(' ')}`],
  ['a mark of digits', `${cue}<1${fill(':')}`],
  ['positions', cue + fill('{\\')],
  ['entities', cue + fill('&l')],
  ['cues', `WEBVTT\n\n${fill('00:01.000 --> 00:02.000\nA: b\n\n')}`],
  ['voices in one cue', cue + fill('<v A>b<v B>c')],
  ['arrows', fill('00:01.000 -->\t')],
  ['sounds', JSON.stringify([{ speaker: 'A', content: fill('{a ') }])],
  ['spelled letters', JSON.stringify([{ speaker: 'A', content: fill('A_') }])],
  ['questions', JSON.stringify([{ speaker: 'A', content: fill('?!. ') }])],
])(
  'reads or refuses at once: %s',
  (_what, text) => {
    expect(['read', 'refused']).toContain(readingOf(text))
  },
  10_000,
)
