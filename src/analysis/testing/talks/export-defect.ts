import type { ExpectedTalk } from '../expected-talk.ts'

/** A defect told by what comes out, not by the word error. */
export const exportDefect: ExpectedTalk = {
  name: 'export defect',
  kind: 'bug report',
  lines: [
    'A: Hello, how can I help?',
    'C: Our inventory tool exports the stock list as a spreadsheet, and that export only has the first page. We have four hundred articles and the file ends after fifty.',
    'A: What would you expect?',
    'C: The file should contain every article that matches the filter, not just the ones on the screen.',
    'A: Is anything else wrong with the file?',
    'C: Yes, the column for the price shows 1 instead of 1.50, it cuts off everything after the comma. It should show both decimals.',
    'A: Does that happen in every browser?',
    'C: In all of them. It started after the last update, about two weeks ago.',
    'A: What must stay as it is?',
    "C: Please don't touch the order of the columns, our supplier reads the file by machine.",
    'A: Would you like other formats as well?',
    "C: No, we don't need other formats.",
    'A: How soon?',
    'C: We do the stocktaking on the 30th of June, it has to be fixed before that.',
  ],
  asked: [
    't2 goal | The export of the stock list only has the first page.',
    't4 | The file contains every article that matches the filter.',
    't6 goal | The column for the price shows 1 instead of 1.50.',
    't6 | The column for the price shows both decimals.',
    't10 | The order of the columns does not change.',
    't14 timeline | The fix is ready before the 30th of June.',
  ],
  welcome: [
    't2 goal | The file ends after fifty articles.',
    't6 goal | The column for the price cuts off everything after the comma.',
  ],
  excluded: ['t12 | Other formats are out of scope.'],
  ledger: { t2: 'used', t4: 'used', t6: 'used' },
  entities: {},
}
