import type { ExpectedTalk } from '../expected-talk.ts'

/** Today's way of working told first, wishes woven into it. */
export const dentalRecall: ExpectedTalk = {
  name: 'dental recall',
  kind: 'rambling client',
  lines: [
    'A: Thanks for joining. What brings you here?',
    "C: So I run a dental practice with three dentists. What happens today is that Petra at the front desk goes through the card index on Fridays and phones everyone whose last check-up was more than half a year ago. That eats up her whole afternoon, and honestly half of them don't pick up.",
    'A: And what should happen instead?',
    "C: We'd love the system to find those patients by itself and send them a text message with a link where they can pick an appointment.",
    'A: Would patients need an account for that?',
    'C: No, no accounts. They just enter their date of birth to prove that it is them.',
    'A: Can they also move an appointment?',
    'C: Yes, up to 24 hours before. After that they have to call us.',
    "A: What if a patient doesn't react?",
    'C: Then one more message after two weeks, and after that they end up on a list for Petra, so she can phone them.',
    'A: Do the dentists need anything?',
    'C: Each dentist wants to block times for holidays. And nobody except the dentists should be able to see the treatment notes, that is important to us.',
    'A: What do you keep about a patient?',
    'C: Name, date of birth, mobile number, the date of the last check-up and which dentist they belong to.',
    'A: How many patients are there?',
    'C: About four thousand, and it must not take longer than two seconds to find one.',
    'A: Is there software that you use already?',
    "C: The accounts are done in DATEV, but that doesn't have to be connected for now.",
    'A: When would you like to start?',
    'C: After the summer holidays, the first of September let us say.',
  ],
  asked: [
    't4 | The system finds patients whose last check-up was more than half a year ago.',
    't4 | The system sends patients a text message with a link.',
    't4 | Patients can pick an appointment.',
    't6 | Patients enter their date of birth.',
    't8 | Patients can move an appointment up to 24 hours before.',
    't10 | The system sends one more message after two weeks.',
    't10 | The system puts patients who do not react on a list for Petra.',
    't12 | Each dentist can block times for holidays.',
    't12 | Nobody except the dentists can see the treatment notes.',
    't16 quality | It does not take longer than two seconds to find a patient.',
    't20 timeline | The software is ready by the first of September.',
  ],
  welcome: [
    't8 | After that they call the business.',
    't10 | Petra can phone patients.',
    't2 goal | The goal is that Petra does not phone everyone on Fridays.',
    't16 quality | The system holds about four thousand patients.',
  ],
  excluded: ['t6 | Accounts are out of scope.', 't18 | A connection to DATEV is out of scope.'],
  entities: {
    Patient:
      'name:text dateOfBirth:date mobileNumber:text dateOfTheLastCheckUp:date dentist:reference',
  },
}
