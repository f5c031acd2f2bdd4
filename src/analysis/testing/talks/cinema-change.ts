import type { ExpectedTalk } from '../expected-talk.ts'

/** Changes to a product that has been in use for years; what it does already is only told. */
export const cinemaChange: ExpectedTalk = {
  name: 'cinema change',
  kind: 'change to an existing product',
  lines: [
    'A: Tell me about your project.',
    "C: We already have a ticket shop for our cinema, it's been live for two years and it was built with Django. It sells tickets for two screens.",
    'A: And what is missing?',
    'C: Visitors can choose a film and pay by card today. What they ask for is to pick their seats on a plan of the hall.',
    'A: Would the price depend on the seat?',
    'C: Yes, seats in the last two rows cost 2 euros more.',
    'A: What about the people at the door?',
    'C: They check the tickets on paper lists. They need to scan the code on the ticket with a phone, and a ticket that was scanned once has to be refused the second time.',
    'A: Is there something in the shop that annoys people?',
    'C: The confirmation goes out only after the card payment is settled, sometimes an hour later. Send it right away, please.',
    'A: Should we move it to another framework while we are at it?',
    "C: No, it stays on Django, and we don't want to change the database either. We host it ourselves.",
    'A: What else should be kept?',
    'C: The monthly report for the distributor must stay exactly the same.',
    'A: When do you need this?',
    'C: The festival is in October, so by the end of September would be good.',
  ],
  asked: [
    't4 | Visitors can pick their seats on a plan of the hall.',
    't6 constraint | Seats in the last two rows cost 2 euros more.',
    't8 | The people at the door can scan the code on the ticket with a phone.',
    't8 | The system refuses a ticket that was scanned once the second time.',
    't10 | The system sends the confirmation right away.',
    't12 constraint | The shop stays on Django.',
    't12 constraint | The database does not change.',
    't12 constraint | The business hosts the shop itself.',
    't14 | The monthly report for the distributor stays exactly the same.',
    't16 timeline | The change is ready by the end of September.',
  ],
  welcome: [
    't2 preference | The shop is built with Django.',
    't10 goal | The confirmation goes out only after the card payment is settled.',
    't11,t12 | Another framework is out of scope.',
  ],
  ledger: { t4: 'used', t8: 'used', t10: 'used' },
  entities: {},
}
