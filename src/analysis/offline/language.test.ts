import { describe, expect, it } from 'vitest'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'
import { foreignTurns } from './language.ts'

const analyst = createOfflineAnalyst()

function analyse(lines: readonly string[]) {
  return analyst.analyse({ turns: turnsOf(lines) })
}

describe('a talk in another language', () => {
  it.each([
    [
      'de',
      'Wir brauchen eine App, mit der unsere Kunden Termine buchen können. Jeder Termin hat ein Datum und eine Uhrzeit.',
    ],
    [
      'fr',
      "Nous avons besoin d'une application pour gérer les réservations de nos clients et aussi les paiements.",
    ],
    [
      'es',
      'Necesitamos una aplicación para que nuestros clientes puedan reservar clases y pagar con tarjeta.',
    ],
  ])('refuses a talk in another language (%s) and says so', async (code, text) => {
    await expect(analyse([`C: ${text}`])).rejects.toMatchObject({
      code: 'language_unsupported',
      retryable: false,
      details: { language: code },
    })
  })

  it.each([
    ['ja', '図書館のためのアプリが必要です。会員は本を借ります。'],
    ['de', 'Wir brauchen eine App für Bücher und Mitglieder.'],
  ])('says so of a short talk as well (%s)', async (code, text) => {
    await expect(analyse([`C: ${text}`])).rejects.toMatchObject({
      code: 'language_unsupported',
      details: { language: code },
    })
  })

  const german =
    'Und jedes Buch soll einen Titel und einen Autor haben, und wir brauchen eine Erinnerung per Mail.'

  it('refuses a talk that is in English only at its start', async () => {
    const turns = ['C: Hello, it is good to be with you. This is the library.', `C: ${german}`]
    await expect(analyse(turns)).rejects.toMatchObject({ details: { language: 'de' } })
  })

  it('asks what turns in another language mean, and cites them', async () => {
    const turns = [
      'C: We need an app for our library. Members must be able to borrow books and to return them.',
      'C: Librarians should be able to see all loans, and they should get a reminder by email.',
      `C: ${german}`,
    ]
    const brief = await analyse(turns)
    expect(brief.dropped).toEqual([])
    expect(brief.openQuestions).toMatchObject([
      {
        question: 'What is asked for in the turns in German?',
        citations: [{ turn: 't3', quote: german }],
      },
    ])
    expect(brief.ledger).toContainEqual({ turn: 't3', outcome: 'open', items: ['O1'] })
  })

  it('takes a very short talk for English', async () => {
    await expect(analyse(['C: Ja, genau.'])).resolves.toMatchObject({
      language: { code: 'en' },
    })
  })
})

describe('the language of a short talk', () => {
  it.each([
    ['ja', '会員がクラスを予約できるようにしたいです。クラスには名前と先生があります。'],
    ['zh', '我们需要一个软件，会员可以预订课程。每个课程都有名称和老师。'],
    ['ko', '회원이 수업을 예약할 수 있어야 합니다.'],
    ['ru', 'Участники должны записываться на занятия.'],
  ])('is seen in a sentence of another script (%s)', (language, text) => {
    const turn = { id: 't1', speaker: 'Client', role: 'client' as const, text }
    expect(() => foreignTurns([turn])).toThrow(`(detected: ${language})`)
  })
})
