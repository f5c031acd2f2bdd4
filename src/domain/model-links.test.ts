import { expect, it } from 'vitest'
import { AppError } from './errors.ts'
import { parseModelLinks } from './model-links.ts'

it('reads models in their order, with their options', () => {
  const text =
    'anthropic/claude-sonnet-5-5, openai/gpt-6.2-sol chat, compatible/library/qwen3:8b plain context=32000, offline'
  expect(parseModelLinks(text)).toEqual({
    links: [
      { provider: 'anthropic', model: 'claude-sonnet-5-5', plain: false, chat: false },
      { provider: 'openai', model: 'gpt-6.2-sol', plain: false, chat: true },
      {
        provider: 'compatible',
        model: 'library/qwen3:8b',
        plain: true,
        chat: false,
        contextTokens: 32_000,
      },
    ],
    offline: true,
  })
})

it.each([
  ['offline', { links: [], offline: true }],
  [' , ', { links: [], offline: false }],
])('takes %j', (text, links) => {
  expect(parseModelLinks(text)).toEqual(links)
})

it.each([
  ['gpt-5', 'PROVIDER/MODEL'],
  ['google/gemini', 'PROVIDER/MODEL'],
  ['openai/', 'PROVIDER/MODEL'],
  ['openai/gpt 5', 'option "5"'],
  ['openai/a plain', 'option "plain"'],
  ['compatible/a chat', 'option "chat"'],
  ['openai/a context=12', 'at least 4096'],
  ['openai/a context=many', 'at least 4096'],
  ['offline, openai/a', 'must be the last'],
  ['openai/a, openai/a chat', 'named twice'],
  [
    'abcdefghi'
      .split('')
      .map((name) => `openai/${name}`)
      .join(','),
    'more than 8',
  ],
])('turns %j down and says why', (text, why) => {
  const parse = (): unknown => parseModelLinks(text)
  expect(parse).toThrow(AppError)
  expect(parse).toThrow(why)
})
