<?php
// Receives Ring Tonic webhooks: php -S 127.0.0.1:PORT ring-tonic-receiver.php, with LEDGER, WEBHOOK_SECRET and, for the
// vendor's printed sample, PAGE in the environment.
$body = file_get_contents('php://input');

function record(string $verdict, string $body): void
{
    $line = ['verdict' => $verdict, 'id' => $_SERVER['HTTP_WEBHOOK_ID'] ?? '', 'body' => $body];
    file_put_contents(getenv('LEDGER'), json_encode($line, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE) . "\n",
        FILE_APPEND | LOCK_EX);
}

$page = getenv('PAGE');
if ($page) {
    // The sample as the page prints it: it ends the request itself when it refuses.
    $text = file_get_contents($page);
    $start = strpos($text, "```php\n") + 7;
    $sample = substr($text, $start, strpos($text, '```', $start) - $start);
    $sample = str_replace('whsec_your_secret_here', getenv('WEBHOOK_SECRET'), $sample);
    $finished = false;
    register_shutdown_function(function () use ($body, &$finished) {
        // The sample ends the request itself when it refuses, and dies when the header is missing.
        record($finished && http_response_code() === 200 ? 'verified' : 'refused', $body);
    });
    http_response_code(200);
    eval($sample);
    $finished = true;
} else {
    $expected = hash_hmac('sha256', $body, getenv('WEBHOOK_SECRET'));
    $good = hash_equals($expected, $_SERVER['HTTP_SIGNATURE'] ?? '');
    http_response_code($good ? 200 : 401);
    record($good ? 'verified' : 'refused', $body);
}
