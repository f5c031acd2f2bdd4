import type { ExpectedTalk } from '../expected-talk.ts'

/** Two clients who correct and contradict each other. */
export const skiLessons: ExpectedTalk = {
  name: 'ski lessons',
  kind: 'two clients who disagree',
  lines: [
    'A: What should the software do for your ski school?',
    'C: Guests should be able to book a lesson with an instructor.',
    'D: And parents must be able to book for their children.',
    'A: How large can a group be?',
    'C: A group can have at most 8 guests.',
    'D: For children I want at most 6 per group.',
    'A: Can a guest cancel?',
    'C: Guests can cancel a lesson for free until the evening before.',
    'D: I disagree. Guests must not cancel a lesson for free.',
    'C: We will have to discuss that.',
    'A: What do the instructors need?',
    'D: Instructors need to see their lessons for the week on the phone. And they should be able to mark a guest as absent.',
    'C: I want instructors to see the level of each guest too.',
    'A: How do you tell guests about bad weather?',
    'D: If the lifts are closed, all guests of the day must get a message.',
    'A: What is a lesson made of?',
    'C: A lesson has a date, a start time, a duration, a meeting point, an instructor and a price.',
  ],
  asked: [
    't2 | Guests can book a lesson with an instructor.',
    't3 | Parents can book for their children.',
    't8 | Guests can cancel a lesson for free until the evening before.',
    't9 | Guests cannot cancel a lesson for free.',
    't12 | Instructors can see their lessons for the week on the phone.',
    't12 | Instructors can mark a guest as absent.',
    't13 | Instructors can see the level of each guest.',
    't15 | If the lifts are closed, all guests of the day get a message.',
  ],
  limits: [
    't5 | The system limits each group to 8 guests.',
    't6 | The system limits each group to 6 children.',
  ],
  contradictions: ['t8,t9'],
  entities: {
    Lesson:
      'date:date startTime:datetime duration:number meetingPoint:text instructor:text price:money',
  },
}
