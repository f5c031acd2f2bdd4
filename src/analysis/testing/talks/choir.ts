import type { ExpectedTalk } from '../expected-talk.ts'

/** A client who answers in lists and refers back. */
export const choir: ExpectedTalk = {
  name: 'choir',
  kind: 'clear client',
  lines: [
    'A: Hello, what can I help you with?',
    "C: I'm the conductor of a choir with sixty singers. I need to know who comes to which rehearsal.",
    'A: How should that work?',
    'C: Singers should be able to say yes or no to every rehearsal. I would like to see how many singers of each voice are coming.',
    'A: What do you need to store about a singer?',
    'C: Name, email, birthday, voice and whether they have paid the membership fee. The voice is soprano, alto, tenor or bass.',
    'A: And a rehearsal?',
    'C: A rehearsal has a date, a place and the pieces we sing. Oh, and a deadline for answers.',
    'A: Should the app remind people?',
    "C: Yes please, it should remind singers who haven't answered two days before the rehearsal.",
    'A: Would you like to share sheet music as well?',
    'C: That would be nice. The librarian uploads the sheet music and singers can download it.',
    'A: What about concerts and ticket sales?',
    "C: Ticket sales can wait. We don't need that in the first version.",
    'A: Is anything private?',
    'C: Singers must not see the email addresses of other singers. Only the treasurer may see who has paid.',
    'A: Do you want it in other languages?',
    "C: I'm not sure about that.",
  ],
  asked: [
    'Singers can say yes or no to every rehearsal.',
    'Users can see how many singers of each voice are coming.',
    "The system reminds singers who haven't answered two days before the rehearsal.",
    'The librarian can upload the sheet music.',
    'Singers can download the sheet music.',
    'Singers cannot see the email addresses of other singers.',
    'Only the treasurer can see who has paid.',
  ],
  welcome: [
    'Users can share sheet music.',
    'The system provides sheet music.',
    'Users can see who comes to which rehearsal.',
  ],
  excluded: ['Ticket sales are out of scope.'],
  open: ['Do you want it in other languages?'],
  entities: {
    Singer: 'name:text email:email birthday:date voice:choice membershipFeePaid:boolean',
    Rehearsal: 'date:date place:text pieces:text deadline:date',
  },
}
