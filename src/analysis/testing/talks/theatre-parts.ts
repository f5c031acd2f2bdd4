/** What the parts of the theatre need: who, the deed, and the deed of the system where it acts. */
export const deeds: readonly (readonly [who: string, deed: string])[] = [
  ['box office clerks', 'print the tickets of a group'],
  ['stage managers', 'move a rehearsal to another room'],
  ['visitors', 'choose a seat on a plan of the hall'],
  ['ushers', 'scan tickets at the entrance'],
  ['actors', 'see their rehearsals for the week'],
  ['costume makers', 'record the measurements of an actor'],
  ['stage managers', 'mark an actor as ill'],
  ['visitors', 'return a ticket until the day before'],
  ['technicians', 'report a broken lamp'],
  ['press officers', 'download photos of a play'],
  ['musicians', 'swap a performance with a colleague'],
  ['teachers', 'reserve seats for a school class'],
  ['box office clerks', 'block seats for the press'],
  ['dramaturges', 'upload a new version of the script'],
  ['actors', 'comment on a scene'],
  ['prop masters', 'search props by year'],
  ['visitors', 'buy a voucher as a present'],
  ['wardrobe assistants', 'send costumes to the laundry'],
  ['technicians', 'copy a lighting plan from an older play'],
  ['cashiers', 'close the till in the evening'],
  ['volunteers', 'sign up for an evening shift'],
  ['ushers', 'see how many seats are still empty'],
  ['directors', 'approve a rehearsal plan'],
  ['subscribers', 'change the day of their subscription'],
  ['carpenters', 'order wood for a set'],
  ['choreographers', 'store a video of a dance'],
  ['visitors', 'rate a play after the performance'],
  ['caretakers', 'lock a room for cleaning'],
  ['musicians', 'read their scores on a tablet'],
  ['box office clerks', 'move a visitor to another evening'],
  ['accountants', 'export the sales of a month'],
  ['touring managers', 'plan the trucks for a tour'],
  ['actors', 'ask for a day off'],
  ['makeup artists', 'keep pictures of a mask'],
  ['interns', 'take over the tasks of a colleague'],
  ['sponsors', 'see where their logo is shown'],
  ['directors', 'compare two casts'],
  ['front of house managers', 'close a balcony'],
  ['guides', 'lead a tour through the workshops'],
  ['bar staff', 'count the bottles in the cellar'],
]

/** What the system does by itself. */
export const services: readonly (readonly [said: string, statement: string])[] = [
  [
    'When a play is cancelled, the system must inform all ticket holders by email.',
    'When a play is cancelled, the system informs all ticket holders by email.',
  ],
  [
    'The system should send a reminder to visitors two days before the performance.',
    'The system sends a reminder to visitors two days before the performance.',
  ],
  [
    'If a lamp is reported twice, the head of lighting must be alerted.',
    'If a lamp is reported twice, the system alerts the head of lighting.',
  ],
  [
    'It has to delete the addresses of visitors after three years.',
    'The system deletes the addresses of visitors after three years.',
  ],
  [
    'We need a monthly report about the sold tickets.',
    'The system provides a monthly report about the sold tickets.',
  ],
  [
    'As soon as a seat becomes free, the first person on the waiting list gets a message.',
    'When a seat becomes free, the first person on the waiting list gets a message.',
  ],
]

/** Numbers that were set; the second is said later in place of the first. */
export const limits: readonly (readonly [
  first: string,
  instead: string | undefined,
  statement: string,
])[] = [
  [
    'A visitor can buy at most 10 tickets per evening.',
    'Actually, 6 is enough: a visitor can buy at most 6 tickets per evening.',
    'The system limits each visitor to 6 tickets per evening.',
  ],
  [
    'There are at most 25 people per tour.',
    'No, wait, about the tours: at most 20 people per tour.',
    'The system limits each tour to 20 people.',
  ],
  [
    'A school class has no more than 35 seats.',
    undefined,
    'The system limits each school class to 35 seats.',
  ],
  [
    'A volunteer may take at most 4 shifts per month.',
    undefined,
    'The system limits each volunteer to 4 shifts per month.',
  ],
]

export const exclusions: readonly (readonly [said: string, statement: string])[] = [
  ["We don't need a chat, people talk enough in this house.", 'A chat is out of scope.'],
  ['Payroll is out of scope, the city does that for us.', 'Payroll is out of scope.'],
  ['No loyalty programme, please.', 'A loyalty programme is out of scope.'],
  ["An app for the watch isn't needed.", 'An app for the watch is out of scope.'],
]

/** What the agent offered, whether the client took it, and what that means. */
export const offers: readonly (readonly [
  question: string,
  answer: string,
  statement: string,
  excluded: boolean,
])[] = [
  [
    'Should subscribers get a newsletter every month?',
    'Yes, please.',
    'Subscribers get a newsletter every month.',
    false,
  ],
  [
    'Would you like visitors to be able to share a seat with a friend?',
    'No, thanks.',
    'It is out of scope that visitors can share a seat with a friend.',
    true,
  ],
  [
    'Should the caretakers be able to see which rooms are in use?',
    'Yes, that would help them a lot.',
    'The caretakers can see which rooms are in use.',
    false,
  ],
  [
    'Do you want sponsors to edit the programme?',
    'No, certainly not.',
    'It is out of scope that sponsors edit the programme.',
    true,
  ],
]

