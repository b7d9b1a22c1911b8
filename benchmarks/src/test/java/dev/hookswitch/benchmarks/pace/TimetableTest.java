package dev.hookswitch.benchmarks.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static List<Timetable.Entry> entries(Stream... streams) {
        Timetable timetable = new Timetable(List.of(streams));
        List<Timetable.Entry> entries = new ArrayList<>();
        for (Timetable.Entry next = timetable.next(); next != null; next = timetable.next()) {
            entries.add(next);
        }
        return entries;
    }

    @Test
    void isEvenlySpacedOverEndpointsInTurn() {
        assertThat(entries(new Stream(0, 1_000, 4, 10, 3)))
                .containsExactly(
                        new Timetable.Entry(0, 10),
                        new Timetable.Entry(250_000_000, 11),
                        new Timetable.Entry(500_000_000, 12),
                        new Timetable.Entry(750_000_000, 10));
    }

    @Test
    void mergesStreamsByTime() {
        assertThat(entries(new Stream(0, 1_000, 2, 10, 1), new Stream(400, 900, 10, 0, 5)))
                .extracting(Timetable.Entry::endpoint)
                .containsExactly(10, 0, 10, 1, 2, 3, 4);
    }

    @Test
    void doesNotDriftOverAnHour() {
        Stream stream = new Stream(0, 3_600_000, 999, 0, 1);

        assertThat(stream.count()).isEqualTo(3_596_400);
        assertThat(stream.dueNanos(999 * 3_599)).isEqualTo(3_599_000_000_000L);
    }

    @Test
    void streamsAreReadAsTheyWereWritten() {
        List<Stream> streams = List.of(new Stream(0, 45_000, 1_000, 60, 90), new Stream(25_000, 45_000, 250, 0, 5));

        assertThat(Stream.read(Stream.write(streams))).isEqualTo(streams);
    }

    @Test
    void refusesAStreamThatIsNone() {
        assertThatThrownBy(() -> new Stream(10, 5, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stream(0, 5, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stream(0, 5, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
