import type { ExpectedTalk } from '../expected-talk.ts'

/** A rambling client who comes to the point late and wanders off. */
export const tutoring: ExpectedTalk = {
  name: 'tutoring',
  kind: 'rambling client',
  lines: [
    'A: Hi, thanks for joining. What brings you here?',
    "C: Yeah, hi. So, it's a long story. I started tutoring kids in maths maybe six years ago, my sister helped me in the beginning, and by now there are like nine tutors working with us and it has become a bit of a mess, honestly.",
    'A: What is the mess about?',
    "C: Well, everything is in WhatsApp. Parents write to me at ten in the evening, tutors write to me, and I'm the one who has to remember it all. So what I need is that parents can book a lesson with a tutor by themselves. And tutors should be able to enter the hours when they are available.",
    'A: I see. What belongs to a lesson?',
    "C: A lesson, hmm, a lesson has a subject, a date, a start time, a duration, a price, and, well, a tutor and a student of course. My nephew says we should also do video but honestly I don't care about that.",
    'A: And what about the tutors?',
    'C: Tutors have a name, an email, an hourly rate and the subjects they teach. Some of them are still students themselves, it is really nice to see that.',
    'A: What happens if somebody cannot come?',
    'C: Right, so that happens all the time, last week I had four of those. Parents must be able to cancel a lesson up to 24 hours before it starts. After that they have to pay. And the tutor should be notified right away when a lesson is cancelled.',
    'A: How do you handle invoices?',
    "C: Ugh, invoices. That's what my evenings are for. It would be wonderful if the system could create an invoice for each parent at the end of the month. And I want to see how many hours every tutor has worked in a month.",
    'A: Should parents be able to rate tutors?',
    "C: Hmm, I don't know yet. I need to talk to the tutors first.",
    'A: Understood. Anything about privacy?',
    "C: Well these are children, so their data has to be kept safe. Parents can only see their own children's lessons.",
  ],
  asked: [
    'Parents can book a lesson with a tutor.',
    'Tutors can enter the hours when they are available.',
    'Parents can cancel a lesson up to 24 hours before it starts.',
    'When a lesson is cancelled, the system notifies the tutor right away.',
    'The system creates an invoice for each parent at the end of the month.',
    'Users can see how many hours every tutor has worked in a month.',
    "Parents can only see their own children's lessons.",
    'The system keeps the data safe.',
  ],
  welcome: ['Parents must pay after that.'],
  open: ['Should parents be able to rate tutors?'],
  entities: {
    Lesson:
      'subject:text date:date startTime:datetime duration:number price:money tutor:reference student:text',
    Tutor: 'name:text email:email hourlyRate:money subjects:text',
    Invoice: '',
  },
}
