import type { ExpectedTalk } from '../expected-talk.ts'

/** Decisions that change during the talk, some of them twice. */
export const parcelLockers: ExpectedTalk = {
  name: 'parcel lockers',
  kind: 'superseded decisions',
  lines: [
    'A: What are we going to build?',
    'C: Software for our parcel lockers. When a parcel arrives, the receiver gets a code by SMS.',
    'A: How long does a parcel stay?',
    'C: A parcel may stay for at most 3 days.',
    'A: And what happens after that?',
    'C: After that the courier takes the parcel back.',
    'A: Can a receiver pass the code on?',
    'C: Receivers can share the code with another person.',
    'A: Who else uses the software?',
    'C: Couriers must be able to open an empty locker by scanning the parcel. Support staff can open any locker remotely.',
    'A: Is the three day period enough for holidays?',
    "C: No, you're right. Let's say 5 days instead of 3. A parcel may stay for at most 5 days.",
    'A: And the SMS, those cost money.',
    'C: Good point. Then let us use email for the code. Actually no, keep the SMS, our customers are elderly.',
    'A: Sharing the code, is that safe?',
    'C: On second thought, no. Receivers must not share the code.',
    'A: Should support staff really open any locker?',
    'C: Yes, but every remote opening must be logged with the name and the reason.',
  ],
  asked: [
    't2 | When a parcel arrives, the receiver gets a code by SMS.',
    't6 | The courier takes the parcel back after 5 days.',
    't10 | Couriers can open an empty locker by scanning the parcel.',
    't10 | Support staff can open any locker remotely.',
    't16 | Receivers cannot share the code.',
    't18 | The system logs every remote opening with the name and the reason.',
  ],
  limits: ['t12 | The system limits each parcel to 5 days.'],
  ledger: { t4: 'superseded', t8: 'superseded' },
  entities: {},
}
