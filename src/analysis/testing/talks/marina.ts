import type { ExpectedTalk } from '../expected-talk.ts'

/** Two clients who disagree about rules, and leave some of it unresolved. */
export const marina: ExpectedTalk = {
  name: 'marina',
  kind: 'two clients who disagree',
  lines: [
    'A: Welcome, both of you. What is the software for?',
    'C: The goal is to rent out berths in our marina. Skippers should be able to reserve a berth before they arrive.',
    'D: And they must pay a deposit when they reserve.',
    'C: No, no deposit. That scares people away.',
    'D: We lost a lot of money last year. I want the deposit.',
    'A: I will note that you disagree. How long can somebody stay?',
    'C: A reservation is limited to at most 14 days.',
    'D: I would say at most 7 days in summer, everybody wants to come in summer.',
    'C: Fine, 7 days in summer.',
    'A: What do you record for a reservation?',
    'C: The skipper, the berth, the arrival date, the departure date and the length of the boat.',
    'A: Who may change a reservation?',
    'D: Only the harbour master may change a reservation.',
    'C: The skippers should be able to change a reservation themselves.',
    'A: What else does the harbour master need?',
    'D: The harbour master needs a plan of all berths that shows which are taken.',
    'C: Yes. And he should be able to block a berth for repairs.',
    'A: In which languages?',
    'D: English and French.',
  ],
  asked: [
    't2 goal | The goal is to rent out berths in the marina.',
    't2 | Skippers can reserve a berth before they arrive.',
    't3,t5 | When skippers reserve, they must pay a deposit.',
    't13 | Only the harbour master can change a reservation.',
    't14 | The skippers can change a reservation themselves.',
    't16 | The harbour master needs a plan of all berths that shows which are taken.',
    't17 | The harbour master can block a berth for repairs.',
    't19 | The system is available in English and French.',
  ],
  welcome: ['t9 | The system limits each reservation to 7 days in summer.'],
  limits: [
    't7 | The system limits each reservation to 14 days.',
    't8,t9 | The system limits each reservation to 7 days in summer.',
  ],
  excluded: ['t4 | A deposit is out of scope.'],
  contradictions: ['t3,t4', 't13,t14'],
  entities: {
    Reservation: 'skipper:text berth:text arrivalDate:date departureDate:date length:number',
  },
}
