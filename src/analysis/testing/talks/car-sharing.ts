import type { ExpectedTalk } from '../expected-talk.ts'

/** A talk with costs, bills and a repair of the last word. */
export const carSharing: ExpectedTalk = {
  name: 'car sharing',
  kind: 'clear client',
  lines: [
    'A: What should we build for you?',
    'C: Our village shares four cars and today everything happens in a spreadsheet. We would like residents to be able to book a car from their phone.',
    'A: What do you keep about a car?',
    'C: Every car has a licence plate, a model, a mileage, a parking place and a fuel type, so petrol, diesel or electric.',
    'A: What about bookings?',
    'C: For each booking we store the car, the resident, the start, the end and the cost.',
    'A: How are costs worked out?',
    'C: The system must calculate the cost of a trip from the mileage. Residents get a bill at the end of every month.',
    'A: Should residents be able to extend a booking?',
    'C: Yes, if the car is free afterwards.',
    'A: Are there limits?',
    'C: A booking may last no longer than 48 hours, and a resident can have a maximum of two bookings per week.',
    'A: Do you want fingerprint unlocking?',
    'C: No thanks, a key box is fine.',
    'A: Who manages the cars?',
    'C: The administrator has to be able to add cars, block a car for maintenance and see all damages. Residents should report a damage with a photo.',
    'A: When somebody reports a damage, who is told?',
    'C: The administrator should be informed by SMS. Hmm, actually email is better.',
  ],
  asked: [
    'Residents can book a car from their phone.',
    'The system calculates the cost of a trip from the mileage.',
    'Residents get a bill at the end of every month.',
    'If the car is free afterwards, residents can extend a booking.',
    'The administrator can add cars.',
    'The administrator can block a car for maintenance.',
    'The administrator can see all damages.',
    'Residents can report a damage with a photo.',
    'The system informs the administrator by email.',
  ],
  limits: [
    'The system limits each booking to 48 hours.',
    'The system limits each resident to two bookings per week.',
  ],
  excluded: ['Fingerprint unlocking is out of scope.'],
  entities: {
    Car: 'licencePlate:text model:text mileage:number parkingPlace:text fuelType:choice',
    Booking: 'car:reference resident:text start:datetime end:datetime cost:money',
  },
}
