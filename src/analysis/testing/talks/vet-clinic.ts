import type { ExpectedTalk } from '../expected-talk.ts'

/** Spoken disfluencies as a speech recogniser writes them. */
export const vetClinic: ExpectedTalk = {
  name: 'vet clinic',
  kind: 'spoken disfluencies',
  lines: [
    'A: Hi there, so, what kind of software do you have in mind?',
    "C: Um, so, we're, uh, we're a veterinary clinic, a a small one, and we, you know, we need something for, for the appointments, basically.",
    'A: Who would use it?',
    'C: Uh, so the, the pet owners, they, they should be able to, um, book an appointment online, you know, and, uh, also to to cancel it.',
    'A: Okay. What do you need to know about a pet?',
    'C: Um, a pet has, uh, a name, a a species, a breed, a, what is it, a date of birth, and, um, whether it is vaccinated.',
    'A: And of an appointment?',
    "C: So, an appointment, it it has a date, a time, a reason, and, and, uh, it's for one pet and one vet.",
    'A: What do the vets do with the software?',
    'C: The vets, um, they they need to, uh, write notes after every, every visit, like, and they, uh, they want to see the the history of the pet.',
    'A: And reminders?',
    'C: Yeah, uh, the the owner should, I mean, the owner should get a, a reminder one day before the, the appointment.',
    'A: What about the front desk?',
    "C: The receptionist, uh, she must be able to, like, move an appointment to, to another day. And, um, we, we don't need a, a shop or something like that.",
    'A: Should it work on phones?',
    'C: Yeah, definitely. Um, it has to, it has to work on phones.',
  ],
  welcome: ['t2 goal | The goal is software for the appointments.'],
  asked: [
    'The pet owners can book an appointment online.',
    'The pet owners can cancel an appointment.',
    'The vets can write notes after every visit.',
    'The vets can see the history of the pet.',
    'The owner gets a reminder one day before the appointment.',
    'The receptionist can move an appointment to another day.',
    'The system works on phones.',
  ],
  excluded: ['A shop is out of scope.'],
  entities: {
    Pet: 'name:text species:text breed:text dateOfBirth:date vaccinated:boolean',
    Appointment: 'date:date time:datetime reason:text pet:reference vet:text',
  },
}
