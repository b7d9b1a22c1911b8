// node check.js EVENTS RINGYO_LEDGER TONIC_LEDGER: every event arrived once, verified, in the documented envelope.
'use strict';
const fs = require('fs');
const lines = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '')
  .split('\n').filter(Boolean).map((line) => JSON.parse(line));
const [eventsFile, ringyoFile, tonicFile] = process.argv.slice(2);
const got = { ringyo: lines(ringyoFile), 'ring-tonic': lines(tonicFile) };
let problems = 0;
const say = (text) => { problems += 1; console.log('  FAILED ' + text); };

for (const event of lines(eventsFile)) {
  const vendor = event.tenant === 'interop-ringyo' ? 'ringyo' : 'ring-tonic';
  const seen = got[vendor].filter((post) => JSON.parse(post.body).event === event.type);
  if (seen.length !== 1) say(`${vendor} ${event.type}: ${seen.length} POSTs, expected 1`);
  for (const post of seen) {
    if (post.verdict !== 'verified') say(`${vendor} ${event.type}: ${post.verdict}`);
    if (JSON.stringify(JSON.parse(post.body)) !== post.body) say(`${vendor} ${event.type}: not a fixed point`);
    const time = event.occurred_at;
    const expected = vendor === 'ringyo'
      ? { event: event.type, timestamp: time, webhook_id: JSON.parse(post.body).webhook_id, data: event.data }
      : { event: event.type, created_at: time.replace('Z', '+00:00'), workspace: event.workspace, data: event.data };
    if (JSON.stringify(expected) !== post.body) say(`${vendor} ${event.type}: body differs\n    ${post.body}`);
  }
}
for (const vendor of Object.keys(got)) {
  const verified = got[vendor].filter((post) => post.verdict === 'verified').length;
  console.log(`  ${vendor}: ${got[vendor].length} POSTs, ${verified} verified`);
}
process.exit(problems === 0 ? 0 : 1);
