import type { ExpectedTalk } from '../expected-talk.ts'

/** A client who wanders off, and says what matters in passing. */
export const kennel: ExpectedTalk = {
  name: 'kennel',
  kind: 'rambling client',
  lines: [
    'A: Thanks for joining. What would you like to build?',
    "C: Oh, where do I start. My sister opened the kennel in ninety-eight, back then it was three dogs and a cat, and the neighbours were furious, you can imagine. Anyway. These days we have forty dogs on a busy weekend and the phone never stops. So what I'm after is that owners can book a stay for their dog online. That alone would save me, I don't know, half my evenings.",
    'A: What do you need to know about a dog?',
    'C: Well, the name, the breed, the date of birth, and whether it is vaccinated. My own dog hates the vet, by the way, a huge drama every time. And the name of the owner, of course.',
    'A: And about a stay?',
    'C: When it starts and when it ends. A start date and an end date. And the price, and, hm, a note, because people always tell you the funniest things, one had a dog that only eats standing on a chair.',
    'A: How many dogs can you take?',
    'C: The vet from the council came last spring, nice woman, and she said we can have at most 40 dogs at the same time. So the system must not accept a booking when the kennel is full.',
    'A: What happens before a stay?',
    'C: People forget everything, honestly. Last week somebody forgot the dog! So three days before the stay the owner should get a reminder by email. And the reminder has to list what to bring, the food and the vaccination card.',
    'A: Who works with the software besides you?',
    "C: There's Tom and the two students at weekends. They are wonderful, although they never put the brooms back. The carers need to see which dogs arrive today. And carers should be able to write a short report for each dog every evening. Owners love that. They'd read it at the beach.",
    'A: Should owners see photos too?',
    "C: Photos, oh, that would be nice to have. My nephew takes lovely pictures. But it's not urgent, is it.",
    'A: How do people pay?',
    "C: They pay here, at the desk, in cash or by card, as they always did. We don't need online payment. My sister doesn't trust it.",
    'A: When would you want to start?',
    'C: Before the summer holidays. It has to be ready by the end of May, otherwise it is no use this year.',
  ],
  asked: [
    't2 | Owners can book a stay for their dog online.',
    't8 | The system does not accept a booking when the kennel is full.',
    't10 | Three days before the stay, the owner gets a reminder by email.',
    't10 | The reminder lists what to bring, the food and the vaccination card.',
    't12 | Carers can see which dogs arrive today.',
    't12 | Carers can write a short report for each dog every evening.',
    't18 timeline | The software is ready by the end of May.',
  ],
  welcome: ['t13,t14 | Owners can see photos.', 't12 | Owners can read the report.'],
  limits: ['t8 | The system limits the kennel to 40 dogs at the same time.'],
  excluded: ['t16 | Online payment is out of scope.'],
  entities: {
    Dog: 'name:text breed:text dateOfBirth:date vaccinated:boolean ownerName:text',
    Stay: 'startDate:date endDate:date price:money note:long_text',
  },
}
