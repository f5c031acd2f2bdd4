import type { ExpectedTalk } from '../expected-talk.ts'

/** A talk by phone with half sentences and answers of one word. */
export const photoStudio: ExpectedTalk = {
  name: 'photo studio',
  kind: 'spoken disfluencies',
  lines: [
    'A: What kind of business is it?',
    'C: A photo studio. Weddings, portraits, passport photos.',
    'A: What do you want the software to do?',
    "C: Mainly appointments. A client picks a date and a type of shoot, and then one of our photographers accepts it. I'd also like to have an overview of the week.",
    'A: What is stored with an appointment?',
    'C: The client, the photographer, the date and time, the type, so wedding, portrait or passport, the place and a deposit.',
    'A: Is the deposit always required?',
    'C: Only for weddings. For weddings the client must pay a deposit before the appointment is confirmed.',
    'A: How do clients receive their pictures?',
    'C: The photographer uploads the pictures to a gallery and the client gets a link. They should be able to choose the pictures they like and order prints.',
    'A: Should the gallery be protected?',
    'C: Yes, with a password.',
    'A: For how long?',
    'C: Galleries should be deleted after six months.',
    'A: How many pictures fit in a gallery?',
    'C: Up to 500 pictures per gallery.',
    'A: Do you need invoices?',
    'C: No, our accountant does that.',
    'A: Anything about speed?',
    'C: The gallery needs to load fast, even on a phone.',
  ],
  asked: [
    'A client can pick a date and a type of shoot.',
    'The photographers can accept an appointment.',
    'The system provides an overview of the week.',
    'The client must pay a deposit before the appointment is confirmed.',
    'The photographer can upload the pictures to a gallery.',
    'The client gets a link.',
    'Clients can choose the pictures they like.',
    'Clients can order prints.',
    'The gallery is protected with a password.',
    'The system deletes galleries after six months.',
    'The gallery loads fast, even on a phone.',
  ],
  limits: ['The system limits each gallery to 500 pictures.'],
  excluded: ['Invoices are out of scope.'],
  entities: {
    Appointment:
      'client:text photographer:text dateAndTime:datetime type:choice place:text deposit:money',
  },
}
