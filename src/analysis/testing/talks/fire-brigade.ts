import type { ExpectedTalk } from '../expected-talk.ts'

/** Speech recognition without full stops or capitals, with all the marks of speech left in. */
export const fireBrigade: ExpectedTalk = {
  name: 'fire brigade',
  kind: 'spoken disfluencies',
  lines: [
    'A: so uh tell me what you have in mind',
    'C: yeah so um we are a a volunteer fire brigade right and uh what we need is like a an inventory you know for the equipment so every every member should be able to see what is uh in which vehicle',
    'A: and what do you write down for a piece of equipment',
    'C: um the name and the the serial number and uh the vehicle it it belongs to and when it was last checked so the the date of the last check',
    'A: okay who checks it',
    'C: so the the equipment officer he uh he has to check every item once a year and i mean the system should um should remind him like two weeks before the check is due',
    'A: mhm and if something is broken',
    'C: then any member can uh report a defect from the phone and and the equipment officer gets a a message right away and oh yeah they should they should be able to add a photo to the to the report',
    'A: does it have to work without internet',
    "C: yeah because um in the in the garage there is no uh no signal so it must work offline and it it syncs when when it's back online",
    'A: anything that you do not want',
    "C: well we we don't need uh like barcodes or or anything that's that's too much for us",
    'A: and who can change the list',
    'C: only the equipment officer can uh can add or remove items',
  ],
  asked: [
    't2 | Every member can see what is in which vehicle.',
    't6 | The equipment officer must check every item once a year.',
    't6 | The system reminds the equipment officer two weeks before the check is due.',
    't8 | Any member can report a defect from the phone.',
    't8 | The equipment officer gets a message right away.',
    't8 | Members can add a photo to the report.',
    't10 quality | The system works offline.',
    't10 | When it is back online, the system syncs.',
    't14 | Only the equipment officer can add items.',
    't14 | Only the equipment officer can remove items.',
  ],
  welcome: ['t2 goal | The goal is an inventory for the equipment.'],
  excluded: ['t12 | Barcodes are out of scope.'],
  entities: {
    Equipment: 'name:text serialNumber:text vehicle:text date:date',
  },
}
