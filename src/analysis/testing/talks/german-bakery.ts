import type { ExpectedTalk } from '../expected-talk.ts'

/** A talk in German. Without a model it must be turned down, not misread. */
export const germanBakery: ExpectedTalk = {
  name: 'german bakery',
  kind: 'non-English',
  language: 'de',
  lines: [
    'A: Guten Tag! Was möchten Sie bauen lassen?',
    'C: Wir haben eine Bäckerei und möchten, dass Kunden Torten online vorbestellen können.',
    'A: Was müssen Sie über eine Bestellung wissen?',
    'C: Den Namen des Kunden, die Telefonnummer, die Torte und den Tag der Abholung.',
    'A: Gibt es Grenzen?',
    'C: Wir schaffen höchstens zwanzig Torten am Tag. Danach darf das System keine Bestellung mehr annehmen.',
    'A: Sollen die Kunden online bezahlen?',
    'C: Nein, bezahlt wird im Laden. Das brauchen wir nicht.',
    'A: Was braucht die Backstube?',
    'C: Die Bäcker müssen am Morgen eine Liste aller Bestellungen des Tages sehen.',
  ],
  asked: [
    't2 | Customers can order cakes online in advance.',
    't6 | The system does not accept orders when the limit is reached.',
    't10 | The bakers can see a list of all orders of the day in the morning.',
  ],
  limits: ['t6 | The system limits each day to 20 cakes.'],
  excluded: ['t7,t8 | Online payment is out of scope.'],
  entities: { Order: 'name:text phoneNumber:text cake:text pickupDate:date' },
}
