import { expect, it } from 'vitest'
import { deliverTarget, parseDeliverSetting } from './deliver.ts'

it('reads where to deliver as an address or as JSON', () => {
  expect(parseDeliverSetting('https://github.com/acme/shop.git')).toEqual({
    url: 'https://github.com/acme/shop.git',
  })
  const all = { url: 'file:///srv/shop.git', branch: 'built', base: 'main' }
  expect(parseDeliverSetting(JSON.stringify(all))).toEqual(all)
})

it.each(['', 'ftp://host/a.git', '{', '{"url":"https://h/a.git","token":"secret"}', '{"ulr":"x"}'])(
  'refuses the setting %j',
  (text) => {
    expect(() => parseDeliverSetting(text)).toThrow(
      expect.objectContaining({ code: 'bad_deliver' }),
    )
  },
)

it('wants a token for a pull request, and a private line for a token', () => {
  const setting = parseDeliverSetting('{"url":"http://git.test/a.git","pull_request":"gitlab"}')
  const bad = expect.objectContaining({ code: 'bad_deliver' })
  expect(() => deliverTarget(setting, undefined)).toThrow(bad)
  expect(() => deliverTarget(setting, 'secret')).toThrow(bad)
  const secure = { ...setting, url: 'https://git.test/a.git' }
  expect(deliverTarget(secure, 'secret')).toEqual({ ...secure, token: 'secret' })
})
