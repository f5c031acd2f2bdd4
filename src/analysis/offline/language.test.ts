import { describe, expect, it } from 'vitest'
import { requireEnglish } from './language.ts'

function said(text: string) {
  return [{ id: 't1', speaker: 'Client', role: 'client' as const, text }]
}

describe('the language of a short talk', () => {
  it.each([
    ['ja', '会員がクラスを予約できるようにしたいです。クラスには名前と先生があります。'],
    ['zh', '我们需要一个软件，会员可以预订课程。每个课程都有名称和老师。'],
    ['ko', '회원이 수업을 예약할 수 있어야 합니다.'],
    ['ru', 'Участники должны записываться на занятия.'],
  ])('is seen in a sentence of another script (%s)', (language, text) => {
    expect(() => requireEnglish(said(text))).toThrow(`(detected: ${language})`)
  })

  it.each(['Hm.', 'Ein Kurs.', 'Members of 東京 book a class.'])(
    'counts as English when it tells nothing: %s',
    (text) => {
      expect(requireEnglish(said(text))).toBe('en')
    },
  )
})
