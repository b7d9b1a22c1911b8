package dev.hookswitch.console.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.console.log.History.LeftOut;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link History} as bytes on disk. What filters look at comes first, so that what does not pass is not read further: a byte
 * for the status, one for the class of the status code, the event type. A store of another {@link #FORMAT} is made anew.
 */
final class HistoryCodec {
    static final int FORMAT = 1;

    /** By their number on disk: new ones go to the end, with a new format. */
    private static final List<DeliveryStatus> STATUSES = List.of(
            DeliveryStatus.PENDING,
            DeliveryStatus.DELIVERED,
            DeliveryStatus.FAILED,
            DeliveryStatus.DISCARDED,
            DeliveryStatus.SKIPPED,
            DeliveryStatus.UNKNOWN);

    private static final List<CodeClass> CODES =
            List.of(CodeClass.NONE, CodeClass.C1XX, CodeClass.C2XX, CodeClass.C3XX, CodeClass.C4XX, CodeClass.C5XX);
    private static final int NO_NUMBER = -1;

    private HistoryCodec() {}

    /** What filters look at. */
    record Head(DeliveryStatus status, CodeClass code, String eventType) {
        static Head of(History history) {
            Standing standing = Standing.of(history);
            return new Head(standing.status(), standing.code(), history.eventType());
        }

        /** Delivered, and the last answer was a 2xx, as with nearly all. */
        boolean isPlain() {
            return status == DeliveryStatus.DELIVERED && code == CodeClass.C2XX;
        }
    }

    static byte[] write(History history, Head head) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(STATUSES.indexOf(head.status()));
            out.writeByte(CODES.indexOf(head.code()));
            writeText(out, history.eventType());
            writeText(out, history.eventId());
            writeText(out, history.profile());
            out.writeBoolean(history.test());
            out.writeInt(history.leftOut().attempts());
            out.writeLong(history.leftOut().untilMs());
            out.writeInt(history.runs().size());
            for (Run run : history.runs()) {
                writeRun(out, run);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Head readHead(byte[] bytes) {
        ByteBuffer head = ByteBuffer.wrap(bytes);
        DeliveryStatus status = STATUSES.get(head.get());
        CodeClass code = CODES.get(head.get());
        int length = head.getInt();
        return new Head(status, code, new String(bytes, head.position(), length, UTF_8));
    }

    static History read(byte[] bytes) {
        try {
            DataInput in = in(bytes);
            in.skipBytes(2);
            String eventType = readText(in);
            String eventId = readText(in);
            String profile = readText(in);
            boolean test = in.readBoolean();
            LeftOut leftOut = new LeftOut(in.readInt(), in.readLong());
            int count = in.readInt();
            List<Run> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                runs.add(readRun(in));
            }
            return new History(eventId, eventType, profile, test, runs, leftOut);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataInput in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static void writeRun(DataOutput out, Run run) throws IOException {
        writeOptional(out, run.recoveryId());
        out.writeInt(run.attempts().size());
        for (LoggedAttempt attempt : run.attempts()) {
            writeAttempt(out, attempt);
        }
        Waiting waiting = run.waiting();
        out.writeBoolean(waiting != null);
        if (waiting != null) {
            out.writeInt(waiting.attempt());
            writeText(out, waiting.tier());
            out.writeLong(waiting.dueAtMs());
            out.writeBoolean(waiting.putOff());
        }
        Ending ending = run.ending();
        out.writeBoolean(ending != null);
        if (ending != null) {
            writeText(out, ending.outcome().name());
            writeText(out, ending.reason());
            out.writeInt(ending.attempts());
            writeNumber(out, ending.lastHttpStatus());
            out.writeLong(ending.endedAtMs());
            out.writeLong(ending.offset());
        }
    }

    private static Run readRun(DataInput in) throws IOException {
        String recoveryId = readOptional(in);
        int count = in.readInt();
        List<LoggedAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            attempts.add(readAttempt(in, recoveryId));
        }
        Waiting waiting =
                in.readBoolean() ? new Waiting(in.readInt(), readText(in), in.readLong(), in.readBoolean()) : null;
        Ending ending = in.readBoolean()
                ? new Ending(
                        Outcome.valueOf(readText(in)),
                        readText(in),
                        in.readInt(),
                        readNumber(in),
                        in.readLong(),
                        in.readLong())
                : null;
        return new Run(recoveryId, attempts, waiting, ending);
    }

    private static void writeAttempt(DataOutput out, LoggedAttempt attempt) throws IOException {
        out.writeInt(attempt.attempt());
        writeNumber(out, attempt.maxAttempts());
        out.writeLong(attempt.startedAtMs());
        out.writeLong(attempt.durationMs());
        // By name: new words may come between the old ones.
        writeText(out, attempt.result().name());
        writeNumber(out, attempt.httpStatus());
        writeText(out, attempt.decision().name());
        out.writeLong(attempt.activation());
    }

    private static LoggedAttempt readAttempt(DataInput in, @Nullable String recoveryId) throws IOException {
        return new LoggedAttempt(
                in.readInt(),
                readNumber(in),
                recoveryId,
                in.readLong(),
                in.readLong(),
                AttemptResult.valueOf(readText(in)),
                readNumber(in),
                Decision.valueOf(readText(in)),
                in.readLong());
    }

    /** Of any length, which {@link DataOutput#writeUTF} does not take. */
    private static void writeText(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, UTF_8);
    }

    private static void writeOptional(DataOutput out, @Nullable String text) throws IOException {
        writeText(out, text == null ? "" : text);
    }

    private static @Nullable String readOptional(DataInput in) throws IOException {
        String text = readText(in);
        return text.isEmpty() ? null : text;
    }

    private static void writeNumber(DataOutput out, @Nullable Integer number) throws IOException {
        out.writeInt(number == null ? NO_NUMBER : number);
    }

    private static @Nullable Integer readNumber(DataInput in) throws IOException {
        int number = in.readInt();
        return number == NO_NUMBER ? null : number;
    }
}
