package dev.hookswitch.benchmarks.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Consumer;

/** Finds the requests of one connection: heads with Content-Length, bodies skipped (RFC 9112). */
final class PostReader {
    private static final String CONTENT_LENGTH = "content-length:";
    private static final String DELIVERY_ID = "webhook-id:";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private boolean inHead;
    private String deliveryId = "";
    private int contentLength;
    private int bodyLeft;

    /**
     * Takes everything that has come.
     *
     * @param complete gets the delivery id of each request that is complete with it; empty when it had none
     */
    void take(ByteBuffer in, Consumer<String> complete) {
        while (in.hasRemaining()) {
            if (bodyLeft > 0) {
                int skipped = Math.min(bodyLeft, in.remaining());
                in.position(in.position() + skipped);
                bodyLeft -= skipped;
                if (bodyLeft == 0) {
                    complete.accept(deliveryId);
                }
            } else {
                takeHeadByte(in.get(), complete);
            }
        }
    }

    private void takeHeadByte(byte next, Consumer<String> complete) {
        if (next != '\n') {
            if (next != '\r') {
                line.write(next);
            }
            return;
        }
        String text = line.toString(US_ASCII);
        line.reset();
        if (!text.isEmpty()) {
            takeLine(text);
        } else if (inHead) {
            inHead = false;
            bodyLeft = contentLength;
            if (bodyLeft == 0) {
                complete.accept(deliveryId);
            }
        }
    }

    private void takeLine(String text) {
        if (!inHead) {
            inHead = true;
            deliveryId = "";
            contentLength = 0;
            return;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith(CONTENT_LENGTH)) {
            contentLength =
                    Integer.parseInt(text.substring(CONTENT_LENGTH.length()).strip());
        } else if (lower.startsWith(DELIVERY_ID)) {
            deliveryId = text.substring(DELIVERY_ID.length()).strip();
        }
    }
}
