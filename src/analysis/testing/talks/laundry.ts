import type { ExpectedTalk } from '../expected-talk.ts'

/** A client who hardly says more than yes and no: only what is agreed to counts. */
export const laundry: ExpectedTalk = {
  name: 'laundry',
  kind: 'mostly silent client',
  lines: [
    'A: Hello! You run a laundry that collects from hotels, is that right?',
    'C: Yes.',
    'A: Should hotels be able to order a pickup in the app?',
    'C: Yes, please.',
    'A: Would you like hotels to get an email when the laundry is on its way back?',
    'C: Mm-hm, yes.',
    'A: Should the drivers see their route on a map?',
    'C: No.',
    'A: What do you need to store about a pickup?',
    'C: The hotel, the date, the number of bags and a status.',
    'A: Do you want hotels to rate the service?',
    "C: I don't know.",
    'A: Should the manager be able to export all pickups of a month?',
    'C: Sure.',
    'A: We could also add a loyalty programme with free pickups.',
    'C: Hm.',
    'A: And do you want invoices to be created automatically?',
    "C: That's not needed.",
    'A: Is there anything else that matters to you?',
    'C: It must be fast.',
  ],
  asked: [
    't3,t4 | Hotels can order a pickup in the app.',
    't5,t6 | When the laundry is on its way back, hotels get an email.',
    't13,t14 | The manager can export all pickups of a month.',
    't20 quality | The system is fast.',
  ],
  excluded: [
    't7,t8 | It is out of scope that the drivers see their route on a map.',
    't17,t18 | It is out of scope that invoices are created automatically.',
  ],
  open: ['t11,t12 | Do you want hotels to rate the service?'],
  ledger: { t4: 'used', t8: 'used', t12: 'open', t20: 'used' },
  entities: { Pickup: 'hotel:text date:date bags:number status:choice' },
}
