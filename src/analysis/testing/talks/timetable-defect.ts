import type { ExpectedTalk } from '../expected-talk.ts'

/** A defect that two users tell of, with what is right and what must not be touched. */
export const timetableDefect: ExpectedTalk = {
  name: 'timetable defect',
  kind: 'bug report',
  lines: [
    'A: You reported a problem with the timetable. Can you describe it?',
    'C: Since the clocks went forward the app shows every lesson an hour too late. My piano pupils turned up at five when I had them down for four.',
    'A: Is it every lesson?',
    'C: Every lesson that repeats weekly. The single ones are right.',
    'D: For me the reminder comes twice as well, once at the right time and once an hour later.',
    'A: What should it do?',
    'C: A weekly lesson must stay at the same time of day all year round.',
    'D: And there should be just one reminder per lesson.',
    'A: Did you find a way round it?',
    'C: If I open a lesson and save it again, it jumps to the right hour. But with sixty pupils that takes me an evening.',
    'A: Anything that should be left alone?',
    'D: The lessons of the past should keep their times, we bill by those.',
    'A: Is there a date?',
    'C: Before the new term on the second of September.',
  ],
  asked: [
    't2 goal | The app shows every lesson an hour too late.',
    't5 goal | The reminder comes twice.',
    't7 | A weekly lesson stays at the same time of day all year round.',
    't8 | The system sends just one reminder per lesson.',
    't12 | The lessons of the past keep their times.',
    't14 timeline | The fix is ready before the second of September.',
  ],
  welcome: [
    't4 | The single lessons are right.',
    't10 goal | When users open a lesson and save it again, it jumps to the right hour.',
  ],
  entities: {},
}
