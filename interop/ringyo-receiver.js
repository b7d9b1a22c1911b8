// Receives Ringyo webhooks: node ringyo-receiver.js PORT LEDGER [PAGE]. The secret comes in WEBHOOK_SECRET.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');

const [port, ledger, page] = process.argv.slice(2);
const secret = process.env.WEBHOOK_SECRET;

function ownVerifier(payload, header, key) {
  const fields = header.split(',').map((field) => field.split('='));
  const t = (fields.find(([name]) => name === 't') || [])[1];
  const mac = crypto.createHmac('sha256', key).update(t + '.' + payload).digest('hex');
  // While the secret is rotated there are two: one of them is for each secret.
  const signed = fields.some(([name, value]) => name === 'v1' && value === mac);
  if (!signed || !(Math.abs(Date.now() / 1000 - Number(t)) <= 300)) {
    throw new Error('refused');
  }
  return true;
}

// The function as the vendor's page prints it.
function printedVerifier(text) {
  const start = text.indexOf('function verifyWebhook');
  const end = text.indexOf('// In your webhook handler');
  return new Function('crypto', text.slice(start, end) + '\nreturn verifyWebhook;')(crypto);
}

const verify = page ? printedVerifier(fs.readFileSync(page, 'utf8')) : ownVerifier;

http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const raw = Buffer.concat(chunks).toString('utf8');
    const header = request.headers['x-ringyo-signature'] || '';
    let verdict = 'verified';
    try {
      const both = verify(raw, header, secret) === true
        && verify(JSON.stringify(JSON.parse(raw)), header, secret) === true;
      verdict = both ? verdict : 'refused';
    } catch (error) {
      verdict = error.message;
    }
    const line = { verdict, id: request.headers['webhook-id'], header, body: raw };
    fs.appendFileSync(ledger, JSON.stringify(line) + '\n');
    response.statusCode = verdict === 'verified' ? 200 : 401;
    response.end();
  });
}).listen(Number(port), '127.0.0.1');
