package dev.hookswitch.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** A flight recording of this process. Without one the flight recorder is not even loaded. */
final class FlightRecording {
    private @Nullable Recording recording;

    /** Begins one, with the JDK's settings {@code profile}. */
    void begin(Path file) {
        try {
            Recording begun = new Recording(Configuration.getConfiguration("profile"));
            begun.setDestination(file);
            begun.start();
            recording = begun;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException("the JDK's own settings are not readable", e);
        }
    }

    /** Ends it and writes its file. */
    void end() {
        if (recording == null) {
            throw new IllegalStateException("no recording has begun");
        }
        recording.close();
        recording = null;
    }
}
