import type { ExpectedTalk } from '../expected-talk.ts'

/** A defect told as a story, with what works and what must not break. */
export const payrollDefect: ExpectedTalk = {
  name: 'payroll defect',
  kind: 'bug report',
  lines: [
    'A: What went wrong?',
    'C: Our time sheet program. Since we put in the new version on Monday, night shifts are counted on the wrong day. Somebody who works from ten in the evening until six gets all eight hours on the second day.',
    'A: And before?',
    'C: Before, two hours went to the first day and six to the second. That is how it should be.',
    'A: Who noticed it?',
    'C: The people in payroll, because the night bonus is missing. It only pays the bonus for hours before midnight on Sundays, so a lot of folks got too little.',
    'A: Does it happen with every night shift?',
    'C: Only with those that were entered on the phone. On the computer it is fine.',
    'A: Is there anything else?',
    'C: Yeah, when you correct a shift, it appears twice in the monthly overview. It ought to replace the old one.',
    'A: Do you get an error message?',
    "C: No, nothing at all. That's the nasty part. It should warn the person when a shift is longer than twelve hours, too, but I guess that's a new thing.",
    'A: I can take it in. What has to stay?',
    "C: The export to the payroll office mustn't change, and the shifts that were entered before Monday have to stay as they are.",
    'A: How urgent is it?',
    'C: Payday is the 25th, it needs to be sorted out by the 20th.',
  ],
  asked: [
    't2 goal | Night shifts are counted on the wrong day.',
    't4 | Two hours go to the first day and six to the second.',
    't6 goal | The night bonus is missing.',
    't10 goal | When you correct a shift, it appears twice in the monthly overview.',
    't10 | When you correct a shift, it replaces the old one.',
    't12 | When a shift is longer than twelve hours, the system warns the person.',
    't14 | The export to the payroll office does not change.',
    't14 | The shifts that were entered before Monday stay as they are.',
    't16 timeline | The fix is ready by the 20th.',
  ],
  welcome: [
    't2 goal | Somebody who works from ten in the evening until six gets all eight hours on the second day.',
    't6 | The system pays the bonus only for hours before midnight on Sundays.',
    't8 goal | It happens only with shifts that were entered on the phone.',
    't8 | On the computer it is fine.',
    't11,t12 goal | There is no error message.',
  ],
  entities: {},
}