/** How a need is said; `WHO` and `DEED` are filled in. */
export const frames: readonly string[] = [
  'WHO should be able to DEED.',
  'What matters is that WHO can DEED.',
  'I want WHO to be able to DEED.',
  'WHO must be able to DEED.',
  'WHO need to DEED.',
  'Then there has to be a way for WHO to DEED.',
  'We would like WHO to DEED.',
  'It is important that WHO can DEED.',
]

export const questions: readonly string[] = [
  'What else comes to mind?',
  'How does that look in your daily work?',
  'And the other people in the house?',
  'Could you tell me more about that?',
  'What happens next?',
  'Who deals with that?',
  'I see. Please go on.',
  'What about the evenings?',
  'And before the season begins?',
  'Is that the same in every department?',
  'Where does it hurt most?',
  'How was it in the old building?',
]

/** Talk that asks for nothing. */
export const asides: readonly string[] = [
  'The house was built in 1902, and the plumbing has its own opinion about that. In winter the pipes sing louder than the choir, and the critics have written about it twice.',
  'My predecessor kept everything in a green notebook. When she left, the notebook left with her, and for a whole season we guessed.',
  'You would not believe what is in the cellar. There is a stuffed crocodile down there, nobody knows which play it came from.',
  'Last spring we played for eleven people because of the storm. They got the best performance of the year, and three of them still write to us.',
  'The mayor likes to come late. He walks in during the first scene, waves at everybody, and falls asleep in the second.',
  'I started here as an usher when I was seventeen. My father was a carpenter in the workshop, and he said that theatre was a phase.',
  'There was a time when the orchestra and the ballet were not on speaking terms. It was about a heater, and it lasted four years.',
  'The young people from the drama school are wonderful. They eat everything in the canteen, but they bring the place to life.',
  'On Mondays the house is closed and very quiet. I like that, I walk through the rows and pick up lost gloves.',
  'We once had a goat on stage. It was a good goat, professional, and it was better prepared than the tenor.',
  'The canteen makes a soup that people come for. It has nothing to do with this, but I thought that you might be hungry.',
  'The new lift was late, of course, and it was the wrong colour. In the end we painted it at night, all of us together.',
  'A reviewer wrote that our light was too dark. He had kept his sunglasses on, the ushers told me afterwards.',
  'In the eighties there was a fire in the paint shop. Nobody was hurt, and since then every drawer has a little bell.',
  'It rained into the second balcony in October. We put buckets there, and somebody thought that they were art.',
  'Our oldest subscriber is ninety-six. She sits in row four, and she knows every text better than the prompter.',
  'The summer tour went through nine villages. In the third one the stage was a trailer, and it was the best night.',
  'I read somewhere that a theatre is a factory with feelings. That sounds right to me, on most days at least.',
  'The people at the bank were very kind. They came to the premiere, and then we talked about money for three hours.',
  'My assistant says that I wander off when I talk. She is right, she usually is, and she has a list of my stories.',
]

/** Four parts of a small story; every mix of them is another story that asks for nothing. */
export const whens: readonly string[] = [
  'In my first year here',
  'On a Sunday in November',
  'During the big flood',
  'The night before a premiere',
  'When the old director left',
  'Once, in the middle of the second act',
  'The winter when the heating broke down',
  'At the party after the hundredth performance',
  'A long time before the renovation',
  'On the tour through the mountains',
  'The day when the television came',
]
export const whos: readonly string[] = [
  'our prompter',
  'the lady from the cloakroom',
  'a trombonist with a terrible cough',
  'the son of the caretaker',
  'a guest conductor from Oslo',
  'two brothers from the chorus',
  'the man who tunes the piano',
  'a very young critic',
  'our former head of lighting',
  'the donkey of the children\u2019s play',
  'somebody from the city council',
  'the understudy of the understudy',
  'an old friend of the house',
]
export const whats: readonly string[] = [
  'fell asleep behind the thunder machine',
  'lost a shoe in the orchestra pit',
  'painted the rehearsal stage yellow',
  'found a letter under the floor of box seven',
  'got stuck in the lift with the whole cast',
  'sang the wrong verse with great conviction',
  'brought a cake in the shape of a balcony',
  'argued with a seagull on the roof',
  'forgot the crown in a taxi',
  'walked straight through a paper wall',
  'counted the chandeliers and came to eleven',
  'swallowed half a paper flower',
  'hid from the fire officer in a barrel',
  'learned the whole first act in the bath',
  'fed the wrong cat for a year',
  'knitted a scarf as long as the corridor',
  'took the last train in full costume',
]
export const thens: readonly string[] = [
  'People talked about it until Christmas.',
  'The local paper printed a drawing of it, which hangs in my kitchen.',
  'Nobody in the audience noticed, or so they told us.',
  'I laughed so much that my glasses broke.',
  'We have never found out who was behind it.',
  'The insurance sent a long letter and then a short one.',
  'That was the end of a very long evening.',
  'My mother still asks me about it on the phone.',
  'It took three days and a lot of vinegar.',
  'The choir made a song of it, with eight verses.',
  'Since then there is a little brass sign in that corner.',
  'Half the house was in tears, the good kind.',
  'The doctor said that it happens more often than one thinks.',
  'I would tell it better if I were not so tired.',
  'A week later it happened again, to somebody else.',
  'To this day I cannot smell glue without thinking of it.',
  'He became a lawyer in the end, and a good one.',
  'You could hear it as far as the station.',
  'There are photos, but I am not allowed to show them.',
]
