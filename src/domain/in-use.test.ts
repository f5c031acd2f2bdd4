import { describe, expect, it } from 'vitest'
import { saysInUse, wantsAnew } from './in-use.ts'

describe('a product that is in use', () => {
  it.each([
    'We already have a ticket shop for the museum.',
    'I have already got a website that shows the menu.',
    "We've built our own tool for the warehouse.",
    'We launched a booking platform last spring.',
    "It's been live for two years.",
    'The portal has been running since 2021.',
    'The portal went live in May.',
    'The site’s already live.',
    'It was built with Django.',
    'Our little app is written in Kotlin.',
    'An agency built it for us.',
    'My cousin wrote the app three years ago.',
    'Four practices use it every day.',
  ])('is told of by “%s”', (said) => {
    expect(saysInUse(said)).toBe(true)
  })

  it.each([
    'It should be built with Django.',
    'It will be written in Rust.',
    'Once it is live for a month we will see.',
    'I note down whether it is already live.',
    'We want it to be live by May.',
    'We would use it every day.',
    'We already have an account at the bank.',
    'We already have a shop in town.',
    'We have a website where people find us.',
    "We don't have an app, nobody ever built it for us.",
    'The house was built in 1900.',
    'People use the gym every day.',
  ])('is not told of by “%s”', (said) => {
    expect(saysInUse(said)).toBe(false)
  })
})

it.each([
  ['We want to rebuild it from scratch.', true],
  ["I'd like a completely new app.", true],
  ['Please replace the old system.', true],
  ["We don't want a new app.", false],
  ['Replace the text messages with emails.', false],
  ['We need a new field for the phone.', false],
])('hears whether “%s” asks for something in its place: %s', (said, expected) => {
  expect(wantsAnew(said)).toBe(expected)
})

it('reads hostile lengths in one go', () => {
  for (const said of ['we already have a ', 'it is ', 'built it ', 'use the our '])
    expect(saysInUse(said.repeat(20_000))).toBe(false)
})
