import type { ExpectedTalk } from '../expected-talk.ts'

/** Speech recognition that leaves out the punctuation. */
export const beekeepers: ExpectedTalk = {
  name: 'beekeepers',
  kind: 'spoken disfluencies',
  lines: [
    'A: okay go ahead what do you need',
    "C: so we're a beekeepers club with uh ninety members and um everybody writes their hive notes on paper and then it gets lost so what we'd like is that a beekeeper can um can record an inspection for for a hive on the phone",
    'A: what goes into an inspection',
    'C: the date the the weather um the number of frames whether the queen was seen and uh notes',
    'A: and who sees that',
    'C: well only the the beekeeper himself and the the bee inspector can see the the inspections of a hive',
    'A: okay',
    'C: and um if a disease is is found the bee inspector has to be notified like immediately and uh the neighbours should get a warning but without the the name',
    'A: anything with the honey',
    'C: yeah uh each each beekeeper should be able to enter the harvest and at the end of the year we we want a report of the total harvest per village',
    'A: do you want to sell the honey through the app',
    "C: no no no we don't want to sell anything",
  ],
  asked: [
    't2 | A beekeeper can record an inspection for a hive on the phone.',
    't6 | Only the beekeeper and the bee inspector can see the inspections of a hive.',
    't8 | If a disease is found, the system notifies the bee inspector immediately.',
    't8 | If a disease is found, the neighbours get a warning without the name.',
    't10 | Each beekeeper can enter the harvest.',
    't10 | The system provides a report of the total harvest per village at the end of the year.',
  ],
  excluded: ['t11,t12 | It is out of scope that users sell the honey through the app.'],
  entities: {
    Inspection: 'date:date weather:text frames:number queenSeen:boolean notes:long_text',
  },
}
