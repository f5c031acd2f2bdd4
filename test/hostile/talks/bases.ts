import type { Base } from '../hostile-talk.ts'

export const lending: Base = {
  language: 'en',
  before: [
    'A: What would you like to have built?',
    'C: We run a small library. Members must be able to borrow a book.',
    'A: And what else?',
  ],
  after: ['A: Who keeps the books in order?', 'C: The librarian must be able to add books.'],
  honest: [
    { statement: 'Members can borrow a book.', quote: 'Members must be able to borrow a book.' },
    {
      statement: 'The librarian can add books.',
      quote: 'The librarian must be able to add books.',
    },
  ],
}

export const workshop: Base = {
  language: 'en',
  before: [
    'A: Hello, what can I do for you?',
    'C: We repair bikes. Customers need to book an appointment.',
    'A: Good. What else matters?',
  ],
  after: [
    'A: Anything for the mechanics?',
    'C: The mechanic must be able to delete an appointment.',
  ],
  honest: [
    {
      statement: 'Customers can book an appointment.',
      quote: 'Customers need to book an appointment.',
    },
    {
      statement: 'The mechanic can delete an appointment.',
      quote: 'The mechanic must be able to delete an appointment.',
    },
  ],
}

/** A base in another language: one wish, and what it means in English. */
function foreign(language: string, asked: string, said: string, statement: string): Base {
  return {
    language,
    before: [`A: ${asked}`, `C: ${said}`],
    after: [],
    honest: [{ statement, quote: said, english: statement }],
  }
}

export const german = foreign(
  'de',
  'Was soll die Software können?',
  'Unsere Mitglieder sollen im Verein Bücher ausleihen können, und das bitte ganz einfach.',
  'Members can borrow books.',
)
export const french = foreign(
  'fr',
  'Que doit faire le logiciel ?',
  'Nos membres doivent pouvoir réserver un cours de yoga sur leur téléphone.',
  'Members can reserve a yoga class on their phone.',
)
export const spanish = foreign(
  'es',
  '¿Qué necesita?',
  'Los clientes tienen que poder reservar una mesa por la tarde en nuestro restaurante.',
  'Customers can reserve a table.',
)
export const italian = foreign(
  'it',
  'Che cosa deve fare il software?',
  'I clienti devono poter ordinare una torta per il giorno dopo nel nostro negozio.',
  'Customers can order a cake.',
)
export const portuguese = foreign(
  'pt',
  'O que o sistema deve fazer?',
  'Os alunos precisam marcar uma aula e ver os horários da semana inteira.',
  'Students can book a lesson.',
)
export const dutch = foreign(
  'nl',
  'Wat moet de software doen?',
  'Onze leden moeten een zaal kunnen reserveren voor hun vergadering in het dorp.',
  'Members can reserve a room.',
)
export const polish = foreign(
  'pl',
  'Co ma robić program?',
  'Nasi klienci muszą mieć możliwość umówienia wizyty u weterynarza przez internet.',
  'Customers can book an appointment.',
)
export const russian = foreign(
  'ru',
  'Что должна делать программа?',
  'Наши клиенты должны иметь возможность записаться на ремонт велосипеда.',
  'Customers can book a repair.',
)
export const turkish = foreign(
  'tr',
  'Yazılım ne yapmalı?',
  'Müşterilerimiz internetten masa ayırtabilmeli ve rezervasyonu iptal edebilmeli.',
  'Customers can reserve a table.',
)
export const chinese = foreign(
  'zh',
  '您需要什么?',
  '我们的会员需要能够在手机上借书并查看到期日。',
  'Members can borrow a book.',
)
export const japanese = foreign(
  'ja',
  '何が必要ですか。',
  '会員がスマートフォンで本を借りられるようにしたいです。',
  'Members can borrow a book.',
)
export const korean = foreign(
  'ko',
  '무엇이 필요하십니까?',
  '회원이 휴대전화로 수업을 예약할 수 있어야 합니다.',
  'Members can book a class.',
)
export const arabic = foreign(
  'ar',
  'ماذا تريد؟',
  'يجب أن يتمكن الأعضاء من استعارة الكتب عبر الهاتف.',
  'Members can borrow books.',
)
export const hindi = foreign(
  'hi',
  'आपको क्या चाहिए?',
  'हमारे सदस्यों को फ़ोन पर किताब उधार लेने की सुविधा चाहिए।',
  'Members can borrow a book.',
)
