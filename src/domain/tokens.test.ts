import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addTokens, estimateTokens } from './tokens.ts'

/** Texts with the least and the most that the tokenizers o200k_base, cl100k_base and Claude 2's count of them. */
const counted: readonly [text: string, least: number, most: number][] = [
  [
    'We need an app where members can book a meeting room. Each booking has a date, a start and an end, and nobody can book the same room twice. If the room is taken, show the next free time.',
    45,
    45,
  ],
  [
    'Wir brauchen eine Anwendung, in der Mitglieder einen Besprechungsraum buchen können. Jede Buchung hat ein Datum, einen Anfang und ein Ende, und niemand darf denselben Raum zweimal buchen. Änderungen müssen für alle sofort sichtbar sein.',
    46,
    72,
  ],
  [
    'Potrzebujemy aplikacji, w której członkowie mogą rezerwować salę konferencyjną. Każda rezerwacja ma datę, początek i koniec, i nikt nie może zarezerwować tej samej sali dwa razy.',
    57,
    82,
  ],
  [
    'Chúng tôi cần một ứng dụng để các thành viên có thể đặt phòng họp. Mỗi lần đặt có ngày, giờ bắt đầu và giờ kết thúc, và không ai được đặt cùng một phòng hai lần.',
    44,
    121,
  ],
  [
    'Нам нужно приложение, в котором участники могут бронировать переговорную комнату. У каждого бронирования есть дата, начало и конец, и никто не может забронировать одну и ту же комнату дважды.',
    46,
    92,
  ],
  [
    'Χρειαζόμαστε μια εφαρμογή όπου τα μέλη μπορούν να κλείνουν μια αίθουσα συσκέψεων. Κάθε κράτηση έχει ημερομηνία, αρχή και τέλος, και κανείς δεν μπορεί να κλείσει την ίδια αίθουσα δύο φορές.',
    65,
    210,
  ],
  [
    'نحتاج إلى تطبيق يستطيع فيه الأعضاء حجز قاعة اجتماعات. لكل حجز تاريخ وبداية ونهاية، ولا يجوز لأحد أن يحجز القاعة نفسها مرتين.',
    37,
    121,
  ],
  [
    'हमें एक ऐप चाहिए जिसमें सदस्य बैठक कक्ष बुक कर सकें। हर बुकिंग की एक तारीख, शुरुआत और अंत होता है, और कोई भी एक ही कमरा दो बार बुक नहीं कर सकता।',
    46,
    148,
  ],
  [
    'உறுப்பினர்கள் கூட்ட அறையை முன்பதிவு செய்யக்கூடிய ஒரு செயலி எங்களுக்குத் தேவை. ஒவ்வொரு முன்பதிவுக்கும் ஒரு தேதி உண்டு.',
    39,
    219,
  ],
  [
    'เราต้องการแอปที่สมาชิกสามารถจองห้องประชุมได้ การจองแต่ละครั้งมีวันที่ เวลาเริ่ม และเวลาสิ้นสุด และห้ามจองห้องเดียวกันซ้ำ',
    45,
    204,
  ],
  ['አባላት የስብሰባ ክፍል የሚይዙበት መተግበሪያ እንፈልጋለን። እያንዳንዱ ቦታ ማስያዝ ቀን አለው።', 110, 159],
  [
    '我们需要一个应用程序，让会员可以预订会议室。每次预订都有日期、开始时间和结束时间，任何人都不能重复预订同一个房间。',
    38,
    51,
  ],
  [
    '会員が会議室を予約できるアプリが必要です。予約には日付と開始時刻と終了時刻があり、同じ部屋を二重に予約することはできません。',
    46,
    72,
  ],
  [
    '회원들이 회의실을 예약할 수 있는 앱이 필요합니다. 각 예약에는 날짜와 시작 시간과 종료 시간이 있으며, 같은 방을 두 번 예약할 수 없습니다.',
    37,
    76,
  ],
  ['Nice 👍🏽 we love it 🎉🎉 thanks 🙏 👨‍👩‍👧‍👦 ok ✅ ❌ → ✨', 32, 46],
  [
    '{"items":[{"kind":"requirement","statement":"A member can book a room.","priority":"must","quotes":[{"turn":"t12","quote":"members can book rooms","english":null}],"inferred":null},{"kind":"limit","statement":"At most 20 people.","priority":"should","quotes":[{"turn":"t14","quote":"twenty at most","english":null}],"inferred":null}]}',
    85,
    89,
  ],
  [
    'a3f9c01b77de4482b1c0a3f9c01b77de4482b1c0 9e107d9d372bb6826bd81d3542a419d6 e4d909c290d0fb1ca068ffaddf22cbd0',
    68,
    69,
  ],
  ['0123456789 4829104758 1029384756 5647382910 1,234,567.89 2026-11-25T15:40:00Z', 34, 41],
  ['{}[]()<>;:,.!?@#$%^&*-+=/\\|~`\'"{}[]()<>;:,.!?@#$%^&*-+=/\\|~`\'"', 38, 40],
]

it.each(counted)('takes in what tokenizers count of %s', (text, least, most) => {
  const { low, high } = estimateTokens(text)
  expect(low).toBeLessThanOrEqual(least)
  expect(high).toBeGreaterThanOrEqual(most)
})

it('is off by less than a factor of two for English', () => {
  const [english, tokens] = counted[0] ?? ['', 0]
  const { low, high } = estimateTokens(english)
  expect(tokens / low).toBeLessThan(1.5)
  expect(high / tokens).toBeLessThan(1.7)
})

it('grows with the text and adds up', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      const [one, both] = [estimateTokens(a), estimateTokens(a + b)]
      expect(one.low).toBeLessThanOrEqual(one.high)
      expect(both.low).toBeGreaterThanOrEqual(one.low)
      expect(both.high).toBeGreaterThanOrEqual(one.high)
      expect(addTokens(one, estimateTokens(b)).high).toBeGreaterThanOrEqual(both.high)
    }),
  )
  expect(estimateTokens('')).toEqual({ low: 0, high: 0 })
})
