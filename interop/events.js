// node events.js PROFILES: the sample of every documented event type, as Hookswitch's JSON envelope, one a line.
'use strict';
const fs = require('fs');
const path = require('path');
const profiles = process.argv[2];
let number = 0;
for (const vendor of ['ringyo', 'ring-tonic']) {
  const profile = JSON.parse(fs.readFileSync(path.join(profiles, vendor, 'profile.json'), 'utf8'));
  for (const { type } of profile.event_types) {
    const data = JSON.parse(fs.readFileSync(path.join(profiles, vendor, 'events', type + '.sample.json'), 'utf8'));
    const event = { id: 'interop_' + (number += 1), type, tenant: 'interop-' + vendor, occurred_at: '2026-01-15T14:30:00Z' };
    if (vendor === 'ring-tonic') event.workspace = { id: 1, name: 'My Workspace' };
    console.log(JSON.stringify({ ...event, data }));
  }
}
