import type { ExpectedTalk } from '../expected-talk.ts'

/** Changes to a product that is in use: what it does today is not asked for again. */
export const clinicChange: ExpectedTalk = {
  name: 'clinic change',
  kind: 'change to an existing product',
  lines: [
    'A: You already use our appointment system. What would you like to change?',
    'C: Right now patients can book appointments online, and that works well. But they cannot move an appointment, they have to call us.',
    'A: So what should be possible?',
    'C: Patients should be able to move an appointment themselves, at least 24 hours before it starts.',
    'A: Should the doctor be told?',
    'C: Yes, when a patient moves an appointment, the doctor must get a notification.',
    'A: Is there anything in the calendar that you want different?',
    'C: The calendar currently shows a week. We would like it to show a month as well. And the colours should stay the same.',
    'A: Anything about the data?',
    'C: We need one more field for the patient, the insurance number.',
    'A: What about the reminder messages that it sends today?',
    'C: Those go out by text message. Please replace the text messages with emails, they are too expensive.',
    'A: Should old appointments be removed?',
    "C: Appointments can be cancelled but not deleted. That's the law.",
    'A: Is there a deadline for it?',
    'C: By the first of March, please.',
  ],
  asked: [
    't4 | Patients can move an appointment themselves at least 24 hours before it starts.',
    't6 | When a patient moves an appointment, the doctor gets a notification.',
    't8 | The calendar shows a month.',
    't8 preference | The colours stay the same.',
    't12 | The system sends reminders by email.',
    't14 | Appointments can be cancelled.',
    't14 | Appointments cannot be deleted.',
    't16 timeline | The change is ready by the first of March.',
  ],
  welcome: ['t2 goal | Patients cannot move an appointment today.'],
  ledger: { t2: 'rejected' },
  entities: { Patient: 'insuranceNumber:text' },
}
