// Reads documents in base64, one a line. Answers each with JSON.stringify(JSON.parse(document)) in base64, or with "!"
// and the reason.
'use strict';

function answer(line) {
  const bytes = Buffer.from(line, 'base64');
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) {
    return '!malformed UTF-8';
  }
  let printed;
  try {
    printed = JSON.stringify(JSON.parse(text));
  } catch (error) {
    return '!' + error.name;
  }
  if (JSON.stringify(JSON.parse(printed)) !== printed) {
    return '!not a fixed point';
  }
  return Buffer.from(printed, 'utf8').toString('base64');
}

let unfinished = '';
process.stdin.setEncoding('latin1');
process.stdin.on('data', (chunk) => {
  const lines = (unfinished + chunk).split('\n');
  unfinished = lines.pop();
  if (lines.length > 0) {
    process.stdout.write(lines.map(answer).join('\n') + '\n');
  }
});
