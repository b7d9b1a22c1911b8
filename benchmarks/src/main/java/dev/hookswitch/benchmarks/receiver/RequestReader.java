package dev.hookswitch.benchmarks.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Finds the ends of the requests of one connection: heads with Content-Length, bodies skipped (RFC 9112). */
final class RequestReader {
    private static final String CONTENT_LENGTH = "content-length:";
    /** What is longer is no field that matters here. */
    private static final int KEPT_OF_LINE = 64;

    private final byte[] line = new byte[KEPT_OF_LINE];
    private final byte[] bodyHead;
    private int lineLength;
    private int contentLength;
    private int bodyLeft;
    private int bodyHeadLength;

    /** @param keptOfBody how much of each body's beginning is kept */
    RequestReader(int keptOfBody) {
        this.bodyHead = new byte[keptOfBody];
    }

    /** The beginning of the body of the last request that is complete; shorter bodies leave what was there. */
    byte[] bodyHead() {
        return bodyHead;
    }

    /**
     * Takes everything that has come.
     *
     * @return how many requests are complete with it
     */
    int take(ByteBuffer in) {
        int complete = 0;
        while (in.hasRemaining()) {
            if (bodyLeft > 0) {
                int skipped = Math.min(bodyLeft, in.remaining());
                keep(in, skipped);
                in.position(in.position() + skipped);
                bodyLeft -= skipped;
                complete += bodyLeft == 0 ? 1 : 0;
            } else {
                complete += takeHeadByte(in.get());
            }
        }
        return complete;
    }

    private void keep(ByteBuffer in, int available) {
        int kept = Math.min(available, bodyHead.length - bodyHeadLength);
        if (kept > 0) {
            in.get(in.position(), bodyHead, bodyHeadLength, kept);
            bodyHeadLength += kept;
        }
    }

    private int takeHeadByte(byte next) {
        if (next != '\n') {
            if (next != '\r') {
                if (lineLength < KEPT_OF_LINE) {
                    line[lineLength] = next;
                }
                lineLength++;
            }
            return 0;
        }
        if (lineLength > 0) {
            endOfField();
            lineLength = 0;
            return 0;
        }
        bodyLeft = contentLength;
        bodyHeadLength = 0;
        contentLength = 0;
        return bodyLeft == 0 ? 1 : 0;
    }

    private void endOfField() {
        boolean candidate =
                lineLength > CONTENT_LENGTH.length() && lineLength <= KEPT_OF_LINE && (line[0] | 0x20) == 'c';
        if (candidate) {
            String field = new String(line, 0, lineLength, US_ASCII);
            if (field.toLowerCase(Locale.ROOT).startsWith(CONTENT_LENGTH)) {
                contentLength = Integer.parseInt(
                        field.substring(CONTENT_LENGTH.length()).strip());
            }
        }
    }
}
