import type { ExpectedTalk } from '../expected-talk.ts'

/** An agent that suggests more than the client wants. */
export const barber: ExpectedTalk = {
  name: 'barber',
  kind: 'agent that pushes its own ideas',
  lines: [
    'A: So you want a booking app with payments, reviews and a shop for products, correct?',
    'C: No. I just want people to book a haircut with one of my three barbers.',
    'A: Understood. Most barbers also want a chat, I will put that in.',
    'C: I never answer chats. People can choose the barber and the time. That is enough.',
    'A: You should offer online payment, everybody does it.',
    'C: Not now.',
    'A: Would you like customers to get a reminder the day before?',
    'C: Yes, by text message. Too many people forget.',
    'A: What about photos of haircuts, so that customers can choose a style?',
    'C: That sounds nice, but only later.',
    'A: Should barbers be able to block times for holidays?',
    "C: Yeah, that's a must.",
    'A: Then there should be a dashboard with the income of each barber.',
    'C: Okay, but only I may see that, not the barbers.',
    'A: And artificial intelligence that predicts busy days?',
    'C: Please no.',
  ],
  asked: [
    't2 | People can book a haircut with one of the three barbers.',
    't4 | People can choose the barber and the time.',
    't7,t8 | Customers get a reminder the day before by text message.',
    't11,t12 | Barbers can block times for holidays.',
    't13,t14 | The system provides a dashboard with the income of each barber.',
    't14 | Only the client can see the dashboard.',
  ],
  welcome: [
    't9,t10 | Customers can choose a style.',
    't9,t10 | Photos of haircuts are out of scope.',
  ],
  excluded: [
    't5,t6 | Online payment is out of scope.',
    't15,t16 | Artificial intelligence that predicts busy days is out of scope.',
  ],
  entities: {},
}
